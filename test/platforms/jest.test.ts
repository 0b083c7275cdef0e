import { readFile } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import { runProgram } from "../support/samples.js";
import { action, example } from "../support/seed-action.js";
import { project, toolFile } from "./project.js";

/** Runs Jest. @returns what it reports about tests, and its exit code. */
async function jest(
  files: Readonly<Record<string, string>>,
  flags: readonly string[] = [],
): Promise<{ status: number; report: string }> {
  const folder = await project(files);
  const args = [...flags, toolFile("jest/bin/jest.js"), "--no-cache", "--runInBand"];
  const { status, stderr } = await runProgram(process.execPath, args, { cwd: folder });
  return { status, report: stderr };
}

/** A test in which the gateway throttles, refuses and does not respond. */
const body = `
const params = ${JSON.stringify(example.parameters)};

test("calls succeed and fail as outside of Jest", async () => {
  const links = { BackupURL: ["https://backup.example.com/0"] };
  const gateway = createFakeGateway().on(${action.names.function}Operation, throttled(), links, fail(299, "no"));
  const client = createClient(gateway.clientOptions);
  expect((await client.${action.names.function}(params)).BackupURL).toEqual(links.BackupURL);
  const { error } = await client.${action.names.function}(params).result();
  expect(error).toBeInstanceOf(RetCodeError);
  expect(error).toBeInstanceOf(Error);
  const signal = AbortSignal.abort();
  await expect(client.${action.names.function}(params, { signal })).rejects.toThrow(AbortError);
  const hanging = createClient({ ...gateway.clientOptions, maxRetries: 0, fetch: () => new Promise(() => {}) });
  await expect(hanging.${action.names.function}(params, { timeout: 20 })).rejects.toThrow(TimeoutError);
  gateway.verify();
});
`;
const names = `{ AbortError, createClient, ${action.names.function}Operation, RetCodeError, TimeoutError }`;
const testing = "{ createFakeGateway, fail, throttled }";
const imports = `import ${names} from "@dezai/umem";\nimport ${testing} from "@dezai/umem/testing";\n`;
const requires = `const ${names} = require("@dezai/umem");\nconst ${testing} = require("@dezai/umem/testing");\n`;

/** Configuration with ts-jest, which reports type errors as failures. */
const tsJest = (isModule: boolean) =>
  JSON.stringify({
    type: isModule ? "module" : "commonjs",
    jest: {
      transform: { "\\.ts$": ["ts-jest", { useESM: isModule }] },
      ...(isModule && { extensionsToTreatAsEsm: [".ts"] }),
    },
  });
const tsconfig = (module: string) =>
  JSON.stringify({
    compilerOptions: { module, moduleResolution: module, target: "ES2022", strict: true, types: ["node"] },
  });
const typed = `import { expect, test } from "@jest/globals";
${imports}
// @ts-expect-error SpaceId is a string
void (() => createClient().${action.names.function}({ SpaceId: 1, BackupId: "b" }));
${body}`;
const modules = ["--experimental-vm-modules", "--no-warnings"];

describe("Jest 30", () => {
  test.each<[what: string, files: Readonly<Record<string, string>>, flags: string[]]>([
    ["CommonJS", { "package.json": "{}", "umem.test.js": requires + body }, []],
    ["ES modules", { "package.json": '{ "type": "module" }', "umem.test.js": imports + body }, modules],
    [
      "ts-jest, CommonJS",
      { "package.json": tsJest(false), "tsconfig.json": tsconfig("node16"), "umem.test.ts": typed },
      [],
    ],
    [
      "ts-jest, ES modules",
      { "package.json": tsJest(true), "tsconfig.json": tsconfig("nodenext"), "umem.test.ts": typed },
      modules,
    ],
  ])("runs a test with the fake gateway: %s", async (_, files, flags) => {
    const { status, report } = await jest(files, flags);
    expect(report).toContain("Tests:       1 passed, 1 total");
    expect(status).toBe(0);
  });

  test("runs the example", async () => {
    const files = ["newest-backup.js", "newest-backup.test.js"].map(
      async (name) => [name, await readFile(`examples/jest/${name}`, "utf8")] as const,
    );
    const { report } = await jest({
      "package.json": "{}",
      ...Object.fromEntries(await Promise.all(files)),
    });
    expect(report).toContain("Tests:       3 passed, 3 total");
  });
});
