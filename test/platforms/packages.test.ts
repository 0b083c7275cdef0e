import { execFile } from "node:child_process";
import { readdir, readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { describe, expect, inject, test } from "vitest";

const run = promisify(execFile);
const packages = await readdir("generated/packages");

/** Runs a script of a tool in the folder of a package. @returns its output, and its exit code if that is not 0. */
async function check(script: string, name: string, flags: readonly string[]): Promise<string> {
  const program = join(inject("toolsFolder"), "node_modules", script);
  const cwd = resolve("generated/packages", name);
  return await run(process.execPath, [program, ...flags], { cwd }).then(
    ({ stdout }) => stdout,
    ({ code, stdout, stderr }) => `exit code ${code}\n${stdout}${stderr}`,
  );
}

/** Modules that the `*` entries of a package export. */
async function modulesOf(name: string): Promise<string[]> {
  const manifest = JSON.parse(await readFile(`generated/packages/${name}/package.json`, "utf8"));
  const patterns = Object.keys(manifest.exports).filter((key) => key.endsWith("/*"));
  const found = patterns.map(async (pattern) => {
    const folder = pattern.slice(2, -2);
    const files = await readdir(`generated/packages/${name}/src/${folder}`);
    return files.map((file) => `./${folder}/${file.replace(/\.ts$/, "")}`);
  });
  return (await Promise.all(found)).flat();
}

describe.each(packages)("the package %s", (name) => {
  test("has no problems according to publint", async () => {
    expect(await check("publint/src/cli.js", name, ["--strict"])).toMatch(/All good!/);
  });

  test("has correct declarations for ES modules, CommonJS and bundlers", async () => {
    const modules = await modulesOf(name);
    const more = modules.length === 0 ? [] : ["--include-entrypoints", ...modules];
    const report = await check("attw/dist/index.js", name, [
      "--pack",
      ".",
      "--no-emoji",
      "--format",
      "ascii",
      ...more,
    ]);
    expect(report).toMatch(/No problems found/);
    for (const module of modules) expect(report).toContain(module.slice(1));
  });
});
