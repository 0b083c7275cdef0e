import { readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import ts from "typescript";
import { describe, expect, test } from "vitest";
import { load } from "../../scripts/load.js";
import { curlSample } from "../../templates/docs/script/samples/curl.js";
import { pythonSample } from "../../templates/docs/script/samples/python.js";
import { wireParameters } from "../../templates/docs/script/samples/sample.js";
import { typeScriptSample } from "../../templates/docs/script/samples/typescript.js";
import { signParameters } from "../../templates/runtime/signature.js";
import { generated } from "../support/generated.js";
import {
  hostileCall,
  mockEnvironment,
  recordingServer,
  runProgram,
  samplesIn,
  typeCheckSamples,
  writeTypeScriptSamples,
} from "../support/samples.js";
import { api } from "../support/seed-action.js";
import { temporaryFolder } from "../support/spec-folder.js";

const shell = samplesIn("sh", api);
const python = samplesIn("python", api);
const runShell = (code: string, env: Record<string, string>, cwd = ".") =>
  runProgram("sh", ["-eu", "-c", code], { env, cwd });
const runPython = (code: string, env: Record<string, string>, cwd = ".") =>
  runProgram("python3", ["-c", code], { env, cwd });

describe.each([...shell.keys()])("the sample of %s", (name) => {
  test("for curl receives a response", async () => {
    const { stdout, stderr } = await runShell(shell.get(name) ?? "", await mockEnvironment());
    expect(JSON.parse(stdout), stderr).toMatchObject({ RetCode: 0 });
  });

  test("in Python prints a field of the response", async () => {
    const { stdout, stderr, status } = await runPython(python.get(name) ?? "", await mockEnvironment());
    expect(status, stderr).toBe(0);
    expect(JSON.parse(stdout)).not.toBeNull();
  });
});

describe("with a wrong key", () => {
  const [name = ""] = shell.keys();

  test("curl prints the error", async () => {
    const env = { ...(await mockEnvironment()), DEZAI_PRIVATE_KEY: "wrong" };
    expect(JSON.parse((await runShell(shell.get(name) ?? "", env)).stdout)).toMatchObject({ RetCode: 171 });
  });

  test("Python fails with the error, and prints no key", async () => {
    const env = { ...(await mockEnvironment()), DEZAI_PRIVATE_KEY: "wrong-key" };
    const { stdout, stderr, status } = await runPython(python.get(name) ?? "", env);
    expect([status, stdout]).toEqual([1, ""]);
    expect(stderr).toMatch(/^RetCode 171: /);
    expect(stderr).not.toContain("wrong-key");
  });
});

describe("strings that are code stay strings", () => {
  const { data, parameters } = hostileCall;
  const keys = { publicKey: "p", privateKey: "k" };
  const site = (baseUrl: string) => ({
    baseUrl,
    environmentPrefix: "EXAMPLE",
    endpoint: "",
    requestIdHeader: "X-Id",
  });
  const env = { EXAMPLE_PUBLIC_KEY: keys.publicKey, EXAMPLE_PRIVATE_KEY: keys.privateKey };
  const expected = async () => [...(await signParameters(wireParameters(data, parameters), keys))].sort();

  test.each([
    ["curl", curlSample, runShell],
    ["Python", pythonSample, runPython],
  ] as const)("in %s", async (_, write, run) => {
    const folder = await temporaryFolder();
    const server = await recordingServer();
    const { stderr, status } = await run(write(data, site(server.url), parameters), env, folder);
    expect(status, stderr).toBe(0);
    expect(server.calls.map((call) => call.sort())).toEqual([await expected()]);
    expect(await readdir(folder)).toEqual([]);
  });

  test("in TypeScript", async () => {
    const sample = typeScriptSample(data, site("https://a.example/"), parameters);
    const body = ts.transpile(sample.replace(/^import .*\n/, ""), { target: ts.ScriptTarget.ES2022 });
    const run = new Function("createClient", "console", `return (async () => {${body}})()`);
    const calls: unknown[] = [];
    const printed: unknown[] = [];
    const client = { do: async (params: unknown) => calls.push(params) && { Result: "done" } };
    await run(() => client, { log: (value: unknown) => printed.push(value) });
    expect([calls, printed]).toEqual([[parameters], ["done"]]);
  });
});

describe("of the golden cases", async () => {
  const cases = (await readdir("test/golden", { withFileTypes: true })).filter((entry) =>
    entry.isDirectory(),
  );
  const specs = cases.map(({ name }) => ({ name, spec: `test/golden/${name}/spec` }));

  test("TypeScript samples compile", async () => {
    const folder = await temporaryFolder();
    const programs: string[] = [];
    for (const { name, spec } of specs) {
      programs.push(
        ...(await writeTypeScriptSamples(join(folder, name), await load(spec), await generated(spec))),
      );
    }
    expect(typeCheckSamples(folder, programs)).toEqual([]);
  });

  test("curl and Python samples can be parsed", async () => {
    const folder = await temporaryFolder();
    const written = { sh: [] as string[], python: [] as string[] };
    for (const { name, spec } of specs) {
      const model = await load(spec);
      for (const language of ["sh", "python"] as const) {
        for (const [action, code] of samplesIn(language, model)) {
          const file = join(folder, `${name}.${action}.${language}`);
          await writeFile(file, code);
          written[language].push(file);
        }
      }
    }
    const parse = 'import ast, sys\nfor name in sys.argv[1:]:\n    ast.parse(open(name, "rb").read(), name)';
    // Python only warns of escapes that do not exist.
    const strict = ["-W", "error::SyntaxWarning", "-W", "error::DeprecationWarning", "-c", parse];
    const done = { stdout: "", stderr: "", status: 0 };
    const check = ["-c", 'for name; do sh -n "$name" || exit 1; done', "sh"];
    expect(await runProgram("sh", [...check, ...written.sh])).toEqual(done);
    expect(await runProgram("python3", [...strict, ...written.python])).toEqual(done);
  });
});
