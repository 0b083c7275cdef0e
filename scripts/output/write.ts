import { randomBytes } from "node:crypto";
import { renameSync, statSync } from "node:fs";
import { rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { Diagnostics, InputError } from "../diagnostic.js";
import { fileProblem, linkProblem } from "../files.js";
import type { GeneratedFile } from "../model/api-model.js";
import { existingFiles } from "./existing-files.js";
import { applyJournal, exclusively, removeWithEmptyFolders, stageAll } from "./journal.js";
import { makeFolder } from "./make-folder.js";
import { isIntact, manifestName } from "./manifest.js";
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
 * Files are first written to a temporary folder inside, with a journal of what to do, and then moved. If the program is
 * ended meanwhile, the next run finishes that: {@link finishChanges}. With `check` nothing is touched.
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
  if (check || isDone(plan)) return resultOf(plan);
  return await exclusively(out, async () => {
    const diagnostics = new Diagnostics();
    const read = existingFiles(out);
    if (!Object.values(output.upToDate).every((group) => isIntact(group, read, diagnostics))) {
      const message = "was changed by another program while this one ran";
      throw new InputError([fileProblem("output-changed", out, message, "Run the command again.")]);
    }
    const current = await planChanges(out, output, allowRemoving);
    if (isDone(current)) return resultOf(current);
    const { changed, removed, manifest, interim } = current;
    // The first manifest owns every file from before it exists until after it is removed.
    const first = { path: manifestName, content: interim };
    await applyJournal(out, [first, ...changed, { path: manifestName, content: manifest }], removed);
    return resultOf(current);
  });
}

function isDone({ written, removed, isManifestCurrent }: Plan): boolean {
  return isManifestCurrent && written.length + removed.length === 0;
}

function resultOf({ written, removed, unchanged }: Plan): WriteResult {
  return { written, removed, unchanged };
}

/**
 * Writes one file, replacing an existing one. It is first written beside it and then moved, so that it is never
 * half-written. A device or a folder is not replaced.
 *
 * @throws InputError if it cannot be written.
 */
export async function writeWhole(path: string, content: string): Promise<void> {
  const staging = stagingIn(dirname(path));
  try {
    const existing = statSync(path, { throwIfNoEntry: false });
    if (existing?.isFile() === false) throw new Error("it is not a regular file");
    makeFolder(dirname(path));
    await writeFile(staging, content, existing && { mode: existing.mode });
    await rename(staging, path);
  } catch (error) {
    const message = `cannot be written: ${(error as Error).message}`;
    const help =
      "Choose another path for it, or make its folder writable, with enough space. The existing file is unchanged.";
    throw new InputError([fileProblem("output-not-writable", path, message, help)]);
  } finally {
    await remove(staging);
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
    const help =
      "Make the folder writable, with enough space, or choose another one. Every file in it is complete.";
    throw new InputError([fileProblem("output-not-writable", folder, message, help)]);
  } finally {
    await remove(staging);
  }
}

/** Removes what was staged, if anything was: nothing can be where a folder is missing or is a file. */
async function remove(staging: string): Promise<void> {
  await rm(staging, { recursive: true, force: true }).catch(() => {});
}

function stagingIn(folder: string): string {
  return join(folder, `${stagingPrefix}${randomBytes(6).toString("hex")}`);
}

function moveAll(folder: string, staging: string, files: readonly GeneratedFile[]): void {
  for (const parent of new Set(files.map(({ path }) => dirname(join(folder, path))))) makeFolder(parent);
  for (const [index, { path }] of files.entries()) renameSync(join(staging, `${index}`), join(folder, path));
}
