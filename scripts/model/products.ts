import type { Diagnostics } from "../diagnostic.js";
import type { ValidDocument } from "../openapi/document.js";
import type { ActionDocument } from "../openapi/openapi.js";
import { actionName, buildAction } from "./action.js";
import type { Action, Product, RetCode } from "./api-model.js";
import { nameActions } from "./names.js";

/** The document of one action, and the product that it belongs to. */
export interface ActionSource {
  readonly product: string;
  /** Path of its file in the specification folder, with forward slashes. */
  readonly path: string;
  readonly valid: ValidDocument;
}

/**
 * Converts the documents of a product into the model.
 *
 * @param diagnostics gains the problems of its actions, and those that only all of them together show.
 */
export function buildProduct(
  name: string,
  title: string,
  sources: readonly ActionSource[],
  gatewayRetCodes: readonly RetCode[],
  diagnostics: Diagnostics,
): Product {
  const named = sources.map((source) => ({ source, action: nameOf(source) }));
  named.sort((a, b) => compare(a.action, b.action));
  const names = nameActions(named.map(({ action }) => action));
  const actions = named.flatMap(({ source: { path, valid }, action }) => {
    const own = names.get(action);
    return own === undefined ? [] : (buildAction(valid, path, own, gatewayRetCodes, diagnostics) ?? []);
  });
  checkDownloads(actions, diagnostics);
  const retCodes = mergeRetCodes(name, actions, diagnostics);
  return { name, title, actions, retCodes };
}

/** Name of the action of a source. */
export function nameOf({ valid }: ActionSource): string {
  return actionName(valid.document as unknown as ActionDocument);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Overlays choose the names of functions that download, so two of them can be the same. */
function checkDownloads(actions: readonly Action[], diagnostics: Diagnostics): void {
  const first = new Map<string, Action>();
  for (const action of actions) {
    if (action.download === undefined) continue;
    const other = first.get(action.download.function);
    if (other === undefined) {
      first.set(action.download.function, action);
      continue;
    }
    const message = `x-actiongen-download of ${action.name} has the same function, ${action.download.function}, as that of ${other.name}`;
    diagnostics.add({ code: "download-twice", ...action.source, message, help: "Rename one of them." });
  }
}

function mergeRetCodes(product: string, actions: readonly Action[], diagnostics: Diagnostics): RetCode[] {
  const retCodes = new Map<number, RetCode>();
  for (const { retCodes: own, source } of actions) {
    for (const retCode of own) {
      const known = retCodes.get(retCode.code);
      if (known !== undefined && (known.name !== retCode.name || known.retry !== retCode.retry)) {
        const message = `RetCode ${retCode.code} is ${retCode.name} here and ${known.name} in another action of ${product}`;
        const help = "Let both refer to one table.";
        diagnostics.add({ code: "retcode-conflict", ...source, message, help });
      }
      retCodes.set(retCode.code, known ?? retCode);
    }
  }
  return [...retCodes.values()].sort((a, b) => a.code - b.code);
}
