import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { actiongen, type Result } from "./actiongen.js";
import { after, before, renames } from "./pots.js";
import { install, packageFiles, releasedProduct, writeConfig } from "./released-package.js";
import { temporaryFolder } from "./spec-folder.js";

/** A folder with the package of the version after installed, unless another version is. */
export async function programFolder(files = packageFilesAfter()): Promise<string> {
  const folder = await temporaryFolder();
  await install(folder, "pots", await files);
  await writeConfig(folder);
  return folder;
}

export async function packageFilesBefore(): Promise<Map<string, string>> {
  return await packageFiles(await releasedProduct([before]));
}

export async function packageFilesAfter(version?: string): Promise<Map<string, string>> {
  return await packageFiles(await releasedProduct([before, after], renames, version));
}

/** Runs `actiongen migrate` on programs, by the name of their file. @returns what it printed, and the programs afterwards. */
export async function migrated<Name extends string>(
  folder: string,
  programs: Readonly<Record<Name, string>>,
  ...args: readonly string[]
): Promise<Result & { programs: Record<Name, string> }> {
  const names = Object.keys(programs) as Name[];
  for (const name of names) await writeFile(join(folder, name), programs[name]);
  const result = await actiongen(["migrate", ...args, ...names], { cwd: folder });
  const after = await Promise.all(
    names.map(async (name) => [name, await readFile(join(folder, name), "utf8")]),
  );
  return { ...result, programs: Object.fromEntries(after) };
}
