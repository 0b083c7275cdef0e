import type { Diagnostics } from "../diagnostic.js";
import type { ValidDocument } from "../openapi/document.js";
import { compare } from "../text.js";
import { buildAction } from "./action.js";
import type { Action, ActionNames, Product, RetCode } from "./api-model.js";
import { checkHelperNames } from "./helpers.js";
import { addKnownValues } from "./known-values.js";
import { nameActions } from "./names.js";

/**
 * Converts the documents of a product into the model.
 *
 * @param diagnostics receives the problems that only all actions together show.
 * @param isPartial whether the product has other documents, whose actions can be referred to.
 */
export function buildProduct(
  name: string,
  title: string,
  documents: readonly ValidDocument[],
  gatewayRetCodes: readonly RetCode[],
  diagnostics: Diagnostics,
  isPartial = false,
): Product {
  const sorted = [...documents].sort((a, b) => compare(a.name, b.name));
  const names = nameActions(sorted.map((document) => document.name));
  const built = sorted.flatMap(
    (document) => buildAction(document, names.get(document.name) as ActionNames, gatewayRetCodes) ?? [],
  );
  const actions = addKnownValues(built);
  checkHelperNames(actions, diagnostics);
  const retCodes = mergeRetCodes(name, actions, diagnostics);
  if (!isPartial) checkActionsOf(retCodes, actions, name, diagnostics);
  return { name, title, actions, retCodes, history: [] };
}

function mergeRetCodes(product: string, actions: readonly Action[], diagnostics: Diagnostics): RetCode[] {
  const retCodes = new Map<number, RetCode>();
  for (const { retCodes: own, source } of actions) {
    for (const retCode of own) {
      const known = retCodes.get(retCode.code) ?? retCode;
      retCodes.set(retCode.code, known);
      if (known.name === retCode.name && known.retry === retCode.retry) continue;
      const seen = ({ name, retry }: RetCode) => `${name} with retry: ${retry}`;
      const message = `RetCode ${retCode.code} is ${seen(retCode)} here, and ${seen(known)} in another action of ${product}`;
      const help = "Let both refer to one table.";
      diagnostics.add({ code: "retcode-conflict", ...source, message, help });
    }
  }
  return [...retCodes.values()].sort((a, b) => a.code - b.code);
}

/** A misspelled action would silently lack the RetCodes that are specific to it. */
function checkActionsOf(
  retCodes: readonly RetCode[],
  actions: readonly Action[],
  product: string,
  diagnostics: Diagnostics,
): void {
  // An action whose document has problems is missing here.
  if (diagnostics.list.length > 0) return;
  const known = new Set(actions.map(({ name }) => name));
  for (const { code, actions: names } of retCodes) {
    const unknown = names.filter((name) => !known.has(name));
    const user = actions.find((action) => action.retCodes.some((retCode) => retCode.code === code));
    if (unknown.length === 0 || user === undefined) continue;
    const message = `RetCode ${code} lists ${unknown.join(", ")}, which ${product} does not have`;
    const help = `Correct actions in the RetCode table that x-actiongen-retcodes of the documents refers to, such as ${product}/retcodes.yaml.`;
    diagnostics.add({ code: "retcode-actions", ...user.source, message, help });
  }
}
