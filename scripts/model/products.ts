import type { Config } from "../config.js";
import type { Diagnostics } from "../diagnostic.js";
import type { FoundDocument } from "../openapi/find-documents.js";
import type { Action, RetCode } from "./api-model.js";
import { itemsFunctionName, operationName, pagesFunctionName } from "./names.js";

/** An action, or what is known of it, and the product that it belongs to. */
export interface Owned<A> {
  readonly product: string;
  readonly action: A;
}

/** What actions have to be told apart by, and what their product has of them. */
type Known = Pick<Action, "name" | "functionName" | "paging" | "download" | "retCodes" | "source">;

/** Puts the actions of all files into their products, and checks what only all of them together can show. */
export function toProducts<A extends Known>(
  unsorted: readonly Owned<A>[],
  documents: readonly FoundDocument[],
  config: Config | undefined,
  diagnostics: Diagnostics,
): { name: string; title: string; actions: A[]; retCodes: RetCode[] }[] {
  // The products of a document with faults that lies in no folder are not known.
  const areKnown = diagnostics.list.length === 0 || documents.every(({ product }) => product !== "");
  const actions = [...unsorted].sort((a, b) => compare(a.action.name, b.action.name));
  checkUnique(actions, diagnostics);
  checkDownloads(actions, diagnostics);
  const owners = [...documents, ...actions].map(({ product }) => product);
  const names = [...new Set(owners)].filter((name) => name !== "").sort();
  if (config !== undefined && areKnown) checkTitles(config, names, diagnostics);
  const own = new Map(names.map((name) => [name, [] as A[]]));
  for (const { product, action } of actions) own.get(product)?.push(action);
  return names.map((name) =>
    toProduct(name, config?.titles.get(name) ?? name, own.get(name) ?? [], diagnostics),
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function checkTitles(
  { titles, yaml: { file, lineOf } }: Config,
  products: readonly string[],
  diagnostics: Diagnostics,
): void {
  for (const name of titles.keys()) {
    if (products.includes(name)) continue;
    const message = `products.${name} is the title of a product that has no documents`;
    diagnostics.add({
      code: "title-unused",
      file,
      line: lineOf(["products", name]),
      message,
      help: "Correct the name, or remove the line.",
    });
  }
}

/**
 * The gateway tells actions apart by name alone, a file system may not even tell `A` from `a`, and two names can
 * give one function.
 */
function checkUnique(actions: readonly Owned<Known>[], diagnostics: Diagnostics): void {
  const first = new Map<string, Known>();
  for (const { product, action } of actions) {
    const { functionName } = action;
    const names = [functionName, operationName(functionName)];
    if (action.paging !== undefined)
      names.push(itemsFunctionName(functionName), pagesFunctionName(functionName));
    const keys = [action.name.toLowerCase(), ...names.map((name) => `${product} ${name}`)];
    const other = keys.map((key) => first.get(key)).find((found) => found !== undefined);
    for (const key of keys) first.set(key, other ?? action);
    if (other === undefined) continue;
    const place = `${other.source.file}:${other.source.line}`;
    const isSame = other.name.toLowerCase() === action.name.toLowerCase();
    diagnostics.add({
      code: "action-twice",
      ...action.source,
      message: isSame
        ? `the action ${action.name} is also described as ${other.name} at ${place}`
        : `what is made of the action ${action.name} has the same name as what is made of ${other.name} at ${place}`,
      help: "Keep one of the two documents.",
    });
  }
}

/** The names of functions that download are in the hands of whoever writes an overlay. */
function checkDownloads(actions: readonly Owned<Known>[], diagnostics: Diagnostics): void {
  const first = new Map<string, Known>();
  for (const { product, action } of actions) {
    if (action.download === undefined) continue;
    const key = `${product} ${action.download.function}`;
    const other = first.get(key);
    first.set(key, other ?? action);
    if (other === undefined) continue;
    diagnostics.add({
      code: "download-twice",
      ...action.source,
      message: `x-actiongen-download of ${action.name} has the same function, ${action.download.function}, as that of ${other.name}`,
      help: "Give one of them another name.",
    });
  }
}

function toProduct<A extends Known>(name: string, title: string, actions: A[], diagnostics: Diagnostics) {
  const retCodes = new Map<number, RetCode>();
  for (const action of actions) {
    for (const retCode of action.retCodes) {
      const known = retCodes.get(retCode.code);
      if (known !== undefined && (known.name !== retCode.name || known.retry !== retCode.retry)) {
        const message = `RetCode ${retCode.code} is ${retCode.name} here and ${known.name} in another action of ${name}`;
        diagnostics.add({
          code: "retcode-conflict",
          ...action.source,
          message,
          help: "Let both refer to one table.",
        });
      }
      retCodes.set(retCode.code, known ?? retCode);
    }
  }
  const sorted = [...retCodes.values()].sort((a, b) => a.code - b.code);
  return { name, title, actions, retCodes: sorted };
}
