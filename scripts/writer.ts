import { randomBytes } from "node:crypto";
import { mkdirSync, renameSync, writeFileSync } from "node:fs";
import { mkdir, readdir, rename, rm, rmdir, stat, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { type Diagnostic, Faults, InputError } from "./diagnostic.js";
import { type ExistingFiles, existingFiles } from "./existing-files.js";
import { displayPath } from "./files.js";
import { hashOf } from "./incremental/hash.js";
import type { GeneratedFile } from "./model/api-model.js";

/** What writing did, or with `check` would do. Paths are relative to the output folder, sorted. */
export interface WriteResult {
  readonly written: readonly string[];
  readonly removed: readonly string[];
  readonly unchanged: number;
}

const stagingPrefix = ".actiongen-staging-";

/** Lists what this program wrote into a folder: nothing else there is ever replaced or removed. */
export const manifestName = ".actiongen-files";

/** A generated file that is known to be up to date without having been made. */
export interface KnownFile {
  readonly path: string;
  /** As {@link hashOf} gives for its text. */
  readonly hash: string;
}

/** A generated file whose hash is known already. */
export type MadeFile = GeneratedFile & KnownFile;

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
  files: readonly (GeneratedFile | KnownFile)[],
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
  stage(staging, files);
  for (const parent of new Set(files.map(({ path }) => dirname(join(folder, path)))))
    mkdirSync(parent, { recursive: true });
  for (const [index, { path }] of files.entries()) renameSync(join(staging, `${index}`), join(folder, path));
}

function stage(staging: string, files: readonly GeneratedFile[]): void {
  for (const [index, { content }] of files.entries()) writeFileSync(join(staging, `${index}`), content);
}

interface Plan extends WriteResult {
  /** New contents of files, sorted by path. */
  readonly contents: readonly GeneratedFile[];
  /** What the manifest lists now, and what it is going to list. */
  readonly owned: readonly string[];
  readonly wanted: readonly string[];
}

/** @throws InputError where a file stands in the way. */
async function planChanges(
  out: string,
  files: readonly (GeneratedFile | KnownFile)[],
  existing: ExistingFiles,
): Promise<Plan> {
  const faults = new Faults();
  for (const { path } of files) if (!isInside(path)) faults.add(outside(out, path));
  await checkFolder(out, faults);
  faults.throwIfAny();

  const sorted = [...files].sort(byPath);
  const wanted = new Set(sorted.map(({ path }) => path));
  const owned = readManifest(out, existing, faults);
  const current = new Map<string, string | undefined>();
  for (const path of new Set([...wanted, ...owned])) {
    if (isInside(path)) current.set(path, existing.hash(path, faults));
  }
  for (const path of wanted) {
    if (current.get(path) !== undefined && !owned.has(path)) faults.add(notOurs(out, path));
  }
  faults.throwIfAny();

  const contents = sorted.filter(
    (file): file is GeneratedFile => current.get(file.path) !== hashOfFile(file),
  );
  const changed = contents.map(({ path }) => path);
  const isManifestChanged = [...owned].join("\n") !== [...wanted].join("\n");
  return {
    written: isManifestChanged ? [manifestName, ...changed] : changed,
    removed: [...owned].filter((path) => !wanted.has(path) && current.get(path) !== undefined),
    unchanged: sorted.length - contents.length,
    contents,
    owned: [...owned],
    wanted: [...wanted],
  };
}

function hashOfFile(file: GeneratedFile | KnownFile): string {
  return "hash" in file ? file.hash : hashOf(file.content);
}

async function applyChanges(out: string, { contents, removed, owned, wanted }: Plan): Promise<void> {
  await mkdir(out, { recursive: true });
  await removeAbandonedStaging(out);
  const staging = join(out, `${stagingPrefix}${randomBytes(6).toString("hex")}`);
  try {
    await mkdir(staging);
    stage(staging, contents);
    // First own up to every file that may come to stand here, so that a run that is cut off can be repeated.
    const either = [...new Set([...owned, ...wanted])].sort();
    await writeFile(join(staging, "before"), lines(either));
    await writeFile(join(staging, "after"), lines(wanted));
    for (const folder of new Set(contents.map(({ path }) => dirname(join(out, path)))))
      mkdirSync(folder, { recursive: true });
    await rename(join(staging, "before"), join(out, manifestName));
    for (const [index, { path }] of contents.entries())
      renameSync(join(staging, `${index}`), join(out, path));
    for (const path of removed) await removeWithEmptyFolders(out, path);
    await rename(join(staging, "after"), join(out, manifestName));
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
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

async function checkFolder(out: string, faults: Faults): Promise<void> {
  const entry = await stat(out).catch(() => undefined);
  if (entry === undefined || entry.isDirectory()) return;
  const help = "Move it away, or choose another folder with --out. Nothing was written.";
  faults.add({
    code: "output-in-the-way",
    file: displayPath(out),
    line: 0,
    message: "is not a folder",
    help,
  });
}

function readManifest(out: string, existing: ExistingFiles, faults: Faults): Set<string> {
  const text = existing.text(manifestName, faults);
  const paths = [...new Set((text ?? "").split(/\r?\n/))].filter(
    (path) => path !== "" && path !== manifestName,
  );
  for (const path of paths) if (!isInside(path)) faults.add(outside(join(out, manifestName), path));
  return new Set(paths);
}

/** Relative, with forward slashes, without `.` or `..`, and no name that a system reserves or cannot hold. */
function isInside(path: string): boolean {
  return path.split("/").every((part) => /^(?!\.{1,2}$)[\w.@-][\w.@ -]*$/.test(part));
}

function outside(file: string, path: string): Diagnostic {
  return {
    code: "path-outside-output",
    file: displayPath(file),
    line: 0,
    message: `"${path}" is no path inside the output folder`,
    help: "Mend the name that it comes from. Nothing was written.",
  };
}

function notOurs(out: string, path: string): Diagnostic {
  return {
    code: "file-not-generated",
    file: displayPath(join(out, path)),
    line: 0,
    message: `exists, and ${manifestName} does not list it as generated`,
    help: `Move or delete it, or restore ${manifestName} from version control. Nothing was written.`,
  };
}

function byPath(a: { path: string }, b: { path: string }): number {
  return a.path < b.path ? -1 : a.path > b.path ? 1 : 0;
}
