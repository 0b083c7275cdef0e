import {
  closeSync,
  constants,
  type Dirent,
  fstatSync,
  openSync,
  readFileSync,
  realpathSync,
  statSync,
} from "node:fs";
import { readdir } from "node:fs/promises";
import { dirname, join, relative, resolve, sep } from "node:path";
import { type Diagnostic, InputError } from "./diagnostic.js";

/** A text file; its path is relative to the working directory. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
}

/** Reads every file below a folder whose name ends in one of the suffixes, sorted by path. @throws InputError */
export async function readFolder(folder: string, ...suffixes: string[]): Promise<SourceFile[]> {
  return await Promise.all((await listFolder(folder, ...suffixes)).map(readSource));
}

/**
 * Paths of every file below a folder whose name ends in one of the suffixes, sorted. Folders that are symbolic links are
 * not read.
 *
 * @throws InputError if the folder cannot be read, or symbolic links lead out of it: to such files, or to folders.
 */
export async function listFolder(folder: string, ...suffixes: string[]): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch((error) => {
    throw unreadable(folder, error);
  });
  const hasSuffix = ({ name }: Dirent) => suffixes.some((suffix) => name.endsWith(suffix));
  const links = entries.filter((entry) => entry.isSymbolicLink());
  const folders = new Set(links.filter((entry) => isFolder(pathOf(entry))));
  const problems = links.flatMap((entry) => {
    const isMeant = folders.has(entry) ? !/[\\/]node_modules\b/.test(entry.parentPath) : hasSuffix(entry);
    return (isMeant && linkProblem(folder, pathOf(entry))) || [];
  });
  if (problems.length > 0) throw new InputError(problems);
  return entries
    .filter((entry) => !entry.isDirectory() && !folders.has(entry) && hasSuffix(entry))
    .map(pathOf)
    .sort();
}

function pathOf({ parentPath, name }: Dirent): string {
  return join(parentPath, name);
}

/** Whether a path is that of a folder that can be found. */
export function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}

/** The problem of a file or folder that symbolic links lead out of a folder with; `undefined` if there is none. */
export function linkProblem(folder: string, path: string): Diagnostic | undefined {
  if (leadsOut(folder, path) === false) return undefined;
  const message = `leads outside ${displayPath(folder)} by a symbolic link`;
  return fileProblem("link", path, message, "Replace the link with what it leads to, or remove it.");
}

/** Whether symbolic links lead to a place outside a folder. What does not exist is where its folder is. */
function leadsOut(folder: string, path: string): boolean {
  try {
    return !isBelow(realpathSync(folder), realpathSync(path));
  } catch {
    return path !== folder && dirname(path) !== path && leadsOut(folder, dirname(path));
  }
}

/** Whether a path is in a folder. */
export function isBelow(folder: string, path: string): boolean {
  const way = relative(resolve(folder), resolve(path));
  return way !== ".." && !way.startsWith(`..${sep}`) && way !== resolve(way);
}

/** Every file below a folder, by its path relative to the folder with forward slashes. @throws InputError */
export async function readTree(folder: string): Promise<ReadonlyMap<string, string>> {
  const files = await readFolder(folder, "");
  return new Map(files.map(({ path, text }) => [toSlashes(relative(folder, path)), text]));
}

/** Reads one text file. @throws InputError if it cannot be read. */
export async function readSource(path: string): Promise<SourceFile> {
  try {
    // Synchronous: with thousands of small files, waiting for each takes longer than reading it.
    return { path: displayPath(path), text: decode(readRegularFile(path), path) };
  } catch (error) {
    if (error instanceof InputError) throw error;
    throw unreadable(path, error);
  }
}

/** Far above any real document, page or recording, and what a program can hold in memory many times. */
export const maxFileSize = 16 * 1024 * 1024;

/**
 * Reads a regular file: a pipe or a device would never end.
 *
 * @param options more flags of `open`, such as `O_NOFOLLOW`, and the largest size in bytes.
 * @throws Error if it is none, or too large.
 */
export function readRegularFile(path: string, { flags = 0, maxSize = maxFileSize } = {}): Buffer {
  const file = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0) | flags);
  try {
    const stats = fstatSync(file);
    if (stats.isDirectory()) throw new Error("it is a folder");
    if (!stats.isFile()) throw new Error("it is not a regular file");
    if (stats.size > maxSize)
      throw Object.assign(new Error(`it is larger than ${maxSize / 1024 / 1024} MiB`), { code: "EFBIG" });
    return readFileSync(file);
  } finally {
    closeSync(file);
  }
}

/** Decodes UTF-8. Text in UTF-16, read as such, would have thousands of problems. @throws InputError */
function decode(bytes: Buffer, path: string): string {
  const [a, b, c, d] = bytes;
  const hasMark = (a === 0xff && b === 0xfe) || (a === 0xfe && b === 0xff);
  const hasZeros = bytes.length > 3 && (a === 0 && c === 0) !== (b === 0 && d === 0);
  if (!hasMark && !hasZeros) return bytes.toString("utf8");
  throw new InputError([fileProblem("encoding", path, "is encoded as UTF-16", "Save it as UTF-8.")]);
}

/** Reads one text file; `undefined` if it does not exist. @throws InputError if it cannot be read. */
export async function readIfThere(path: string): Promise<SourceFile | undefined> {
  return await readSource(path).catch(ifMissing(undefined));
}

/** Creates a handler of errors that returns a value if a file or folder does not exist. */
export function ifMissing<Value>(value: Value): (error: unknown) => Value {
  return (error) => {
    if (error instanceof InputError && error.diagnostics[0]?.code === "missing") return value;
    throw error;
  };
}

/** A path relative to the working directory, with forward slashes on every system. */
export function displayPath(path: string): string {
  return toSlashes(relative(process.cwd(), path)) || ".";
}

/** A path with forward slashes on every system. */
export function toSlashes(path: string): string {
  return path.split(sep).join("/");
}

/** A problem of a whole file or folder. */
export function fileProblem(code: string, path: string, message: string, help: string): Diagnostic {
  return { code, file: displayPath(path), line: 0, message, help };
}

const helps = new Map([
  ["EFBIG", "Split it. Of an export of a browser, keep only the calls: filter by the host before exporting."],
  ["EACCES", "Make it readable."],
]);

/** The error of a file or folder that cannot be read. */
export function unreadable(path: string, error: unknown): InputError {
  const { code, message } = error as NodeJS.ErrnoException;
  const [kind, problem] =
    code === "ENOENT" ? ["missing", "does not exist"] : ["unreadable", `cannot be read: ${message}`];
  const help = helps.get(code ?? "") ?? "Check the path.";
  return new InputError([fileProblem(kind, path, problem, help)]);
}
