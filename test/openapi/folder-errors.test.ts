import { cp, mkdir, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import { describe, expect, test } from "vitest";
import { load } from "../../scripts/load.js";
import { config, document, errorsOf, expectError } from "../support/errors.js";
import { documentPath, type Edit, edit, specFolder, temporaryFolder } from "../support/spec-folder.js";

describe("reports errors of the configuration with file, line, value and help", () => {
  test.each<[what: string, edits: Edit[], at: string, message: string]>([
    [
      "a missing key",
      [config("brand: Dezai\n", "")],
      "# Everything that names the brand. Templates and code hold none of it: change it here and generate again.",
      'the configuration lacks the required key "brand" (spec/README.md of actiongen describes each key.)',
    ],
    [
      "an unknown key",
      [config("brand: Dezai", "brand: Dezai\nbrnd: x")],
      "brnd: x",
      'the configuration has the unknown key "brnd" (did you mean brand?)',
    ],
    [
      "an invalid scope",
      [config('scope: "@dezai"', 'scope: "../x"')],
      'scope: "../x"',
      'package › scope must be an npm scope such as @acme, but is "../x"',
    ],
    ...["maxConcurrency", "extraParams", "budget"].map((name): [string, Edit[], string, string] => [
      `an option of a location with the name of a setting, ${name}`,
      [config("{ region: Region, zone: Zone, project: ProjectId }", `{ ${name}: Region }`)],
      `locationOptions: { ${name}: Region }`,
      `locationOptions must have names of options that clients do not have, such as region, but has "${name}"`,
    ]),
    [
      "the title of a missing product",
      [config("umem: UMem", "umme: UMem")],
      "umme: UMem",
      "products.umme is the title of a product that has no documents",
    ],
    [
      "a base URL with an invalid port",
      [config("https://api.dezai.com/", "https://api.dezai.com:99999/")],
      "baseUrl: https://api.dezai.com:99999/",
      'baseUrl is "https://api.dezai.com:99999/", which is not a URL',
    ],
    [
      "a base URL that is not an HTTP URL",
      [config("https://api.dezai.com/", "javascript:alert(1)")],
      "baseUrl: javascript:alert(1)",
      "baseUrl must be an http or https URL that ends in /, without query, fragment and user, but is",
    ],
  ])("%s", async (_, edits, at, message) => {
    await expectError(await specFolder(...edits), "actiongen.yaml", at, message);
  });
});

test("reports all errors of all files, sorted by location", async () => {
  const folder = await specFolder(
    config("brand: Dezai\n", ""),
    document("name: SpaceId", "name: Space-Id"),
    document("const: DescribeUMemBackupURL", "const: Describe-Backup"),
  );
  const locations = (await errorsOf(folder))
    .split("\n")
    .filter((line) => !line.startsWith("  help: "))
    .map((line) => line.split(": ")[0]);
  expect(locations).toEqual(["actiongen.yaml:1", `${documentPath}:35`, `${documentPath}:58`]);
});

test("rejects two actions of a product whose names differ only in case, with both documents", async () => {
  const folder = await specFolder();
  const copy = "umem/DescribeUMemBackupUrl.openapi.yaml";
  await cp(join(folder, documentPath), join(folder, copy));
  await edit(join(folder, copy), "operationId: DescribeUMemBackupURL", "operationId: DescribeUMemBackupUrl");
  await edit(join(folder, copy), "const: DescribeUMemBackupURL", "const: DescribeUMemBackupUrl");
  expect(await errorsOf(folder)).toBe(
    `${copy}:13: the action DescribeUMemBackupUrl of umem is also described as DescribeUMemBackupURL at ${documentPath}:13\n  help: Keep one of the two documents.`,
  );
});

test("rejects a document that is not named after its action", async () => {
  const folder = await specFolder();
  await rename(join(folder, documentPath), join(folder, "umem/Other.openapi.yaml"));
  expect(await errorsOf(folder)).toBe(
    "umem/Other.openapi.yaml:13: describes DescribeUMemBackupURL, but its file is not named DescribeUMemBackupURL.openapi.yaml\n  help: Rename the file, or correct the action's name.",
  );
});

test("reports a folder without documents", async () => {
  const folder = await specFolder();
  await rm(join(folder, "umem"), { recursive: true });
  expect(await errorsOf(folder)).toContain("has no *.openapi.yaml\n  help: Put documents at");
});

describe("rejects a document at the path", () => {
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
    expect(await errorsOf(folder)).toContain(
      `${JSON.stringify(path)} is not <product>/<Action>.openapi.yaml`,
    );
  });
});

