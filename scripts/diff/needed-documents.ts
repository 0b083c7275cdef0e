import { relative } from "node:path";
import { displayPath, listFolder, readSource, toSlashes } from "../files.js";
import type { Action } from "../model/api-model.js";
import { isActionPath } from "../openapi/find-documents.js";
import { loadState, type State } from "./state.js";

/**
 * The documents that have to be loaded to compare two states, by path: those that differ, with all others of their product if
 * what they have in common can differ, such as the names that packages export. Loading takes most of the time.
 *
 * @param maxDocuments the number of documents that may be loaded.
 * @returns `undefined` if there are more.
 * @throws InputError with every problem of the documents that differ.
 */
export async function neededDocuments(
  old: State,
  current: State,
  maxDocuments = Number.POSITIVE_INFINITY,
): Promise<ReadonlySet<string> | undefined> {
  const needed = await differingDocuments(old, current);
  if (needed.size > maxDocuments) return undefined;
  const others = pathsOf(old, current).filter((path) => !needed.has(path));
  const products = new Set(others.map(productOf));
  const isPartOfProduct = (path: string) => products.has(productOf(path));
  const parts = new Set([...needed].filter(isPartOfProduct));
  if (parts.size === 0 || old.isPartial || current.isPartial) return needed;
  const [before, after] = [await exportsOf(old, parts), await exportsOf(current, parts)];
  const renaming = new Set([...products].filter((product) => before.get(product) !== after.get(product)));
  const all = new Set([...needed, ...others.filter((path) => renaming.has(productOf(path)))]);
  return all.size > maxDocuments ? undefined : all;
}

/** The documents that differ, with all others of their product if it has other actions, or RetCodes that a document lists. */
async function differingDocuments(old: State, current: State): Promise<Set<string>> {
  const [before, after] = [old.found, current.found].map(
    (found) => new Map(found.map((document) => [document.path, document.source.text])),
  );
  const paths = pathsOf(old, current);
  if (old.isPartial || current.isPartial || !paths.every(isActionPath)) return new Set(paths);
  if (await haveOtherFiles(old, current)) return new Set(paths);
  const changed = paths.filter((path) => before?.get(path) !== after?.get(path));
  const isShared = (path: string) =>
    [before, after].some((texts) => !texts?.has(path) || texts.get(path)?.includes("x-actiongen-retcodes"));
  const products = new Set(changed.filter(isShared).map(productOf));
  return new Set([...changed, ...paths.filter((path) => products.has(productOf(path)))]);
}

/** The names that documents give to exports, by product. Those of another action depend on which of them are taken. */
async function exportsOf(state: State, needed: ReadonlySet<string>): Promise<Map<string, string>> {
  const { products } = await loadState(state, needed);
  const namesOf = ({ names, models, knownValues, wait }: Action) => [
    names,
    models.map(({ typeName }) => typeName),
    knownValues.map(({ name }) => name),
    wait?.function,
  ];
  return new Map(products.map(({ name, actions }) => [name, JSON.stringify(actions.map(namesOf))]));
}

function pathsOf(old: State, current: State): string[] {
  return [...new Set([...old.found, ...current.found].map(({ path }) => path))];
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
