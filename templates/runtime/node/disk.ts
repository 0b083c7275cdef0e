import { constants } from "node:fs";
import { type FileHandle, lstat, open, unlink } from "node:fs/promises";
import { systemCode } from "../secrets.js";
import { AttemptError } from "./download-error.js";

/** Result of work with the file system. @throws AttemptError */
export async function onDisk<Result>(work: Promise<Result>): Promise<Result> {
  try {
    return await work;
  } catch (cause) {
    const code = systemCode(cause);
    const problem = `the file system reported an error${code && ` (${code})`}`;
    throw new AttemptError("none", "disk", problem, { code, cause });
  }
}

/** Like {@link onDisk}, but returns `undefined` if the file does not exist. */
export async function ifExists<Result>(work: Promise<Result>): Promise<Result | undefined> {
  return await onDisk(
    work.catch((failure: unknown) => {
      if (systemCode(failure) !== "ENOENT") throw failure;
      return undefined;
    }),
  );
}

/**
 * Opens a regular file. A symbolic link could lead anywhere, and a named pipe would block.
 *
 * @param flags `constants.O_…` of Node's file system.
 * @returns `undefined` if there is none.
 */
export async function openRegular(path: string, flags: number): Promise<FileHandle | undefined> {
  const stats = await ifExists(lstat(path));
  // Windows has no such flag.
  return stats?.isFile() ? await ifExists(open(path, flags | (constants.O_NOFOLLOW ?? 0))) : undefined;
}

/** Removes a file, or a symbolic link itself; does nothing if there is none. */
export async function removeFile(path: string): Promise<void> {
  await ifExists(unlink(path));
}

/** Creates an empty file, and removes an existing one first: a symbolic link is removed itself, not followed. */
export async function createFile(path: string): Promise<FileHandle> {
  await removeFile(path);
  return await onDisk(open(path, "wx+"));
}
