import { existsSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { toSlashes } from "../files.js";

/**
 * The path of a folder in its Git repository: `generated`, or `""` for the repository itself.
 *
 * @param folder that may not exist yet.
 * @returns the path with forward slashes; `undefined` for a folder that is in no repository.
 */
export function pathInRepository(folder: string): string | undefined {
  const root = rootOf(resolve(folder));
  return root === undefined ? undefined : toSlashes(relative(root, resolve(folder)));
}

/** The nearest folder with `.git`, which is a file in a worktree. */
function rootOf(folder: string): string | undefined {
  if (existsSync(join(folder, ".git"))) return folder;
  return dirname(folder) === folder ? undefined : rootOf(dirname(folder));
}
