import { randomBytes } from "node:crypto";
import { renameSync, writeFileSync } from "node:fs";
import { readdir, rename, rm, rmdir, stat, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { InputError } from "../diagnostic.js";
import { fileProblem, linkProblem } from "../files.js";
import type { GeneratedFile } from "../model/api-model.js";
import { makeFolder } from "./make-folder.js";
import { manifestName } from "./manifest.js";
import { type Output, type Plan, planChanges, type WriteResult } from "./plan.js";

const stagingPrefix = ".actiongen-staging-";

export interface WriteOptions {
  /** Writes nothing. */
  readonly check: boolean;
  /** Whether the output of another specification can be replaced, and packages can be removed. */
  readonly allowRemoving: boolean;
}

/**
 * Changes an output folder so that it contains exactly the generated files, and leaves all other files there alone.
 *
 * Files are first written to a temporary folder inside and then moved, so that none is ever half-written. With `check`
 * nothing is touched.
 *
 * @throws InputError if files that were not generated conflict with it, or files cannot be written, or, unless
 *   `allowRemoving` is set, if it replaces the output of another specification or removes a package.
 */
export async function writeGenerated(
  out: string,
  output: Output,
  { check, allowRemoving }: WriteOptions,
): Promise<WriteResult> {
  // A check reports what would be removed as any other change.
  const plan = await planChanges(out, output, allowRemoving || check);
  const { written, removed, unchanged, isManifestCurrent } = plan;
  if (!check && (!isManifestCurrent || written.length + removed.length > 0)) {
    await applyChanges(out, plan).catch((error: Error) => {
      const message = `cannot be written to: ${error.message}`;
      const help =
        "Make the folder writable, or choose another one with --out. Every file in it is complete; running again finishes the changes.";
      throw new InputError([fileProblem("output-not-writable", out, message, help)]);
    });
  }
  return { written, removed, unchanged };
}

/**
 * Writes one file, replacing an existing one. It is first written beside it and then moved, so that it is never
 * half-written.
 *
 * @throws InputError if it cannot be written.
 */
export async function writeWhole(path: string, content: string): Promise<void> {
  const staging = stagingIn(dirname(path));
  try {
    makeFolder(dirname(path));
    await writeFile(staging, content);
    await rename(staging, path);
  } catch (error) {
    const message = `cannot be written: ${(error as Error).message}`;
    const help = "Choose another path for it, or make its folder writable. The existing file is unchanged.";
    throw new InputError([fileProblem("output-not-writable", path, message, help)]);
  } finally {
    await rm(staging, { force: true });
  }
}

/**
 * Writes files into a folder, replacing those that exist. All are first written to a temporary folder inside and then
 * moved, so that none is ever half-written.
 *
 * @param removed paths of files to remove, relative to the folder; folders that become empty are removed, too.
 * @throws InputError if they cannot be written, or symbolic links lead out of the folder.
 */
export async function writeAll(
  folder: string,
  files: readonly GeneratedFile[],
  removed: readonly string[] = [],
): Promise<void> {
  const changed = [...files.map(({ path }) => path), ...removed];
  const parents = new Set(changed.map((path) => dirname(join(folder, path))));
  const problems = [...parents].flatMap((parent) => linkProblem(folder, parent) ?? []);
  if (problems.length > 0) throw new InputError(problems);
  const staging = stagingIn(folder);
  try {
    makeFolder(staging);
    stageAll(staging, files);
    // First, since names that differ only in case can be those of one file.
    for (const path of removed) await removeWithEmptyFolders(folder, path);
    moveAll(folder, staging, files);
  } catch (error) {
    const message = `cannot be written to: ${(error as Error).message}`;
    const help = "Make the folder writable, or choose another one. Every file in it is complete.";
    throw new InputError([fileProblem("output-not-writable", folder, message, help)]);
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
}

function stagingIn(folder: string): string {
  return join(folder, `${stagingPrefix}${randomBytes(6).toString("hex")}`);
}

/** Synchronous: with thousands of small files, waiting for each takes longer than writing it. */
function stageAll(staging: string, files: readonly GeneratedFile[]): void {
  for (const [index, { content }] of files.entries()) writeFileSync(join(staging, `${index}`), content);
}

function moveAll(folder: string, staging: string, files: readonly GeneratedFile[]): void {
  for (const parent of new Set(files.map(({ path }) => dirname(join(folder, path))))) makeFolder(parent);
  for (const [index, { path }] of files.entries()) renameSync(join(staging, `${index}`), join(folder, path));
}

async function applyChanges(out: string, { changed, removed, manifest, interim }: Plan): Promise<void> {
  makeFolder(out);
  await removeAbandonedStaging(out);
  const staging = stagingIn(out);
  try {
    makeFolder(staging);
    stageAll(staging, changed);
    await writeFile(join(staging, "interim"), interim);
    await writeFile(join(staging, "manifest"), manifest);
    // Owns every file from before it exists until after it is removed, so that a later run can finish an interrupted one.
    await rename(join(staging, "interim"), join(out, manifestName));
    moveAll(out, staging, changed);
    for (const path of removed) await removeWithEmptyFolders(out, path);
    await rename(join(staging, "manifest"), join(out, manifestName));
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
}

/** Removes temporary folders of interrupted runs. Recent ones stay, since another run may be active right now. */
async function removeAbandonedStaging(out: string): Promise<void> {
  for (const name of await readdir(out)) {
    if (!/^\.actiongen-staging-[0-9a-f]{12}$/.test(name)) continue;
    const { mtimeMs } = await stat(join(out, name));
    if (Date.now() - mtimeMs > 3_600_000) await rm(join(out, name), { recursive: true, force: true });
  }
}

async function removeWithEmptyFolders(out: string, path: string): Promise<void> {
  await rm(join(out, path), { force: true });
  for (let folder = dirname(path); folder !== "."; folder = dirname(folder)) {
    const entries = await readdir(join(out, folder));
    if (entries.length > 0) return;
    await rmdir(join(out, folder));
  }
}
