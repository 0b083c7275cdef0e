import { existsSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { toSlashes } from "../files.js";

/**
 * The path of a folder in its Git repository, or in the working directory if it is in no repository: `generated`, or `""` for the
 * repository itself.
 *
 * @param folder that may not exist yet.
 * @returns the path with forward slashes; `undefined` for a folder that is outside both.
 */
export function pathInRepository(folder: string): string | undefined {
  const root = rootOf(resolve(folder)) ?? process.cwd();
  const path = toSlashes(relative(root, resolve(folder)));
  return /^(?:\.\.(?:\/|$)|\/|[A-Za-z]:)/.test(path) ? undefined : path;
}

/** The nearest folder with `.git`, which is a file in a worktree. */
function rootOf(folder: string): string | undefined {
  if (existsSync(join(folder, ".git"))) return folder;
  return dirname(folder) === folder ? undefined : rootOf(dirname(folder));
}
