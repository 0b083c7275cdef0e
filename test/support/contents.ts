import { readdir, readFile } from "node:fs/promises";
import { join, relative } from "node:path";

/** Contents of all files in a folder and its subfolders, by path. */
export async function contents(folder: string): Promise<Record<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => !entry.isDirectory())
    .map(({ parentPath, name }) => join(parentPath, name));
  const texts = await Promise.all(
    paths.map(async (path) => [relative(folder, path), await readFile(path, "utf8")]),
  );
  return Object.fromEntries(texts);
}