test("gives different identifiers to actions whose names end alike", async () => {
  const folder = await specFolder();
  for (const name of ["Delete", "DeleteAction"]) {
    const path = join(folder, `umem/${name}.openapi.yaml`);
    await cp(join(folder, documentPath), path);
    await edit(path, "const: DescribeUMemBackupURL", `const: ${name}`);
    await edit(path, "operationId: DescribeUMemBackupURL", `operationId: ${name}`);
  }
  const names = (await load(folder)).products.flatMap(({ actions }) => actions.map((one) => one.names));
  expect(new Set(names.flatMap((own) => Object.values(own))).size).toBe(3 * 7);
});

test("rejects two downloads with one name", async () => {
  const download = "      x-actiongen-download: { function: download, links: BackupURL }\n";
  const folder = await specFolder([
    documentPath,
    "      x-actiongen-retcodes:",
    `${download}      x-actiongen-retcodes:`,
  ]);
  const path = join(folder, "umem/Other.openapi.yaml");
  await cp(join(folder, documentPath), path);
  await edit(path, "const: DescribeUMemBackupURL", "const: Other");
  await edit(path, "operationId: DescribeUMemBackupURL", "operationId: Other");
  expect(await errorsOf(folder)).toMatch(
    /^umem\/Other\.openapi\.yaml:\d+: x-actiongen-download of Other has the same function, download, as that of x-actiongen-download of DescribeUMemBackupURL\n {2}help: Rename one of them\.$/,
  );
});

describe("reports an error in a referenced file there, and once", () => {
  test.each<[what: string, from: string, to: string, report: RegExp]>([
    [
      "a syntax error",
      "- code: 20001",
      "- code: 20001\n  code: 20001",
      /^umem\/retcodes\.yaml:\d+: .*\n {2}help: Fix the YAML/,
    ],
    [
      "an invalid RetCode",
      "code: 20000",
      "code: soon",
      /^umem\/retcodes\.yaml:2: code of entry 1 in the RetCode table is "soon"\n {2}help: Use an integer above 0\.$/,
    ],
    [
      "an unknown retry category",
      "retry: never",
      "retry: sometimes",
      /^umem\/retcodes\.yaml:6: retry of entry 1 in the RetCode table is "sometimes"\n {2}help: Use always, throttle, credentials, idempotent or never\.$/,
    ],
  ])("%s", async (_, from, to, expected) => {
    const folder = await specFolder(["umem/retcodes.yaml", from, to]);
    const other = join(folder, "umem/Other.openapi.yaml");
    await cp(join(folder, documentPath), other);
    await edit(other, "const: DescribeUMemBackupURL", "const: Other");
    await edit(other, "operationId: DescribeUMemBackupURL", "operationId: Other");
    const report = await errorsOf(folder);
    expect(report).toMatch(expected);
    expect(report.match(/retcodes\.yaml:/g)).toHaveLength(1);
    expect(report).not.toContain("openapi.yaml");
  });
});

test("rejects a file whose aliases expand exponentially", async () => {
  const bomb = `a0: &a0 [x, x, x, x, x, x, x, x, x]\n${Array.from({ length: 9 }, (_, i) => `a${i + 1}: &a${i + 1} [${`*a${i}, `.repeat(9)}x]\n`).join("")}`;
  const folder = await specFolder(document("- $ref: retcodes.yaml", "- $ref: ../bomb.yaml"));
  await writeFile(join(folder, "bomb.yaml"), bomb);
  expect(await errorsOf(folder)).toContain(
    "bomb.yaml:1: Excessive alias count indicates a resource exhaustion attack",
  );
});

test("reads a folder whose name must be escaped in a URL", async () => {
  const folder = join(await temporaryFolder(), "sp ace #1 100% é?");
  await cp("test/data/spec", folder, { recursive: true });
  expect((await load(folder)).products[0]?.actions[0]?.retCodes.length).toBeGreaterThan(20);
});

test("reports a folder that does not exist", async () => {
  const folder = await temporaryFolder();
  expect((await errorsOf(join(folder, "none"))).replace(`${relative(process.cwd(), folder)}/`, "")).toBe(
    "none: does not exist\n  help: Check the path.",
  );
});

test("does not let a document write a second line into the report", async () => {
  const folder = await specFolder();
  await writeFile(join(folder, documentPath), 'openapi: "9\\n/etc/passwd:1: no fault at all"\n');
  expect((await errorsOf(folder)).split("\n")).toHaveLength(2);
});
