import { randomBytes } from "node:crypto";
import type { Dirent } from "node:fs";
import { lstat, mkdir, readdir, readFile, rename, rm, rmdir, stat, writeFile } from "node:fs/promises";
import { dirname, join, relative, sep } from "node:path";
import { type Diagnostic, Faults, InputError } from "./diagnostic.js";
import type { GeneratedFile } from "./model/api-model.js";

/** A text file that was read, with its path as a person would name it. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
}

/** What writing did, or with `check` would do. Paths are relative to the output folder, sorted. */
export interface WriteResult {
  readonly written: readonly string[];
  readonly removed: readonly string[];
  readonly unchanged: number;
}

const stagingPrefix = ".actiongen-staging-";

/** Lists what this program wrote into a folder: nothing else there is ever replaced or removed. */
export const manifestName = ".actiongen-files";

/**
 * Reads every file below a folder whose name ends in `suffix`, sorted by path.
 *
 * @throws InputError where the folder cannot be read.
 */
export async function readFolder(folder: string, suffix: string): Promise<SourceFile[]> {
  try {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true });
    const isRead = (entry: Dirent) => !entry.isDirectory() && entry.name.endsWith(suffix);
    const paths = entries.filter(isRead);
    return await Promise.all(
      paths
        .map(({ parentPath, name }) => join(parentPath, name))
        .sort()
        .map(readSource),
    );
  } catch (error) {
    throw unreadable(folder, error);
  }
}

/** Reads every file below a folder, by its path in there with forward slashes. @throws InputError */
export async function readTree(folder: string): Promise<ReadonlyMap<string, string>> {
  const files = await readFolder(folder, "");
  return new Map(files.map(({ path, text }) => [toSlashes(relative(folder, path)), text]));
}

/** Reads one text file. @throws InputError where it cannot be read. */
export async function readSource(path: string): Promise<SourceFile> {
  try {
    return { path: displayPath(path), text: await readFile(path, "utf8") };
  } catch (error) {
    throw unreadable(path, error);
  }
}

/** A path relative to where the command runs, with forward slashes on every system. */
export function displayPath(path: string): string {
  return toSlashes(relative(process.cwd(), path)) || ".";
}

/** A path with forward slashes on every system. */
export function toSlashes(path: string): string {
  return path.split(sep).join("/");
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
  files: readonly GeneratedFile[],
  { check }: { check: boolean },
): Promise<WriteResult> {
  const wanted = new Map([...files].sort(byPath).map(({ path, content }) => [path, content]));
  const faults = new Faults();
  for (const path of wanted.keys()) if (!isInside(path)) faults.add(outside(out, path));
  await checkFolder(out, faults);
  faults.throwIfAny();
  const owned = await readManifest(out, faults);
  const current = new Map<string, string | undefined>();
  for (const path of new Set([...wanted.keys(), ...owned])) {
    if (isInside(path)) current.set(path, await readExisting(out, path, faults));
  }
  for (const path of wanted.keys()) {
    if (current.get(path) !== undefined && !owned.includes(path)) faults.add(notOurs(out, path));
  }
  faults.throwIfAny();

  const changed = [...wanted.keys()].filter((path) => current.get(path) !== wanted.get(path));
  const removed = owned.filter((path) => !wanted.has(path) && current.get(path) !== undefined);
  const isManifestChanged = owned.join("\n") !== [...wanted.keys()].join("\n");
  const written = isManifestChanged ? [manifestName, ...changed] : changed;
  if (!check && written.length + removed.length > 0) {
    const contents = changed.map((path) => [path, wanted.get(path) ?? ""] as const);
    const manifest = `${[...wanted.keys()].join("\n")}\n`;
    try {
      await replace(out, contents, removed, owned, manifest);
    } catch (error) {
      throw new InputError([
        {
          code: "output-not-writable",
          file: displayPath(out),
          line: 0,
          message: `cannot be written to: ${(error as Error).message}`,
          help: "Make the folder writable, or choose another one with --out. Every file in it is whole; running again completes what was begun.",
        },
      ]);
    }
  }
  return { written, removed, unchanged: wanted.size - changed.length };
}

async function replace(
  out: string,
  written: readonly (readonly [path: string, content: string])[],
  removed: readonly string[],
  owned: readonly string[],
  manifest: string,
): Promise<void> {
  await mkdir(out, { recursive: true });
  await removeAbandonedStaging(out);
  const staging = join(out, `${stagingPrefix}${randomBytes(6).toString("hex")}`);
  try {
    await mkdir(staging);
    for (const [index, [, content]] of written.entries()) await writeFile(join(staging, `${index}`), content);
    const everything = [...new Set([...owned, ...written.map(([path]) => path)])].sort();
    // First own up to every file that may come to stand here, so that a run that is cut off can be repeated.
    await writeFile(join(staging, "before"), `${everything.join("\n")}\n`);
    await writeFile(join(staging, "after"), manifest);
    for (const [path] of written) await mkdir(dirname(join(out, path)), { recursive: true });
    await rename(join(staging, "before"), join(out, manifestName));
    for (const [index, [path]] of written.entries()) await rename(join(staging, `${index}`), join(out, path));
    for (const path of removed) await removeWithEmptyFolders(out, path);
    await rename(join(staging, "after"), join(out, manifestName));
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
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

async function readManifest(out: string, faults: Faults): Promise<string[]> {
  const text = await readExisting(out, manifestName, faults);
  const paths = [...new Set((text ?? "").split(/\r?\n/))].filter(
    (path) => path !== "" && path !== manifestName,
  );
  for (const path of paths) if (!isInside(path)) faults.add(outside(join(out, manifestName), path));
  return paths;
}

async function readExisting(out: string, path: string, faults: Faults): Promise<string | undefined> {
  try {
    // A link could lead out of the folder, so what is behind it is not ours.
    for (let parent = dirname(path); parent !== "."; parent = dirname(parent)) {
      const entry = await lstat(join(out, parent));
      if (!entry.isDirectory()) throw Object.assign(new Error(`${parent} is no folder`), { code: "ENOTDIR" });
    }
    if (!(await lstat(join(out, path))).isFile()) throw new Error("it is no plain file");
    return await readFile(join(out, path), "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    faults.add({
      code: "output-in-the-way",
      file: displayPath(join(out, path)),
      line: 0,
      message: `stands where a generated file belongs, and ${(error as Error).message}`,
      help: "Move it away, or choose another folder with --out. Nothing was written.",
    });
    return undefined;
  }
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

function unreadable(path: string, error: unknown): InputError {
  if (error instanceof InputError) return error;
  const { code, message } = error as NodeJS.ErrnoException;
  const reason = code === "ENOENT" ? "does not exist" : `cannot be read: ${message}`;
  return new InputError([
    { code: "unreadable", file: displayPath(path), line: 0, message: reason, help: "Check the path." },
  ]);
}

function byPath(a: GeneratedFile, b: GeneratedFile): number {
  return a.path < b.path ? -1 : a.path > b.path ? 1 : 0;
}
