import { existsSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { readdir, rm, rmdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { InputError } from "../diagnostic.js";
import { displayPath, fileProblem, linkProblem, readRegularFile } from "../files.js";
import type { GeneratedFile } from "../model/api-model.js";
import { makeFolder } from "./make-folder.js";
import { isInside } from "./manifest.js";
import { busy, clear, disown, isRunning, own, ownerOf, release, stagingOf } from "./staging-folder.js";

/**
 * Changes to make, in this order; the staging folder has the contents of the files, by their index. The journal is written
 * when all of them are there: from then on, the changes will be made, by this run or by the next one.
 */
interface Journal {
  readonly files: readonly string[];
  readonly removed: readonly string[];
  /** The file that is moved after everything else; its index is that after the last of `files`. */
  readonly last: string;
}

/**
 * Runs a function while no other run writes to an output folder. Changes that an interrupted run has begun are finished
 * first.
 *
 * @throws InputError if another run does not end within a minute, or something cannot be written.
 */
export async function exclusively<Result>(out: string, write: () => Promise<Result>): Promise<Result> {
  const staging = stagingOf(out);
  try {
    makeFolder(out);
    await own(out, staging);
    try {
      if (existsSync(join(staging, "journal"))) await makeChanges(out, staging);
      clear(staging);
      return await write();
    } finally {
      // A journal that could not be finished stays for the next run, also of this process.
      if (existsSync(join(staging, "journal"))) disown(staging);
      else release(staging);
    }
  } catch (error) {
    if (error instanceof InputError) throw error;
    const message = `cannot be written to: ${(error as Error).message}`;
    const help =
      "Make the folder writable, with enough space, or choose another one with --out. Every file in it is complete; running again finishes the changes.";
    throw new InputError([fileProblem("output-not-writable", out, message, help)]);
  }
}

/** Finishes the changes of an interrupted run, and waits for one in progress. @throws InputError */
export async function finishChanges(out: string): Promise<void> {
  if (existsSync(stagingOf(out))) await exclusively(out, async () => {});
}

/**
 * Makes changes: either all of them, or, if the program is ended before all are written to the disk, none.
 *
 * @param files the last of them is changed after everything else.
 * @param removed paths of files to remove; folders that become empty are removed, too.
 */
export async function applyJournal(
  out: string,
  files: readonly [...GeneratedFile[], GeneratedFile],
  removed: readonly string[],
): Promise<void> {
  const staging = stagingOf(out);
  stageAll(staging, files);
  const paths = files.map(({ path }) => path);
  const journal: Journal = { files: paths.slice(0, -1), removed, last: paths.at(-1) ?? "" };
  writeFileSync(join(staging, "journal-new"), JSON.stringify(journal));
  renameSync(join(staging, "journal-new"), join(staging, "journal"));
  await makeChanges(out, staging);
}

/** @throws InputError if only a part of the changes of a run has been made, since it was interrupted or is in progress. */
export function checkFinished(out: string): void {
  const staging = stagingOf(out);
  if (!existsSync(join(staging, "journal"))) return;
  const owner = ownerOf(staging);
  if (isRunning(owner)) throw new InputError([busy(out, owner)]);
  const message = "contains a part of the changes of a run that was interrupted";
  throw new InputError([
    fileProblem("output-unfinished", out, message, "Run `generate`, which makes the others first."),
  ]);
}

async function makeChanges(out: string, staging: string): Promise<void> {
  const { files, removed, last } = readJournal(out, staging);
  const parents = new Set([...files, ...removed].map((path) => dirname(join(out, path))));
  const links = [...parents].flatMap((parent) => linkProblem(out, parent) ?? []);
  if (links.length > 0) throw new InputError(links);
  for (const parent of new Set(files.map((path) => dirname(join(out, path))))) makeFolder(parent);
  for (const [index, path] of files.entries()) moveIfThere(join(staging, `${index}`), join(out, path));
  for (const path of removed) await removeWithEmptyFolders(out, path);
  moveIfThere(join(staging, `${files.length}`), join(out, last));
  rmSync(join(staging, "journal"));
}

/** @throws InputError for what no run writes, such as the empty file that a power failure can leave. */
function readJournal(out: string, staging: string): Journal {
  const refuse = (problem: string) => {
    const help = `Delete ${displayPath(staging)}, which a run that was interrupted has left, and run again.`;
    return new InputError([
      fileProblem("output-journal", out, `cannot be written to: its journal ${problem}`, help),
    ]);
  };
  const text = readRegularFile(join(staging, "journal")).toString();
  let journal: Partial<Journal> | null;
  try {
    journal = JSON.parse(text);
  } catch {
    throw refuse("is not JSON");
  }
  const lists = [journal?.files, journal?.removed, [journal?.last]];
  if (!lists.every((list) => Array.isArray(list) && list.every((path) => typeof path === "string")))
    throw refuse("lists no files");
  const foreign = lists.flat().find((path) => !isInside(path as string));
  if (foreign !== undefined) throw refuse(`names ${JSON.stringify(foreign)}`);
  return journal as Journal;
}

/** An interrupted run has moved some of the files. */
function moveIfThere(from: string, to: string): void {
  try {
    renameSync(from, to);
  } catch (error) {
    if (existsSync(from)) throw error;
  }
}

/** Writes files to a folder, by their index. Synchronous: with thousands of small ones, waiting for each takes longer. */
export function stageAll(staging: string, files: readonly GeneratedFile[]): void {
  for (const [index, { content }] of files.entries()) writeFileSync(join(staging, `${index}`), content);
}

/** Removes a file, and the folders that become empty. */
export async function removeWithEmptyFolders(out: string, path: string): Promise<void> {
  await rm(join(out, path), { force: true });
  for (let folder = dirname(path); folder !== "."; folder = dirname(folder)) {
    const entries = await readdir(join(out, folder)).catch(() => ["missing"]);
    if (entries.length > 0) return;
    await rmdir(join(out, folder));
  }
}
