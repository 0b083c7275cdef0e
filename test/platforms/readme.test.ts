import { mkdir, readdir, symlink, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { build } from "esbuild";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { load } from "../../scripts/load.js";
import { retryDelay } from "../../templates/runtime/retry.js";
import { fileServer } from "../support/file-server.js";
import { generated } from "../support/generated.js";
import { codeBlocks, readmePrograms } from "../support/readme.js";
import { mockEnvironment, runProgram, typeCheckSamples, writeTypeScriptSamples } from "../support/samples.js";
import { temporaryFolder } from "../support/spec-folder.js";

/** Writes the packages of a specification, and the examples of its READMEs. @returns the paths of the examples. */
async function writeExamples(spec: string): Promise<{ folder: string; programs: string[] }> {
  const [folder, model, files] = await Promise.all([temporaryFolder(), load(spec), generated(spec)]);
  await writeTypeScriptSamples(folder, model, files);
  for (const name of ["openapi-fetch", "openapi-typescript-helpers", "@opentelemetry/api"]) {
    await mkdir(join(folder, "node_modules", dirname(name)), { recursive: true });
    await symlink(resolve("node_modules", name), join(folder, "node_modules", name));
  }
  const examples = model.products.flatMap(({ name }) => {
    const readme = files.get(`packages/${name}/README.md`) ?? "";
    return [
      ...readmePrograms(readme).map((code, at) => [`${name}-readme-${at}.mts`, code] as const),
      ...codeBlocks(readme, "js").map((code, at) => [`${name}-readme-commonjs-${at}.cjs`, code] as const),
    ];
  });
  for (const [path, code] of examples) await writeFile(join(folder, path), code);
  return { folder, programs: examples.map(([path]) => join(folder, path)) };
}

const typed = (programs: readonly string[]) => programs.filter((path) => path.endsWith(".mts"));

test("the examples of a product's README compile, and run against the mock gateway", async () => {
  const { folder, programs } = await writeExamples("spec");
  expect(typeCheckSamples(folder, typed(programs))).toEqual([]);
  await build({
    entryPoints: programs,
    outdir: join(folder, "out"),
    outExtension: { ".js": ".mjs" },
    bundle: true,
    platform: "node",
    format: "esm",
    conditions: ["@actiongen/source"],
  });
  const files = await fileServer(({ serve }) => serve(Buffer.from("a backup")));
  const profile = { profile: "staging", public_key: "p", private_key: "k" };
  await mkdir(join(folder, ".dezai"));
  await writeFile(join(folder, ".dezai/credential.json"), JSON.stringify([profile]));
  const env = { ...(await mockEnvironment(files.origin)), HOME: folder };
  for (const name of await readdir(join(folder, "out"))) {
    const { status, stderr } = await runProgram(process.execPath, [join("out", name)], { cwd: folder, env });
    expect([name, status, stderr]).toEqual([name, 0, ""]);
  }
  expect(await readdir(join(folder, "backup"))).toContain("shard-0.rdb");
});

test("the README states the schedule of retries", async () => {
  const readme = (await generated("spec")).get("packages/umem/README.md") ?? "";
  vi.spyOn(Math, "random").mockReturnValue(0);
  onTestFinished(() => void vi.restoreAllMocks());
  for (const throttled of [false, true]) {
    const bounds = [1, 2, 3, 4, 5, 6].map((attempt) =>
      Number((retryDelay({ attempt, throttled, retryAfter: undefined }) / 1_000).toPrecision(3)),
    );
    const row = readme.split("\n").find((line) => line.startsWith(throttled ? "| bound, if" : "| bound, in"));
    const stated = row?.split("|").slice(2, -1).map(Number) ?? [];
    expect(stated).toHaveLength(6);
    for (const [at, bound] of bounds.entries()) expect(stated[at]).toBeCloseTo(bound, 1);
  }
});

describe("the examples of READMEs of other products compile:", async () => {
  const entries = await readdir("test/golden", { withFileTypes: true });
  test.each(entries.filter((entry) => entry.isDirectory()).map(({ name }) => name))("%s", async (name) => {
    const { folder, programs } = await writeExamples(`test/golden/${name}/spec`);
    expect(typeCheckSamples(folder, typed(programs))).toEqual([]);
  });
});
