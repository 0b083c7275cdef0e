import { cp, mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import { describe, expect, test } from "vitest";
import { InputError } from "../../scripts/diagnostic.js";
import { load } from "../../scripts/model/load.js";
import { documentPath, type Edit, edit, specFolder, temporaryFolder } from "../support/spec-folder.js";

/** The faults of a specification folder, with the folder's own name left out. */
async function faultsOf(folder: string): Promise<string> {
  const error = await load(folder).then(
    () => expect.fail("no fault was found"),
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof InputError)) throw error;
  return error.message.replaceAll(`${relative(process.cwd(), folder)}/`, "");
}

const document = (from: string, to: string): Edit => [documentPath, from, to];
const config = (from: string, to: string): Edit => ["actiongen.yaml", from, to];

/** Checks that a report has this fault, and that the line it names holds `at`. */
async function expectFault(folder: string, file: string, at: string, message: string): Promise<void> {
  const report = await faultsOf(folder);
  const lines = (await readFile(join(folder, file), "utf8")).split("\n");
  const places = [...report.matchAll(/^(.*?):(?:(\d+):)? (.*)\n {2}help: (.*)$/gm)].map(
    ([, path, line, text, help]) => `${path}: ${lines[Number(line) - 1]?.trim()}: ${text} (${help})`,
  );
  expect(places.join("\n")).toContain(`${file}: ${at}: ${message}`);
}

