import { constants, lstatSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Diagnostics } from "../diagnostic.js";
import { displayPath } from "../files.js";

/** Reads a file of an output folder; `undefined` if it does not exist. What is not a regular file is a diagnostic. */
export type ReadExisting = (path: string, diagnostics: Diagnostics) => Buffer | undefined;

/** Opens no symbolic link, and does not wait for a pipe. On a system without such flags, links are followed. */
const regularFile = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

/** Makes a function that reads the files of an output folder. */
export function existingFiles(out: string): ReadExisting {
  const folders = new Map<string, boolean>();

  /** A link could lead out of the folder, so what is behind it does not belong to it. @returns whether it exists. */
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
      return isFolder(dirname(path))
        ? readFileSync(join(out, path), { flag: regularFile as unknown as string })
        : undefined;
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException;
      if (code === "ENOENT") return undefined;
      const problem = code === "ELOOP" || code === "EISDIR" ? "it is not a regular file" : message;
      diagnostics.add({
        code: "output-conflict",
        file: displayPath(join(out, path)),
        line: 0,
        message: `has the path of a generated file, and ${problem}`,
        help: "Move it away, or choose another folder with --out. Nothing was written.",
      });
      return undefined;
    }
  };
}
