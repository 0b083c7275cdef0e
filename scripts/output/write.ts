import { randomBytes } from "node:crypto";
import { mkdirSync, mkdtempSync, renameSync, rmdirSync, rmSync, writeFileSync } from "node:fs";
import { mkdir, readdir, rename, rm, rmdir, stat, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { InputError } from "../diagnostic.js";
import { displayPath } from "../files.js";
import type { GeneratedFile } from "../model/api-model.js";
import { type ExistingFiles, existingFiles } from "./existing-files.js";
import { manifestName, type OutputFile, type Plan, planChanges, type WriteResult } from "./plan.js";

const stagingPrefix = ".actiongen-staging-";

/**
 * A folder inside an output folder, for text of which it is not known yet whether it may stand there: nothing in it is
 * moved before every fault is known.
 */
export interface Staging {
  readonly folder: string;
  /** Removes it with all that was not moved, and the output folder where that is empty and was not there before. */
  remove(): void;
}

/** Opens a staging folder. Where the disk refuses, whoever writes into it is told. */
export function openStaging(out: string): Staging {
  const folder = join(out, `${stagingPrefix}${randomBytes(6).toString("hex")}`);
  const first = tryTo(() => mkdirSync(folder, { recursive: true }));
  return {
    folder,
    remove() {
      tryTo(() => rmSync(folder, { recursive: true, force: true }));
      for (let parent = resolve(folder); first !== undefined && parent !== resolve(first); ) {
        parent = dirname(parent);
        if (tryTo(() => rmdirSync(parent) ?? true) === undefined) return;
      }
    },
  };
}

/**
 * Makes a function that writes texts into a staging folder. Each has a folder of its own in there, so that threads do
 * not meet. It returns where the text is, and `undefined` where the disk refuses.
 */
export function stageInto(staging: string): (content: string) => string | undefined {
  let own: string | undefined;
  let count = 0;
  return (content) =>
    tryTo(() => {
      own ??= mkdtempSync(join(staging, "part-"));
      const path = join(own, `${count++}`);
      writeFileSync(path, content);
      return path;
    });
}

function tryTo<T>(act: () => T): T | undefined {
  try {
    return act();
  } catch {
    return undefined;
  }
}

/**
 * Brings an output folder to hold exactly these generated files, and leaves all other files there alone.
 *
 * Everything is first written to a temporary folder inside and then moved into place, so that no file is ever
 * half-written. With `check` nothing is touched.
 *
 * @throws InputError where a file stands in the way that this program did not write, or the disk refuses.
 */
export async function writeGenerated(
  out: string,
  files: readonly OutputFile[],
  { check, existing = existingFiles(out) }: { check: boolean; existing?: ExistingFiles },
): Promise<WriteResult> {
  const plan = await planChanges(out, files, existing);
  const { written, removed, unchanged } = plan;
  if (!check && written.length + removed.length > 0) {
    await applyChanges(out, plan).catch((error: Error) => {
      const message = `cannot be written to: ${error.message}`;
      const help =
        "Make the folder writable, or choose another one with --out. Every file in it is whole; running again completes what was begun.";
      throw new InputError([{ code: "output-not-writable", file: displayPath(out), line: 0, message, help }]);
    });
  }
  return { written, removed, unchanged };
}

/**
 * Writes one file that a person named, in place of what is there. It is first written beside its place and then
 * moved, so that it is never half-written.
 *
 * @throws InputError where the disk refuses.
 */
export async function writeWhole(path: string, content: string): Promise<void> {
  const staging = join(dirname(path), `${stagingPrefix}${randomBytes(6).toString("hex")}`);
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(staging, content);
    await rename(staging, path);
  } catch (error) {
    const message = `cannot be written: ${(error as Error).message}`;
    const help = "Choose another place for it, or make its folder writable. What was there is whole.";
    throw new InputError([{ code: "output-not-writable", file: displayPath(path), line: 0, message, help }]);
  } finally {
    await rm(staging, { force: true });
  }
}

/**
 * Writes files into a folder, in place of what is there: all are first written to a temporary folder inside and then
 * moved, so that none is ever half-written.
 *
 * @throws InputError where the disk refuses.
 */
export async function writeAll(folder: string, files: readonly GeneratedFile[]): Promise<void> {
  const staging = join(folder, `${stagingPrefix}${randomBytes(6).toString("hex")}`);
  try {
    await mkdir(staging, { recursive: true });
    moveIn(folder, staging, files);
  } catch (error) {
    const message = `cannot be written to: ${(error as Error).message}`;
    const help = "Make the folder writable, or choose another one. Every file in it is whole.";
    throw new InputError([
      { code: "output-not-writable", file: displayPath(folder), line: 0, message, help },
    ]);
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
}

/** One after the other and without waiting in between: of thousands of small files, waiting is what takes the time. */
function moveIn(folder: string, staging: string, files: readonly GeneratedFile[]): void {
  for (const [index, { content }] of files.entries()) writeFileSync(join(staging, `${index}`), content);
  for (const parent of new Set(files.map(({ path }) => dirname(join(folder, path)))))
    mkdirSync(parent, { recursive: true });
  for (const [index, { path }] of files.entries()) renameSync(join(staging, `${index}`), join(folder, path));
}

async function applyChanges(out: string, { changed, removed, owned, wanted }: Plan): Promise<void> {
  await mkdir(out, { recursive: true });
  await removeAbandonedStaging(out);
  const staging = join(out, `${stagingPrefix}${randomBytes(6).toString("hex")}`);
  try {
    await mkdir(staging);
    const staged = changed.map((file, index) => stagedPath(file, join(staging, `${index}`)));
    // First own up to every file that may come to stand here, so that a run that is cut off can be repeated.
    const either = [...new Set([...owned, ...wanted])].sort();
    await writeFile(join(staging, "before"), lines(either));
    await writeFile(join(staging, "after"), lines(wanted));
    for (const folder of new Set(changed.map(({ path }) => dirname(join(out, path)))))
      mkdirSync(folder, { recursive: true });
    await rename(join(staging, "before"), join(out, manifestName));
    for (const [index, { path }] of changed.entries()) renameSync(staged[index] ?? "", join(out, path));
    for (const path of removed) await removeWithEmptyFolders(out, path);
    await rename(join(staging, "after"), join(out, manifestName));
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
}

/** Where the new text of a file waits; it is written to `free` if it waits nowhere yet. */
function stagedPath(file: OutputFile, free: string): string {
  if ("staged" in file) return file.staged;
  if (!("content" in file)) throw new Error(`${file.path} was changed by another program; run again`);
  writeFileSync(free, file.content);
  return free;
}

function lines(texts: readonly string[]): string {
  return texts.map((text) => `${text}\n`).join("");
}

/** What a run left that was killed. Another run may be at work right now, so only what is old is removed. */
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
