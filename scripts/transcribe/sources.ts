import { stat } from "node:fs/promises";
import { basename, dirname, resolve } from "node:path";
import { suggestion } from "../../templates/runtime/nearest.js";
import type { Config } from "../config.js";
import type { Diagnostics } from "../diagnostic.js";
import { listFolder, readSource, type SourceFile } from "../files.js";
import { type Finding, Findings } from "./findings.js";

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
 * folder, whose name can be written without `-api` there. For a page in a nested folder, it is the nearest parent that the
 * configuration names, or else whose name ends in `-api`.
 */
export function productOf(path: string, configured: ReadonlyMap<string, string>): string {
  const folders = foldersOf(path);
  const known = folders.flatMap(keysOf).find((name) => configured.has(name));
  if (known !== undefined) return configured.get(known) ?? known;
  const folder = folders.find((name) => name.endsWith("-api")) ?? folders[0] ?? "";
  return folder.replace(/-api$/, "");
}

/**
 * Warns about folders in `transcribe.products` that no page is in, if all folders are read: a misspelled one would leave
 * its pages in a product of their own.
 *
 * @param paths pages and folders that were passed.
 * @param pages those that were read.
 */
export function reportUnusedFolders(
  { transcribe: { products }, yaml: { file, lineOf } }: Config,
  paths: readonly string[],
  pages: readonly SourceFile[],
  findings: Finding[],
): void {
  const passed = new Set(paths.map((path) => resolve(path)));
  const nested = pages.filter(
    ({ path }) => !passed.has(resolve(path)) && !passed.has(dirname(resolve(path))),
  );
  // One folder of pages was passed, whose product is the only one that can be seen.
  if (nested.length === 0) return;
  const used = new Set(pages.flatMap(({ path }) => foldersOf(path)));
  const names = [...new Set(nested.map(({ path }) => basename(dirname(resolve(path))).replace(/-api$/, "")))];
  for (const name of products.keys()) {
    if (used.has(name) || used.has(`${name}-api`)) continue;
    const message = `transcribe.products has a product for the folder ${JSON.stringify(name)}, in which no page is${suggestion(name, names)}`;
    const own = new Findings(file, findings);
    const line = lineOf(["transcribe", "products", name]);
    own.warn("folder-unused", line, message, "Correct the name, or remove the line.");
  }
}

/** Names of the folders that a page is in, the nearest first. */
function foldersOf(path: string): string[] {
  return dirname(resolve(path)).split(/[\\/]/).reverse();
}

/** The keys that name a folder in the configuration. */
function keysOf(folder: string): string[] {
  return [folder, folder.replace(/-api$/, "")];
}
