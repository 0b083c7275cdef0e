import { createHash } from "node:crypto";
import { closeSync, constants, lstatSync, openSync, readFileSync, readSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Diagnostics } from "../diagnostic.js";
import { displayPath } from "../files.js";

/** The files of an output folder as they are before anything is written. Each is read once. */
export interface ExistingFiles {
  /** The text of a file; `undefined` where there is none. What is no plain file goes to `diagnostics`. */
  text(path: string, diagnostics: Diagnostics): string | undefined;
  /** SHA-256 of its bytes, in hexadecimal. */
  hash(path: string, diagnostics: Diagnostics): string | undefined;
}

/** Opens no link, and does not wait for what is no file. Where a system has no such flags, links are followed. */
const plainFile = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

/** Looks at the files of a folder. */
export function existingFiles(out: string): ExistingFiles {
  const folders = new Map<string, boolean>();
  const hashes = new Map<string, string>();

  /** A link could lead out of the folder, so what is behind it is not ours. @returns whether it is there. */
  function isFolder(path: string): boolean {
    if (path === ".") return true;
    const known = folders.get(path);
    if (known !== undefined) return known;
    const entry = isFolder(dirname(path)) ? lstatSync(join(out, path), { throwIfNoEntry: false }) : undefined;
    if (entry !== undefined && !entry.isDirectory()) throw new Error(`${path} is no folder`);
    folders.set(path, entry !== undefined);
    return entry !== undefined;
  }

  function read(
    path: string,
    diagnostics: Diagnostics,
    readFile: (file: string) => string,
  ): string | undefined {
    try {
      return isFolder(dirname(path)) ? readFile(join(out, path)) : undefined;
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === "ENOENT") return undefined;
      const problem =
        code === "ELOOP" || code === "EISDIR" ? "it is no plain file" : (error as Error).message;
      diagnostics.add({
        code: "output-in-the-way",
        file: displayPath(join(out, path)),
        line: 0,
        message: `stands where a generated file belongs, and ${problem}`,
        help: "Move it away, or choose another folder with --out. Nothing was written.",
      });
      return undefined;
    }
  }

  return {
    text: (path, diagnostics) => read(path, diagnostics, textOf),
    hash(path, diagnostics) {
      const hash = hashes.get(path) ?? read(path, diagnostics, hashOfFile);
      if (hash !== undefined) hashes.set(path, hash);
      return hash;
    },
  };
}

function textOf(file: string): string {
  return readFileSync(file, { encoding: "utf8", flag: plainFile as unknown as string });
}

/** Every file is read into this: memory of its own for each of thousands would be collected all the time. */
const part = Buffer.allocUnsafeSlow(65_536);

function hashOfFile(file: string): string {
  const hash = createHash("sha256");
  const open = openSync(file, plainFile);
  try {
    for (let size = readSync(open, part); size > 0; size = readSync(open, part))
      hash.update(part.subarray(0, size));
  } finally {
    closeSync(open);
  }
  return hash.digest("hex");
}
