import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { readdir, rm, rmdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { InputError } from "../diagnostic.js";
import { displayPath, fileProblem, linkProblem } from "../files.js";
import type { GeneratedFile } from "../model/api-model.js";
import { makeFolder } from "./make-folder.js";
import { isInside } from "./manifest.js";

/**
 * Folder in the output folder with the changes of a run. While it exists, no other run writes. Its journal is written when
 * all changes are in it: from then on, the changes will be made, by this run or by the next one.
 */
const stagingName = ".actiongen-staging";

/** Changes to make, in this order; the staging folder has the contents of the files, by their index. */
interface Journal {
  readonly files: readonly string[];
  readonly removed: readonly string[];
  /** The file that is moved after everything else; its index is that after the last of `files`. */
  readonly last: string;
}

/** How long to wait for another run, and how long a run may take to write its process ID, in milliseconds. */
const [maxWait, maxStart] = [60_000, 2000];

/**
 * Runs a function while no other run writes to an output folder. Changes that an interrupted run has begun are finished
 * first.
 *
 * @throws InputError if another run does not end within a minute, or something cannot be written.
 */
export async function exclusively<Result>(out: string, write: () => Promise<Result>): Promise<Result> {
  const staging = join(out, stagingName);
  try {
    makeFolder(out);
    await waitFor(out, staging);
    try {
      return await write();
    } finally {
      // A journal that could not be finished stays for the next run, also of this process.
      if (existsSync(join(staging, "journal"))) rmSync(join(staging, "pid"), { force: true });
      else rmSync(staging, { recursive: true, force: true });
    }
  } catch (error) {
    if (error instanceof InputError) throw error;
    const message = `cannot be written to: ${(error as Error).message}`;
    const help =
      "Make the folder writable, or choose another one with --out. Every file in it is complete; running again finishes the changes.";
    throw new InputError([fileProblem("output-not-writable", out, message, help)]);
  }
}

/** Creates the staging folder when no other run has one. */
async function waitFor(out: string, staging: string): Promise<void> {
  const started = Date.now();
  while (!tryCreate(staging)) {
    const owner = ownerOf(staging);
    if (owner === undefined) await finish(out, staging);
    else if (Date.now() - started > maxWait) throw new InputError([busy(out, owner)]);
    else await setTimeout(50);
  }
}

/** Finishes the changes of an interrupted run, and waits for one in progress. @throws InputError */
export async function finishChanges(out: string): Promise<void> {
  if (existsSync(join(out, stagingName))) await exclusively(out, async () => {});
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
  const staging = join(out, stagingName);
  stageAll(staging, files);
  const paths = files.map(({ path }) => path);
  const journal: Journal = { files: paths.slice(0, -1), removed, last: paths.at(-1) ?? "" };
  writeFileSync(join(staging, "journal-new"), JSON.stringify(journal));
  renameSync(join(staging, "journal-new"), join(staging, "journal"));
  await makeChanges(out, staging);
}

/** @throws InputError if an interrupted run has changed only a part of an output folder. */
export function checkFinished(out: string): void {
  const staging = join(out, stagingName);
  if (!existsSync(join(staging, "journal")) || ownerOf(staging) !== undefined) return;
  const message = "contains a part of the changes of a run that was interrupted";
  throw new InputError([
    fileProblem("output-unfinished", out, message, "Run `generate`, which makes the others first."),
  ]);
}

function tryCreate(staging: string): boolean {
  try {
    mkdirSync(staging);
    writeFileSync(join(staging, "pid"), `${process.pid}`);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

/** Process that writes to a staging folder; `undefined` if it has ended. */
function ownerOf(staging: string): number | undefined {
  try {
    const pid = Number(readFileSync(join(staging, "pid"), "utf8"));
    // An empty file is one that is being written.
    if (pid === 0) return isFresh(staging) ? -1 : undefined;
    process.kill(pid, 0);
    return pid;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EPERM") return -1;
    const isStarting = !existsSync(join(staging, "journal")) && isFresh(staging);
    return (error as NodeJS.ErrnoException).code === "ENOENT" && isStarting ? -1 : undefined;
  }
}

function isFresh(staging: string): boolean {
  const entry = statSync(staging, { throwIfNoEntry: false });
  return entry !== undefined && Date.now() - entry.mtimeMs < maxStart;
}

function busy(out: string, owner: number) {
  const who = owner > 0 ? `process ${owner}` : "another process";
  const staging = displayPath(join(out, stagingName));
  const help = `Wait until it ends. If it is not actiongen, delete ${staging} and run again.`;
  return fileProblem("output-busy", out, `is being written to by ${who}`, help);
}

/** Finishes the changes of a run that has ended, if it got as far as its journal. */
async function finish(out: string, staging: string): Promise<void> {
  if (existsSync(join(staging, "journal"))) await makeChanges(out, staging);
  rmSync(staging, { recursive: true, force: true });
}

async function makeChanges(out: string, staging: string): Promise<void> {
  const { files, removed, last } = JSON.parse(readFileSync(join(staging, "journal"), "utf8")) as Journal;
  const foreign = [...files, ...removed, last].find((path) => !isInside(path));
  if (foreign !== undefined) throw new Error(`its journal names ${JSON.stringify(foreign)}`);
  const parents = new Set([...files, ...removed].map((path) => dirname(join(out, path))));
  const links = [...parents].flatMap((parent) => linkProblem(out, parent) ?? []);
  if (links.length > 0) throw new InputError(links);
  for (const parent of new Set(files.map((path) => dirname(join(out, path))))) makeFolder(parent);
  for (const [index, path] of files.entries()) moveIfThere(join(staging, `${index}`), join(out, path));
  for (const path of removed) await removeWithEmptyFolders(out, path);
  moveIfThere(join(staging, `${files.length}`), join(out, last));
  rmSync(join(staging, "journal"));
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
