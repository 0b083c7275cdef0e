import { mkdir, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { load } from "../../scripts/load.js";
import type { ApiModel } from "../../scripts/model/api-model.js";
import { goSample } from "../../templates/docs/script/samples/go.js";
import { wireParameters } from "../../templates/docs/script/samples/sample.js";
import { signParameters } from "../../templates/runtime/signature.js";
import { hostileCall, mockEnvironment, recordingServer, runProgram, samplesIn } from "../support/samples.js";
import { api } from "../support/seed-action.js";
import { temporaryFolder } from "../support/spec-folder.js";

const done = { stdout: "", stderr: "", status: 0 };

/** Writes and builds programs at once. @returns the folder of the executables. */
async function build(programs: ReadonlyMap<string, string>): Promise<string> {
  const folder = await temporaryFolder();
  await writeFile(join(folder, "go.mod"), "module samples\n\ngo 1.19\n");
  for (const [name, code] of programs) {
    await mkdir(join(folder, "cmd", name), { recursive: true });
    await writeFile(join(folder, "cmd", name, "main.go"), code);
  }
  // Prints the names of files that it would format, and syntax errors.
  expect(await runProgram("gofmt", ["-l", "-e", folder])).toEqual(done);
  await mkdir(join(folder, "bin"));
  const env = { GOFLAGS: "-mod=mod", GOPROXY: "off", GOTOOLCHAIN: "local" };
  expect(await runProgram("go", ["build", "-o", "bin/", "./..."], { cwd: folder, env })).toEqual(done);
  return join(folder, "bin");
}

test("Go samples of all actions are formatted, compile and print a field of the response", async () => {
  const samples = samplesIn("go", api);
  const bin = await build(samples);
  const env = await mockEnvironment();
  for (const name of samples.keys()) {
    const { stdout, stderr, status } = await runProgram(join(bin, name), [], { env });
    expect([name, status, stderr]).toEqual([name, 0, ""]);
    expect(JSON.parse(stdout)).not.toBeNull();
  }
  const [first = ""] = samples.keys();
  const wrong = await runProgram(join(bin, first), [], { env: { ...env, DEZAI_PRIVATE_KEY: "wrong-key" } });
  expect(wrong).toMatchObject({ stdout: "", status: 1, stderr: expect.stringContaining("RetCode 171: ") });
  expect(wrong.stderr).not.toContain("wrong-key");
});

test("strings that are code stay strings in Go", async () => {
  const { data, parameters } = hostileCall;
  const server = await recordingServer();
  const site = { baseUrl: server.url, environmentPrefix: "EXAMPLE", endpoint: "", requestIdHeader: "X-Id" };
  const bin = await build(new Map([["hostile", goSample(data, site, parameters)]]));
  const env = { EXAMPLE_PUBLIC_KEY: "p", EXAMPLE_PRIVATE_KEY: "k" };
  const outcome = await runProgram(join(bin, "hostile"), [], { env });
  expect(outcome).toEqual({ ...done, stdout: '"done"\n' });
  const keys = { publicKey: "p", privateKey: "k" };
  const expected = [...(await signParameters(wireParameters(data, parameters), keys))].sort();
  expect(server.calls.map((call) => call.sort())).toEqual([expected]);
});

test("Go samples of the golden cases are formatted and can be parsed", async () => {
  const folder = await temporaryFolder();
  for (const entry of await readdir("test/golden", { withFileTypes: true })) {
    if (!entry.isDirectory()) continue;
    const model: ApiModel = await load(`test/golden/${entry.name}/spec`);
    for (const [name, code] of samplesIn("go", model))
      await writeFile(join(folder, `${entry.name}-${name}.go`), code);
  }
  expect(await runProgram("gofmt", ["-l", "-e", folder])).toEqual(done);
});
