import { describe, expect, test } from "vitest";
import { document, expectFault, faultsOf } from "../support/faults.js";
import { documentPath, type Edit, specFolder } from "../support/spec-folder.js";

type Case = [what: string, edits: Edit[], at: string, message: string];

describe("reports file, line, value and help of an error in a document", () => {
  test.each<Case>([
    [
      "YAML that is none",
      [document("  version: 1.0.0", "  version: [")],
      "description: One action of the UMem product (managed Redis and Memcache), called as a signed query.",
      "Flow sequence in block collection must be sufficiently indented",
    ],
    [
      "a key twice",
      [document("  version: 1.0.0", "  version: 1.0.0\n  version: 2")],
      "version: 2",
      "Map keys must be unique (Fix the YAML",
    ],
    [
      "not OpenAPI at all",
      [document("openapi: 3.1.0", "swagger: '2.0'")],
      "swagger: '2.0'",
      "is not an OpenAPI document: it has no `openapi` key (Begin it with `openapi: 3.1.0`.)",
    ],
    [
      "an OpenAPI that is not read",
      [document("openapi: 3.1.0", "openapi: 3.0.3")],
      "openapi: 3.0.3",
      'openapi is "3.0.3", which is not read (Write `openapi: 3.1.0`.)',
    ],
    [
      "a schema violation",
      [document("name: BackupId\n          in: query", "name: BackupId\n          in: somewhere")],
      "in: somewhere",
      'paths › / › get › parameters › 5 › in must be equal to one of the allowed values (["query","header","path","cookie"])',
    ],
    [
      "another one at once",
      [
        document(
          "name: BackupId\n          in: query\n          required: true",
          "name: BackupId\n          in: somewhere\n          required: maybe",
        ),
      ],
      "required: maybe",
      "paths › / › get › parameters › 5 › required must be boolean",
    ],
    [
      "a reference to nowhere",
      [document("#/components/schemas/ErrorResponse", "#/components/schemas/Nowhere")],
      '- $ref: "#/components/schemas/Nowhere"',
      '$ref is "#/components/schemas/Nowhere", and the document has no such value',
    ],
    [
      "a reference to no file",
      [document("- $ref: retcodes.yaml", "- $ref: codes.yaml")],
      "- $ref: codes.yaml",
      '$ref is "codes.yaml", and that file does not exist',
    ],
    [
      "a reference out of the folder",
      [document("- $ref: retcodes.yaml", "- $ref: ../../../../../../etc/passwd")],
      "- $ref: ../../../../../../etc/passwd",
      '$ref is "../../../../../../etc/passwd", which is outside the specification folder',
    ],
    [
      "a reference in a circle",
      [document("components:\n", "components:\n  examples:\n    A: {$ref: '#/components/examples/A'}\n")],
      "A: {$ref: '#/components/examples/A'}",
      '$ref is "#/components/examples/A", which refers to itself',
    ],
    [
      "a mapping that leads elsewhere",
      [
        document(
          "                oneOf:",
          "                discriminator: {propertyName: Action, mapping: {a: http://127.0.0.1:9/x}}\n                oneOf:",
        ),
      ],
      "discriminator: {propertyName: Action, mapping: {a: http://127.0.0.1:9/x}}",
      'a is "http://127.0.0.1:9/x", which is outside the document',
    ],
    [
      "an external value",
      [
        document(
          "          example: NBaSDZeI",
          "          examples: {a: {externalValue: http://127.0.0.1:9/x}}",
        ),
      ],
      "examples: {a: {externalValue: http://127.0.0.1:9/x}}",
      'externalValue is "http://127.0.0.1:9/x", and external values are not read',
    ],
    [
      "a schema keyword of the wrong type",
      [document("required: [RetCode, Message]", "required: true")],
      "required: true",
      "components › schemas › ErrorResponse › required must be array",
    ],
    [
      "a type that there is not",
      [
        document(
          "          schema:\n            type: string\n          example: NBaSDZeI",
          "          schema:\n            type: text\n          example: NBaSDZeI",
        ),
      ],
      "type: text",
      "paths › / › get › parameters › 6 › schema › type must be equal to one of the allowed values",
    ],
    [
      "an extension of the wrong type",
      [document("x-actiongen-retry-safe: true", 'x-actiongen-retry-safe: "false"')],
      'x-actiongen-retry-safe: "false"',
      'x-actiongen-retry-safe is "false" (It must be true or false.)',
    ],
    [
      "an example that cannot be sent",
      [document("example: NBaSDZeI", "example: 12345678901234567890")],
      "- name: BlockId",
      "the example of BlockId cannot be sent: BlockId is beyond 2^53",
    ],
    [
      "a link that is none",
      [
        document(
          "url: https://www.dezai.com/docs/api/umem-api/describe_umem_backup_url",
          "url: javascript:alert(1)",
        ),
      ],
      "url: javascript:alert(1)",
      'externalDocs.url is "javascript:alert(1)" (Give an http or https URL.)',
    ],
    [
      "an Action that may be left out",
      [
        document(
          "required: true\n          description: Names",
          "required: false\n          description: Names",
        ),
      ],
      "- name: Action",
      "the parameter Action is not required (Add `required: true`.)",
    ],
    [
      "a reference to the network",
      [document("- $ref: retcodes.yaml", "- $ref: http://127.0.0.1:9/x.yaml")],
      "- $ref: http://127.0.0.1:9/x.yaml",
      '$ref is "http://127.0.0.1:9/x.yaml", which is outside the specification folder',
    ],
    [
      "no action",
      [document("            const: DescribeUMemBackupURL\n", "")],
      "schema:",
      "no parameter Action with a const names the action (Add it, with the action's name as `const`.)",
    ],
    [
      "an action that is not a valid identifier",
      [
        document("const: DescribeUMemBackupURL", "const: ../../evil"),
        document("operationId: DescribeUMemBackupURL", "operationId: ../../evil"),
      ],
      "const: ../../evil",
      `the action's name "../../evil" is not a valid identifier (Use letters, digits and _, beginning with a letter.)`,
    ],
    [
      "an operationId of its own",
      [document("operationId: DescribeUMemBackupURL", "operationId: other")],
      "operationId: other",
      'operationId is "other", but the action is "DescribeUMemBackupURL" (Give both the same name.)',
    ],
    [
      "no path",
      [document("paths:\n  /:", "paths: {}\nx-other:\n  /:")],
      "paths: {}",
      "has no path instead of one GET on the path / (Write one document for each action.)",
    ],
    [
      "two methods",
      [document("paths:\n  /:\n", "paths:\n  /:\n    delete: {responses: {'200': {description: d}}}\n")],
      "paths:",
      "has delete, get instead of one GET on the path /",
    ],
    [
      "a parameter name that is not a valid identifier",
      [document("name: SpaceId", "name: Space-Id")],
      "- name: Space-Id",
      'parameter "Space-Id" is not a valid identifier (Use letters, digits and _; write `A.N.B` as an array of objects with `x-actiongen-style: indexed`.)',
    ],
    [
      "a parameter that belongs to the signature",
      [document("name: SpaceId", "name: Signature")],
      "- name: Signature",
      'parameter "Signature" belongs to the signature (Remove it: the security schemes describe it.)',
    ],
    [
      "a parameter twice",
      [document("name: SpaceId", "name: BackupId")],
      "- name: BackupId",
      'parameter "BackupId" is duplicated (Remove one.)',
    ],
    [
      "a parameter elsewhere",
      [document("name: SpaceId\n          in: query", "name: SpaceId\n          in: header")],
      "in: header",
      'parameter "SpaceId" is in header (Every parameter of an action is `in: query`.)',
    ],
    [
      "an array that does not say how it is sent",
      [
        document(
          "            type: string\n          example: NBaSDZeI",
          "            type: array\n            items: {type: string}",
        ),
      ],
      "- name: BlockId",
      'parameter "BlockId" is an array without a style (Add `x-actiongen-style: indexed`: it is sent as Name.0, Name.0.Sub.)',
    ],
    [
      "no signature",
      [document("      security:\n        - PublicKey: []\n          Signature: []\n", "")],
      "securitySchemes:",
      "does not require PublicKey and Signature",
    ],
    [
      "no error schema",
      [document('                  - $ref: "#/components/schemas/ErrorResponse"\n', "")],
      "schema:",
      "the 200 response is not a choice of one success schema and one error schema",
    ],
    [
      "a misspelt extension",
      [document("x-actiongen-sensitive", "x-actiongen-secret")],
      "x-actiongen-secret: true",
      "x-actiongen-secret is not a known extension (Known extensions are x-actiongen-components, x-actiongen-download, x-actiongen-paging, x-actiongen-retcode-tables, x-actiongen-retcodes, x-actiongen-retry-safe, x-actiongen-sensitive, x-actiongen-source, x-actiongen-style.)",
    ],
    ...[
      ["{ function: delete, links: BackupURL }", '{"function":"delete","links":"BackupURL"}'],
      ["{ function: DownloadError, links: BackupURL }", '{"function":"DownloadError","links":"BackupURL"}'],
      [
        "{ function: profileCredentials, links: BackupURL }",
        '{"function":"profileCredentials","links":"BackupURL"}',
      ],
      ["{ function: download }", '{"function":"download"}'],
    ].map(
      ([value = "", seen]): Case => [
        `a download of ${value}`,
        [
          document(
            "      x-actiongen-retcodes:",
            `      x-actiongen-download: ${value}\n      x-actiongen-retcodes:`,
          ),
        ],
        `x-actiongen-download: ${value}`,
        `x-actiongen-download is ${seen} (It must be function, an unused name that begins with a lower-case letter, and links, the name of a field.)`,
      ],
    ),
    ...[
      ["Links", "which is not there"],
      ["RetCode", "which is of type integer"],
    ].map(
      ([links, fault]): Case => [
        `a download of ${links}`,
        [
          document(
            "      x-actiongen-retcodes:",
            `      x-actiongen-download: { function: download, links: ${links} }\n      x-actiongen-retcodes:`,
          ),
        ],
        `x-actiongen-download: { function: download, links: ${links} }`,
        `links is "${links}", ${fault} (Correct the name, or the overlay that it comes from.)`,
      ],
    ),
    [
      "a RetCode twice",
      [["umem/retcodes.yaml", "code: 20000", "code: 110"]],
      "x-actiongen-retcodes:",
      "RetCode 110 stands twice (Remove one.)",
    ],
  ])("%s", async (_, edits, at, message) => {
    await expectFault(await specFolder(...edits), documentPath, at, message);
  });
});

test("a fault of one kind hides none of another", async () => {
  const folder = await specFolder(
    document("name: SpaceId", "name: Space-Id"),
    document("operationId: DescribeUMemBackupURL", "operationId: other"),
    document("x-actiongen-sensitive", "x-actiongen-secret"),
    document("required: [RetCode, Message]", "required: true"),
    document("name: BlockId\n          in: query", "name: BlockId\n          in: somewhere"),
    document("- $ref: retcodes.yaml", "- $ref: codes.yaml"),
  );
  const report = await faultsOf(folder);
  for (const told of [
    '"Space-Id" is not a valid identifier',
    "operationId is",
    "x-actiongen-secret is",
    "must be array",
    "in must be equal",
    '$ref is "codes.yaml"',
  ]) {
    expect(report).toContain(told);
  }
  expect(report.match(/help: /g)).toHaveLength(6);
});
