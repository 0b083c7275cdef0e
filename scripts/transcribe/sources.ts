import { stat } from "node:fs/promises";
import { basename, dirname, resolve } from "node:path";
import type { Diagnostics } from "../diagnostic.js";
import { listFolder, readSource, type SourceFile } from "../files.js";

/**
 * Reads pages, sorted by path and without duplicates.
 *
 * @param paths pages, or folders of pages.
 * @param diagnostics collects paths that cannot be read.
 * @param unreadable collects unreadable pages of a folder, which do not prevent the others from being transcribed.
 */
export async function readPages(
  paths: readonly string[],
  diagnostics: Diagnostics,
  unreadable: Diagnostics,
): Promise<SourceFile[]> {
  const found = new Map<string, SourceFile>();
  for (const path of paths) {
    const entry = await stat(path).catch(() => undefined);
    const isFolder = entry?.isDirectory() ?? false;
    const files = isFolder
      ? await listFolder(path, ".md").catch((error) => diagnostics.addAll(error))
      : [path];
    if (files?.length === 0) {
      const help = "Pass a page, or a folder that contains pages.";
      diagnostics.add({ code: "no-page", file: path, line: 0, message: "contains no *.md files", help });
    }
    for (const file of files ?? []) {
      const collector = isFolder ? unreadable : diagnostics;
      const page = await readSource(file).catch((error) => collector.addAll(error));
      if (page !== undefined) found.set(resolve(file), page);
    }
  }
  return [...found.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
}

/**
 * The product of a page: the name of its folder without `-api`, or the product that the configuration has for that
 * folder. For a page in a nested folder, it is the nearest parent whose name ends in `-api`.
 */
export function productOf(path: string, configured: ReadonlyMap<string, string>): string {
  const folders = dirname(resolve(path)).split(/[\\/]/).reverse();
  const known = folders.find((name) => configured.has(name));
  if (known !== undefined) return configured.get(known) ?? known;
  const folder = folders.find((name) => name.endsWith("-api")) ?? basename(dirname(resolve(path)));
  return folder.replace(/-api$/, "");
}
