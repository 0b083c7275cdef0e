import { execFile } from "node:child_process";
import { chmod, cp, mkdir, mkdtemp, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import type { TestProject } from "vitest/node";
import { installPackedPackages } from "../support/packed-packages.js";
import { type Tool, tools } from "./tools.js";

declare module "vitest" {
  interface ProvidedContext {
    /** Folder whose `node_modules` contains the tools, by their names in `tools.ts`, and the packed packages. */
    readonly toolsFolder: string;
    /** A project in which only the packed packages are installed. */
    readonly consumer: string;
  }
}

const run = promisify(execFile);

/** Builds and installs the packages and the tools. @returns a function that removes them. */
export default async function setUp({ provide }: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), "actiongen-platforms-"));
  const [toolsFolder, consumer] = [join(folder, "tools"), join(folder, "consumer")];
  for (const one of [toolsFolder, consumer]) await mkdir(one);
  // Without --prefix, npm would install into this project.
  const flags = ["--no-save", "--no-package-lock", "--ignore-scripts", "--no-audit", "--no-fund"];
  const wanted = Object.entries<Tool>(tools).map(([name, { spec }]) => `${name}@npm:${spec}`);
  await Promise.all([
    run("npm", ["install", ...flags, "--prefix", toolsFolder, ...wanted], { cwd: toolsFolder }),
    run("npm", ["run", "build"]).then(() => installPackedPackages(consumer)),
  ]);
  for (const [name, { binary }] of Object.entries<Tool>(tools)) {
    if (binary !== undefined) await chmod(join(toolsFolder, "node_modules", name, binary), 0o755);
  }
  await cp(join(consumer, "node_modules"), join(toolsFolder, "node_modules"), { recursive: true });
  await mkdir(join(consumer, "node_modules/@types"));
  for (const name of ["@types/node", "undici-types"])
    await symlink(resolve("node_modules", name), join(consumer, "node_modules", name));
  provide("toolsFolder", toolsFolder);
  provide("consumer", consumer);
  return () => rm(folder, { recursive: true, force: true });
}