describe("a fault in a document is told with file, line, value and help", () => {
  test.each<[what: string, edits: Edit[], at: string, message: string]>([
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
      "Map keys must be unique (Mend the YAML",
    ],
    [
      "not OpenAPI at all",
      [document("openapi: 3.1.0", "swagger: '2.0'")],
      "swagger: '2.0'",
      "is no OpenAPI document: it has no `openapi` key (Begin it with `openapi: 3.1.0`.)",
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
      '$ref is "#/components/schemas/Nowhere", and the document has no such place',
    ],
    [
      "a reference to no file",
      [document("- $ref: retcodes.yaml", "- $ref: codes.yaml")],
      "- $ref: codes.yaml",
      '$ref is "codes.yaml", and there is no such file',
    ],
    [
      "a reference out of the folder",
      [document("- $ref: retcodes.yaml", "- $ref: ../../../../../../etc/passwd")],
      "- $ref: ../../../../../../etc/passwd",
      '$ref is "../../../../../../etc/passwd", which leads out of the specification folder',
    ],
    [
      "a reference in a circle",
      [document("components:\n", "components:\n  examples:\n    A: {$ref: '#/components/examples/A'}\n")],
      "A: {$ref: '#/components/examples/A'}",
      '$ref is "#/components/examples/A", which leads back to itself',
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
      'a is "http://127.0.0.1:9/x", which leads out of the document',
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
      'externalValue is "http://127.0.0.1:9/x", and values from elsewhere are not read',
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
      'x-actiongen-retry-safe is "false" (It has to be true or false.)',
    ],
    [
      "an example that cannot be sent",
      [document("example: NBaSDZeI", "example: 12345678901234567890")],
      "- name: BlockId",
      "the example of BlockId cannot be sent: BlockId is an integer beyond 2^53",
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
      "parameters beside the operation",
      [document("paths:\n  /:\n", "paths:\n  /:\n    parameters: [{name: Secret, in: query, schema: {}}]\n")],
      "paths:",
      "has parameters, get where one GET on the path / belongs",
    ],
    [
      "a reference to the network",
      [document("- $ref: retcodes.yaml", "- $ref: http://127.0.0.1:9/x.yaml")],
      "- $ref: http://127.0.0.1:9/x.yaml",
      '$ref is "http://127.0.0.1:9/x.yaml", which leads out of the specification folder',
    ],
    [
      "no action",
      [document("            const: DescribeUMemBackupURL\n", "")],
      "schema:",
      "no parameter Action with a const says which action this is (Add it, with the action's name as `const`.)",
    ],
    [
      "an action that is no identifier",
      [
        document("const: DescribeUMemBackupURL", "const: ../../evil"),
        document("operationId: DescribeUMemBackupURL", "operationId: ../../evil"),
      ],
      "const: ../../evil",
      `the action's name "../../evil" is no identifier (Use letters, digits and _, beginning with a letter.)`,
    ],
    [
      "an operationId of its own",
      [document("operationId: DescribeUMemBackupURL", "operationId: other")],
      "operationId: other",
      'operationId is "other", but the action is "DescribeUMemBackupURL" (Give both the same name.)',
    ],
    [
      "two paths",
      [document("paths:\n  /:", "paths:\n  /more: {}\n  /:")],
      "paths:",
      "has /more, / where one GET on the path / belongs (Write one document for each action.)",
    ],
    [
      "two methods",
      [document("paths:\n  /:\n", "paths:\n  /:\n    delete: {responses: {'200': {description: d}}}\n")],
      "paths:",
      "has delete, get where one GET on the path / belongs",
    ],
    [
      "a parameter name that is no identifier",
      [document("name: SpaceId", "name: Space-Id")],
      "- name: Space-Id",
      'parameter "Space-Id" is no identifier (Use letters, digits and _; write `A.N.B` as an array of objects with `x-actiongen-style: indexed`.)',
    ],
    [
      "a parameter that belongs to the signature",
      [document("name: SpaceId", "name: Signature")],
      "- name: Signature",
      'parameter "Signature" belongs to the signature (Leave it out; the security schemes stand for it.)',
    ],
    [
      "a parameter twice",
      [document("name: SpaceId", "name: BackupId")],
      "- name: BackupId",
      'parameter "BackupId" stands twice (Remove one.)',
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
      'parameter "BlockId" is an array and does not say how it is sent (Add `x-actiongen-style: indexed`: it goes on the wire as Name.0, Name.0.Sub.)',
    ],
    [
      "no signature",
      [document("      security:\n        - PublicKey: []\n          Signature: []\n", "")],
      "securitySchemes:",
      "does not say that a call carries PublicKey and Signature",
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
      "x-actiongen-secret is no extension that is known (Known are x-actiongen-retcodes, x-actiongen-retry-safe, x-actiongen-sensitive, x-actiongen-style.)",
    ],
    [
      "a RetCode entry that is none",
      [["umem/retcodes.yaml", "code: 20000", "code: soon"]],
      "- $ref: retcodes.yaml",
      'entry 1 of the RetCode table is {"code":"soon","name":"CreateFailed"',
    ],
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

describe("a fault in the configuration is told with file, line, value and help", () => {
  test.each<[what: string, edits: Edit[], at: string, message: string]>([
    [
      "a key that is missing",
      [config("brand: Dezai\n", "")],
      "# Everything that names the brand. Templates and code hold none of it: change it here and generate again.",
      "the configuration must have required property 'brand' (spec/README.md describes each key.)",
    ],
    [
      "a key that is unknown",
      [config("brand: Dezai", "brand: Dezai\nbrnd: x")],
      "# Everything that names the brand. Templates and code hold none of it: change it here and generate again.",
      'the configuration must NOT have additional properties ("brnd")',
    ],
    [
      "a scope that is none",
      [config('scope: "@dezai"', 'scope: "../x"')],
      'scope: "../x"',
      'package › scope must match pattern "^@[a-z0-9][a-z0-9._-]*$", but is "../x"',
    ],
    [
      "the title of a product that is not there",
      [config("umem: UMem", "umme: UMem")],
      "umme: UMem",
      "products.umme is the title of a product that has no documents",
    ],
    [
      "a base URL with a port that is none",
      [config("https://api.dezai.com/", "https://api.dezai.com:99999/")],
      "baseUrl: https://api.dezai.com:99999/",
      'baseUrl is "https://api.dezai.com:99999/", which is no URL',
    ],
    [
      "a base URL that is none",
      [config("https://api.dezai.com/", "javascript:alert(1)")],
      "baseUrl: javascript:alert(1)",
      "baseUrl must match pattern",
    ],
  ])("%s", async (_, edits, at, message) => {
    await expectFault(await specFolder(...edits), "actiongen.yaml", at, message);
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
    '"Space-Id" is no identifier',
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

test("all faults of all files are told at once, in the order of their places", async () => {
  const folder = await specFolder(
    config("brand: Dezai\n", ""),
    document("name: SpaceId", "name: Space-Id"),
    document("operationId: DescribeUMemBackupURL", "operationId: other"),
  );
  const places = (await faultsOf(folder))
    .split("\n")
    .filter((line) => !line.startsWith("  help: "))
    .map((line) => line.split(": ")[0]);
  expect(places).toEqual(["actiongen.yaml:1", `${documentPath}:14`, `${documentPath}:58`]);
});

test("two documents of one action are refused, in whatever product", async () => {
  const folder = await specFolder();
  const copy = join(folder, "store/DescribeUMemBackupURL.openapi.yaml");
  await mkdir(dirname(copy));
  await cp(join(folder, documentPath), copy);
  await edit(copy, "- $ref: retcodes.yaml", "- $ref: ../umem/retcodes.yaml");
  expect(await faultsOf(folder)).toBe(
    `${documentPath}:13: the action DescribeUMemBackupURL is also described as DescribeUMemBackupURL at store/DescribeUMemBackupURL.openapi.yaml:13\n  help: Keep one of the two documents.`,
  );
});

test("a document that is not named after its action is refused", async () => {
  const folder = await specFolder();
  await rename(join(folder, documentPath), join(folder, "umem/Other.openapi.yaml"));
  expect(await faultsOf(folder)).toBe(
    "umem/Other.openapi.yaml:13: describes DescribeUMemBackupURL, whose document is called DescribeUMemBackupURL.openapi.yaml\n  help: Rename the file, or correct the action's name.",
  );
});

test("a folder without documents is told", async () => {
  const folder = await specFolder();
  await rm(join(folder, "umem"), { recursive: true });
  expect(await faultsOf(folder)).toContain("holds no *.openapi.yaml\n  help: Put documents at");
});

describe("a document in the wrong place is told", () => {
  test.each([
    "core/A.openapi.yaml",
    "A.openapi.yaml",
    "UMem/A.openapi.yaml",
    "umem/more/A.openapi.yaml",
    "umem/a b.openapi.yaml",
    "x\nconsole.log(1)/umem/A.openapi.yaml",
  ])("%j", async (path) => {
    const folder = await specFolder();
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await cp(join(folder, documentPath), join(folder, path));
    expect(await faultsOf(folder)).toContain(
      `${JSON.stringify(path)} is not <product>/<Action>.openapi.yaml`,
    );
  });
});

test("two names that give one function are told", async () => {
  const folder = await specFolder();
  for (const name of ["Delete", "DeleteAction"]) {
    const path = join(folder, `umem/${name}.openapi.yaml`);
    await cp(join(folder, documentPath), path);
    await edit(path, "const: DescribeUMemBackupURL", `const: ${name}`);
    await edit(path, "operationId: DescribeUMemBackupURL", `operationId: ${name}`);
  }
  expect(await faultsOf(folder)).toBe(
    "umem/DeleteAction.openapi.yaml:13: the action DeleteAction has the same function name, deleteAction, as Delete at umem/Delete.openapi.yaml:13\n  help: Keep one of the two documents.",
  );
});

test("a fault in a file that is referred to is told there", async () => {
  const folder = await specFolder(["umem/retcodes.yaml", "- code: 20001", "- code: [20001"]);
  expect(await faultsOf(folder)).toMatch(/^umem\/retcodes\.yaml:\d+: .*\n {2}help: Mend the YAML/);
});

test("a file full of aliases, here or referred to, is told and does not stop the program", async () => {
  const bomb = `a0: &a0 [x, x, x, x, x, x, x, x, x]\n${Array.from({ length: 9 }, (_, i) => `a${i + 1}: &a${i + 1} [${`*a${i}, `.repeat(9)}x]\n`).join("")}`;
  const folder = await specFolder(document("- $ref: retcodes.yaml", "- $ref: ../bomb.yaml"));
  await writeFile(join(folder, "bomb.yaml"), bomb);
  expect(await faultsOf(folder)).toContain(
    "bomb.yaml:1: Excessive alias count indicates a resource exhaustion attack",
  );
});

test("a folder whose name needs escaping in a URL is read", async () => {
  const folder = join(await temporaryFolder(), "sp ace #1 100% é?");
  await cp("test/data/spec", folder, { recursive: true });
  expect((await load(folder)).products[0]?.actions[0]?.retCodes.length).toBeGreaterThan(20);
});

test("a folder that does not exist is told", async () => {
  const folder = await temporaryFolder();
  expect((await faultsOf(join(folder, "none"))).replace(`${relative(process.cwd(), folder)}/`, "")).toBe(
    "none: does not exist\n  help: Check the path.",
  );
});

test("a document cannot write a second line into the report", async () => {
  const folder = await specFolder();
  await writeFile(join(folder, documentPath), 'openapi: "9\\n/etc/passwd:1: no fault at all"\n');
  expect((await faultsOf(folder)).split("\n")).toHaveLength(2);
});
