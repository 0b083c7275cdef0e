import { relative } from "node:path";
import { displayPath, listFolder, readSource, toSlashes } from "../files.js";
import { isActionPath } from "../openapi/find-documents.js";
import type { State } from "./state.js";

/**
 * The documents that have to be loaded to compare two states, by path: those that differ, with all others of their product if
 * what they have in common can differ, such as the names that packages export. Loading takes most of the time.
 */
export async function neededDocuments(old: State, current: State): Promise<ReadonlySet<string>> {
  const [before, after] = [old.found, current.found].map(
    (found) => new Map(found.map((document) => [document.path, document.source.text])),
  );
  const paths = [...new Set([...(before?.keys() ?? []), ...(after?.keys() ?? [])])];
  if (old.isPartial || current.isPartial || !paths.every(isActionPath)) return new Set(paths);
  if (await haveOtherFiles(old, current)) return new Set(paths);
  const changed = paths.filter((path) => before?.get(path) !== after?.get(path));
  const isShared = (path: string) =>
    [before, after].some((texts) => !texts?.has(path) || texts.get(path)?.includes("x-actiongen-retcodes"));
  const products = new Set(changed.filter(isShared).map(productOf));
  return new Set([...changed, ...paths.filter((path) => products.has(productOf(path)))]);
}

function productOf(path: string): string {
  return path.split("/", 1)[0] ?? "";
}

/** Whether the configuration differs, or files that documents can refer to. */
async function haveOtherFiles(old: State, current: State): Promise<boolean> {
  const [before, after] = [await otherFiles(old), await otherFiles(current)];
  return before !== after;
}

async function otherFiles({ folder, found }: State): Promise<string> {
  const documents = new Set(found.map(({ source }) => source.path));
  const others = (await listFolder(folder, ".yaml", ".yml", ".json"))
    .map((file) => ({ file, path: toSlashes(relative(folder, file)) }))
    .filter(({ file, path }) => !documents.has(displayPath(file)) && !isOfTheFolder(path));
  const read = others.map(async ({ file, path }) => [path, (await readSource(file)).text]);
  return JSON.stringify(await Promise.all(read));
}

/** Whether a file is one of the specification folder itself, which documents do not refer to. */
function isOfTheFolder(path: string): boolean {
  return path === "versions.json" || /^(?:overlays|history|pages)\/|\/pages\.json$/.test(path);
}
