import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { mockEnvironment, runProgram } from "../support/samples.js";
import { action, example, product } from "../support/seed-action.js";
import { project } from "./project.js";

/** A program that makes one call with the environment's credentials, and prints a part of the response. */
const program = `
import { connect, ${action.names.function} } from "@dezai/umem";
${action.names.function}(connect(), ${JSON.stringify(example.parameters)}).then(({ BackupURL }) => {
  console.log(JSON.stringify(BackupURL));
});
`;

/** Programs that bundle `program.js` for browsers into `dist/bundle.js`. They print errors and warnings. */
const builds: readonly (readonly [bundler: string, build: string])[] = [
  [
    "webpack",
    `import webpack from "webpack";
const output = { path: import.meta.dirname + "/dist", filename: "bundle.js" };
webpack({ mode: "production", target: "web", entry: "./program.js", output }, (error, stats) => {
  if (error || stats.hasErrors() || stats.hasWarnings()) console.log(error ?? stats.toString());
});`,
  ],
  [
    "Vite",
    `import { build } from "vite";
const lib = { entry: "program.js", formats: ["iife"], name: "bundle", fileName: () => "bundle.js" };
await build({ logLevel: "warn", build: { lib } });`,
  ],
  [
    "rollup",
    `import nodeResolve from "@rollup/plugin-node-resolve";
import { rollup } from "rollup";
const onLog = (level, { message }) => console.log(level, message);
const bundle = await rollup({ input: "program.js", plugins: [nodeResolve({ browser: true })], onLog });
await bundle.write({ file: "dist/bundle.js", format: "iife" });`,
  ],
  [
    "esbuild",
    `import { build } from "esbuild";
await build({ entryPoints: ["program.js"], bundle: true, outfile: "dist/bundle.js", logLevel: "warning" });`,
  ],
];

test.each(builds)("%s bundles one call without the other actions, and the bundle runs", async (_, build) => {
  const folder = await project({ "program.js": program, "build.mjs": build });
  const silent = { stderr: "", status: 0 };
  const run = async (file: string) =>
    await runProgram(process.execPath, [file], { cwd: folder, env: await mockEnvironment() });
  expect(await run("build.mjs")).toEqual({ ...silent, stdout: "" });
  const { BackupURL } = example.response as { BackupURL: string[] };
  expect(await run("dist/bundle.js")).toEqual({ ...silent, stdout: `${JSON.stringify(BackupURL)}\n` });
  const bundle = await readFile(join(folder, "dist/bundle.js"), "utf8");
  const actions = product.actions.map(({ name }) => name);
  expect(actions.filter((name) => new RegExp(`\\b${name}\\b`).test(bundle))).toEqual([action.name]);
});
