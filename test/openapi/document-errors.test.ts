import { describe, expect, test } from "vitest";
import { document, errorsOf, expectError } from "../support/errors.js";
import { documentPath, type Edit, specFolder } from "../support/spec-folder.js";

type Case = [what: string, edits: Edit[], at: string, message: string];

describe("reports with file, line, value and help", () => {
  test.each<Case>([
    [
      "invalid YAML",
      [document("  version: 1.0.0", "  version: [")],
      "description: One action of the UMem product (managed Redis and Memcache), called as a signed query.",
      "Flow sequence in block collection must be sufficiently indented",
    ],
    [
      "a duplicate key",
      [document("  version: 1.0.0", "  version: 1.0.0\n  version: 2")],
      "version: 2",
      "Map keys must be unique (Fix the YAML",
    ],
    [
      "a file that is not OpenAPI",
      [document("openapi: 3.1.0", "asyncapi: 3.0.0")],
      "asyncapi: 3.0.0",
      "is not an OpenAPI document: it has no `openapi` key (Begin it with `openapi: 3.1.0`.)",
    ],
    [
      "an unsupported version of OpenAPI",
      [document("openapi: 3.1.0", "openapi: 3.2.0")],
      "openapi: 3.2.0",
      'openapi is "3.2.0", which is not supported (Write the document in OpenAPI 3.1, or in 3.0.)',
    ],
    [
      "Swagger 2.0",
      [document("openapi: 3.1.0", "swagger: '2.0'")],
      "swagger: '2.0'",
      "Swagger 2.0 is not supported (Convert it to OpenAPI 3, for example with https://converter.swagger.io.)",
    ],
    [
      "a schema violation",
      [document("name: BackupId\n          in: query", "name: BackupId\n          in: somewhere")],
      "in: somewhere",
      'paths › / › get › parameters › 5 › in must be "query", "header", "path" or "cookie", but is "somewhere"',
    ],
    [
      "a second schema violation",
      [
        document(
          "name: BackupId\n          in: query\n          required: true",
          "name: BackupId\n          in: somewhere\n          required: maybe",
        ),
      ],
      "required: maybe",
      'paths › / › get › parameters › 5 › required must be of type boolean, but is "maybe"',
    ],
    [
      "a schema keyword of the wrong type",
      [document("required: [RetCode, Message]", "required: true")],
      "required: true",
      "components › schemas › ErrorResponse › required must be of type array, but is true",
    ],
    [
      "an unknown type",
      [
        document(
          "          schema:\n            type: string\n          example: NBaSDZeI",
          "          schema:\n            type: text\n          example: NBaSDZeI",
        ),
      ],
      "type: text",
      "paths › / › get › parameters › 6 › schema › type must be ",
    ],
    [
      "an example that cannot be sent",
      [document("example: NBaSDZeI", "example: 12345678901234567890")],
      "- name: BlockId",
      "the example of BlockId cannot be sent: BlockId is beyond 2^53",
    ],
    [
      "an invalid link",
      [
        document(
          "url: https://www.dezai.com/docs/api/umem-api/describe_umem_backup_url",
          "url: javascript:alert(1)",
        ),
      ],
      "url: javascript:alert(1)",
      'externalDocs.url is "javascript:alert(1)" (Use an http or https URL.)',
    ],
    [
      "an optional Action",
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
      "a missing Action",
      [document("            const: DescribeUMemBackupURL\n", "")],
      "schema:",
      "no parameter Action with a const names the action (Add it, with the action's name as `const`.)",
    ],
    [
      "an action whose name is not an identifier",
      [
        document("const: DescribeUMemBackupURL", "const: ../../evil"),
        document("operationId: DescribeUMemBackupURL", "operationId: ../../evil"),
      ],
      "const: ../../evil",
      `the action's name "../../evil" is not a valid identifier (Use letters, digits and _, beginning with a letter.)`,
    ],
    [
      "a missing path",
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
      "a parameter name that is not an identifier",
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
      "a duplicate parameter",
      [document("name: SpaceId", "name: BackupId")],
      "- name: BackupId",
      'parameter "BackupId" is duplicated (Remove one.)',
    ],
    [
      "a parameter in a header",
      [document("name: SpaceId\n          in: query", "name: SpaceId\n          in: header")],
      "in: header",
      'parameter "SpaceId" is in header (Every parameter of an action is `in: query`.)',
    ],
    [
      "an array without a style",
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
      "missing security schemes",
      [document("      security:\n        - PublicKey: []\n          Signature: []\n", "")],
      "securitySchemes:",
      "does not require PublicKey and Signature",
    ],
    [
      "a missing error schema",
      [document('                  - $ref: "#/components/schemas/ErrorResponse"\n', "")],
      "schema:",
      "the 200 response is not a choice between one success schema and one error schema",
    ],
    [
      "a duplicate RetCode",
      [["umem/retcodes.yaml", "code: 20000", "code: 110"]],
      "x-actiongen-retcodes:",
      "RetCode 110 is listed twice (Remove one.)",
    ],
  ])("%s", async (_, edits, at, message) => {
    await expectError(await specFolder(...edits), documentPath, at, message);
  });
});

test("reports errors of different kinds together", async () => {
  const folder = await specFolder(
    document("name: SpaceId", "name: Space-Id"),
    document("x-actiongen-sensitive", "x-actiongen-secret"),
    document("required: [RetCode, Message]", "required: true"),
    document("name: BlockId\n          in: query", "name: BlockId\n          in: somewhere"),
    document("- $ref: retcodes.yaml", "- $ref: codes.yaml"),
  );
  const report = await errorsOf(folder);
  for (const problem of [
    '"Space-Id" is not a valid identifier',
    "x-actiongen-secret is",
    "must be of type array",
    'in must be "query"',
    '$ref is "codes.yaml"',
  ]) {
    expect(report).toContain(problem);
  }
  expect(report.match(/help: /g)).toHaveLength(5);
});
