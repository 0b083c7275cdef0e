import { constants, lstatSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Diagnostics } from "../diagnostic.js";
import { fileProblem, readRegularFile } from "../files.js";

/** Reads a file of an output folder; `undefined` if it does not exist. Reports everything but regular files. */
export type ReadExisting = (path: string, diagnostics: Diagnostics) => Buffer | undefined;

/** Creates a function that reads the files of an output folder. */
export function existingFiles(out: string): ReadExisting {
  const folders = new Map<string, boolean>();

  /** Whether a folder exists. A symbolic link is not one, since it could lead out of the output folder. */
  function isFolder(path: string): boolean {
    if (path === ".") return true;
    const known = folders.get(path);
    if (known !== undefined) return known;
    const entry = isFolder(dirname(path)) ? lstatSync(join(out, path), { throwIfNoEntry: false }) : undefined;
    if (entry !== undefined && !entry.isDirectory()) throw new Error(`${path} is not a folder`);
    folders.set(path, entry !== undefined);
    return entry !== undefined;
  }

  return (path, diagnostics) => {
    try {
      if (!isFolder(dirname(path))) return undefined;
      // On a system without the flag, symbolic links are followed.
      const flags = constants.O_NOFOLLOW ?? 0;
      return readRegularFile(join(out, path), { flags, maxSize: Number.POSITIVE_INFINITY });
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException;
      if (code === "ENOENT") return undefined;
      const problem = code === "ELOOP" ? "it is not a regular file" : message;
      const conflict = `has the path of a generated file, and ${problem}`;
      const help = "Move it away, or choose another folder with --out. Nothing was written.";
      diagnostics.add(fileProblem("output-conflict", join(out, path), conflict, help));
      return undefined;
    }
  };
}
