import { stat } from "node:fs/promises";
import { basename, dirname, resolve } from "node:path";
import type { Diagnostics } from "../diagnostic.js";
import { listFolder, readSource, type SourceFile } from "../files.js";

/**
 * Reads the pages at some paths, each a page or a folder of them, sorted and each once. A path that cannot be read goes
 * to `diagnostics`; a page of a folder that cannot be read goes to `unreadable`, since the others can.
 */
export async function readPages(
  paths: readonly string[],
  diagnostics: Diagnostics,
  unreadable: Diagnostics,
): Promise<SourceFile[]> {
  const found = new Map<string, SourceFile>();
  for (const path of paths) {
    try {
      const isFolder = await stat(path).then(
        (entry) => entry.isDirectory(),
        () => false,
      );
      const files = isFolder ? await listFolder(path, ".md") : [path];
      if (files.length === 0) diagnostics.add(noPage(path));
      for (const file of files) {
        const page = await readSource(file).catch((error) =>
          (isFolder ? unreadable : diagnostics).addAll(error),
        );
        if (page !== undefined) found.set(resolve(file), page);
      }
    } catch (error) {
      diagnostics.addAll(error);
    }
  }
  return [...found.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
}

function noPage(path: string) {
  return {
    code: "no-page",
    file: path,
    line: 0,
    message: "holds no *.md",
    help: "Point at a page, or at a folder with pages.",
  };
}

/**
 * The product that a page belongs to: the folder that it lies in, without `-api`, or what the configuration says for
 * that folder. In a folder below, the nearest one above that ends in `-api` counts.
 */
export function productOf(path: string, configured: ReadonlyMap<string, string>): string {
  const folders = dirname(resolve(path)).split(/[\\/]/).reverse();
  const known = folders.find((name) => configured.has(name));
  if (known !== undefined) return configured.get(known) ?? known;
  const folder = folders.find((name) => name.endsWith("-api")) ?? basename(dirname(resolve(path)));
  return folder.replace(/-api$/, "");
}
