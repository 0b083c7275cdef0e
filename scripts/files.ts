import { closeSync, constants, fstatSync, openSync, readFileSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { join, relative, sep } from "node:path";
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

/** Paths of every file below a folder whose name ends in one of the suffixes, sorted. @throws InputError */
export async function listFolder(folder: string, ...suffixes: string[]): Promise<string[]> {
  try {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true });
    return entries
      .filter((entry) => !entry.isDirectory() && suffixes.some((suffix) => entry.name.endsWith(suffix)))
      .map(({ parentPath, name }) => join(parentPath, name))
      .sort();
  } catch (error) {
    throw unreadable(folder, error);
  }
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
const maxFileSize = 64 * 1024 * 1024;

/** Reads a regular file: a pipe or a device would never end. @throws Error if it is none, or too large. */
export function readRegularFile(path: string): Buffer {
  const file = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  try {
    const stats = fstatSync(file);
    if (stats.isDirectory()) throw new Error("it is a folder");
    if (!stats.isFile()) throw new Error("it is not a regular file");
    if (stats.size > maxFileSize) throw new Error(`it is larger than ${maxFileSize} bytes`);
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
  return await readSource(path).catch((error: InputError) => {
    if (error.diagnostics[0]?.code === "missing") return undefined;
    throw error;
  });
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

function unreadable(path: string, error: unknown): InputError {
  const { code, message } = error as NodeJS.ErrnoException;
  const [kind, problem] =
    code === "ENOENT" ? ["missing", "does not exist"] : ["unreadable", `cannot be read: ${message}`];
  return new InputError([fileProblem(kind, path, problem, "Check the path.")]);
}
