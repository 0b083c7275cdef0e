import { isProductName } from "../../model/names.js";
import { type AddDiagnostic, methods } from "../checks.js";
import { type Move, operationPath, type Path, raw } from "../pointer.js";
import { findActionName, withActionParameter } from "./action-name.js";
import { type ActionOperation, checkAgreement } from "./agreement.js";
import { bodyParameters } from "./body.js";
import { type FoundParameter, findOperations, listedParameters } from "./operations.js";
import { ownDocument } from "./own-document.js";

/** One action of a document with many actions. */
export interface ActionPart {
  /** The action's own document: one GET at `/`, and the components that it needs. */
  readonly document: object;
  /** The first tag of the operation that can be a product; `""` if no tag can. */
  readonly product: string;
  /** The path, in the document with many actions, of the value at a path of the action's own document. */
  originOf(path: Path): Path;
}

/** Whether a document has one action in the form of its own document: one GET at `/`. */
export function isOneAction(document: object): boolean {
  const paths = raw(raw(document).paths);
  const names = Object.keys(paths);
  if (names.length !== 1) return names.length === 0;
  const item = raw(paths["/"]);
  return names[0] === "/" && item.post === undefined && item.parameters === undefined;
}

/**
 * Splits a document with many actions, with paths of any form, into a document for each. Ignores what is not valid
 * OpenAPI, which is reported by another check.
 *
 * @returns the actions that have a name, in the document's order.
 */
export function splitActions(document: object, addDiagnostic: AddDiagnostic): ActionPart[] {
  if (raw(document).webhooks !== undefined)
    addDiagnostic("action-form", ["webhooks"], "webhooks are not actions", "Remove them.");
  const unread = new Set<ActionOperation>();
  const operations = findOperations(document, addDiagnostic).flatMap((found): ActionOperation[] => {
    const body = bodyParameters(document, found, addDiagnostic);
    const parameters = [...listedParameters(document, found), ...(body ?? [])];
    const name = findActionName(document, found, parameters, addDiagnostic);
    if (name === undefined) return [];
    const all = withActionParameter(document, parameters, name, found.origin);
    const operation = { found, name, parameters: all };
    if (body === undefined) unread.add(operation);
    return [operation];
  });

  function choose(name: string, same: readonly ActionOperation[]): ActionOperation | undefined {
    const [first, ...others] = same;
    const get = same.find(({ found }) => found.method === "get");
    const post = same.find(({ found }) => found.method === "post");
    if (get !== undefined && post !== undefined && same.length === 2) {
      if (!unread.has(get) && !unread.has(post)) checkAgreement(document, get, post, addDiagnostic);
      return get;
    }
    for (const { found } of others) {
      const other = `${first?.found.method.toUpperCase()} ${JSON.stringify(first?.found.path)}`;
      const message = `the action ${JSON.stringify(name)} is also described by ${other}`;
      addDiagnostic("action-twice", found.origin, message, "Keep one of the two, or one GET and one POST.");
    }
    return first;
  }

  const byName = new Map<string, ActionOperation[]>();
  for (const one of operations) byName.set(one.name, [...(byName.get(one.name) ?? []), one]);
  const chosen = [...byName].map(([name, same]) => choose(name, same));
  return chosen.flatMap((action) => (action === undefined ? [] : [toPart(document, action, addDiagnostic)]));
}

function toPart(document: object, action: ActionOperation, addDiagnostic: AddDiagnostic): ActionPart {
  const { found, parameters } = action;
  const { operation, item, origin } = found;
  const { requestBody: _, ...kept } = operation;
  const isKept = ([key]: [string, unknown]) => !methods.includes(key) && key !== "parameters";
  const own = {
    item: Object.fromEntries(Object.entries(item).filter(isKept)),
    operation: { ...kept, parameters: parameters.map(({ listed }) => listed) },
    origin,
    moves: [
      { own: ["paths", "/"], origin: ["paths", found.path] },
      { own: operationPath, origin },
      ...parameters.flatMap(parameterMoves),
    ],
  };
  const tags = Array.isArray(operation.tags) ? operation.tags : [];
  const product = tags.find((tag) => typeof tag === "string" && isProductName(tag)) ?? "";
  return { ...ownDocument(document, own, addDiagnostic), product };
}

function parameterMoves({ origin, isProperty }: FoundParameter, index: number): Move[] {
  const own = [...operationPath, "parameters", index];
  return [{ own, origin }, ...(isProperty ? [{ own: [...own, "schema"], origin }] : [])];
}
