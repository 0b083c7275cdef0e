import { isProductName } from "../../model/names.js";
import { type AddDiagnostic, type Raw, raw } from "../checks.js";
import { followReferences, type Path, valueAt } from "../pointer.js";
import { findActionName, withActionParameter } from "./action-name.js";
import { type ActionOperation, checkAgreement } from "./agreement.js";
import { bodyParameters } from "./body.js";
import type { Move } from "./moves.js";
import { findOperations, listedParameters, methods, type PlacedValue } from "./operations.js";
import { ownDocument } from "./own-document.js";

/** One action of a document that holds many. */
export interface ActionPart {
  /** The action's own document: one GET at `/`, and the components that it needs. */
  readonly document: object;
  /** The product that the first fitting tag of the operation names; empty where none does. */
  readonly product: string;
  /** Where a place of the action's own document stands in the document that holds many. */
  originOf(path: Path): Path;
}

const operationPath: Path = ["paths", "/", "get"];

/** Whether a document is one action's own, with all that belongs to it in its one GET at `/`. */
export function isOneAction(document: object): boolean {
  const paths = raw(valueAt(document, ["paths"]));
  const names = Object.keys(paths);
  if (names.length !== 1) return names.length === 0;
  const item = raw(paths["/"]);
  return names[0] === "/" && item.post === undefined && item.parameters === undefined;
}

/**
 * Takes a document with many actions apart, whichever form its paths have. It passes over what is not even
 * OpenAPI, so that its faults can be told beside those.
 *
 * @returns the actions that have a name, in the document's order.
 */
export function splitActions(document: object, addDiagnostic: AddDiagnostic): ActionPart[] {
  if (raw(document).webhooks !== undefined) {
    addDiagnostic("action-form", ["webhooks"], "webhooks are no actions", "Remove them.");
  }
  const operations = findOperations(document, addDiagnostic).flatMap((found): ActionOperation[] => {
    const parameters = [
      ...listedParameters(document, found),
      ...bodyParameters(document, found, addDiagnostic),
    ];
    const name = findActionName(document, found, parameters, addDiagnostic);
    if (name === undefined) return [];
    return [{ found, name, parameters: withActionParameter(document, parameters, name, found.place) }];
  });
  return chooseOne(document, operations, addDiagnostic).map((action) =>
    toPart(document, action, addDiagnostic),
  );
}

/** One operation for each action: of GET and POST, the GET. */
function chooseOne(
  document: object,
  operations: readonly ActionOperation[],
  addDiagnostic: AddDiagnostic,
): ActionOperation[] {
  const byName = new Map<string, ActionOperation[]>();
  for (const one of operations) byName.set(one.name, [...(byName.get(one.name) ?? []), one]);
  return [...byName].flatMap(([name, same]) => {
    const [first, second, ...more] = same;
    const get = same.find(({ found }) => found.method === "get");
    const post = same.find(({ found }) => found.method === "post");
    if (get !== undefined && post !== undefined && more.length === 0) {
      checkAgreement(document, get, post, addDiagnostic);
      return [get];
    }
    for (const { found } of second === undefined ? [] : [second, ...more]) {
      const message = `the action ${JSON.stringify(name)} is also described by ${describe(first)}`;
      addDiagnostic("action-twice", found.place, message, "Keep one of the two, or one GET and one POST.");
    }
    return first === undefined ? [] : [first];
  });
}

function describe(action: ActionOperation | undefined): string {
  return `${action?.found.method.toUpperCase()} ${JSON.stringify(action?.found.path)}`;
}

function toPart(document: object, action: ActionOperation, addDiagnostic: AddDiagnostic): ActionPart {
  const { found, name, parameters } = action;
  const { operation, item, place } = found;
  const tables = retCodeTables(document, operation["x-actiongen-retcodes"], place);
  const { requestBody: _, ...kept } = operation;
  const own = {
    item: withoutOperations(item),
    operation: {
      ...kept,
      operationId: operation.operationId ?? name,
      ...(tables === undefined ? {} : { "x-actiongen-retcodes": tables.map(({ value }) => value) }),
      parameters: parameters.map(({ value }) => value),
    },
    place,
    moves: [
      { own: ["paths", "/"], origin: ["paths", found.path] },
      { own: operationPath, origin: place },
      ...parameters.flatMap(parameterMoves),
      ...(tables ?? []).map(({ origin }, index) => ({
        own: [...operationPath, "x-actiongen-retcodes", index],
        origin,
      })),
    ],
  };
  const tags = Array.isArray(operation.tags) ? operation.tags : [];
  const product = tags.find((tag) => typeof tag === "string" && isProductName(tag)) ?? "";
  return { ...ownDocument(document, own, addDiagnostic), product };
}

function withoutOperations(item: Raw): Raw {
  const isKept = ([key]: [string, unknown]) => !methods.includes(key) && key !== "parameters";
  return Object.fromEntries(Object.entries(item).filter(isKept));
}

function parameterMoves({ origin, isProperty }: PlacedValue, index: number): Move[] {
  const own = [...operationPath, "parameters", index];
  return [{ own, origin }, ...(isProperty ? [{ own: [...own, "schema"], origin }] : [])];
}

/** Tables that several operations share stand among the components. */
function retCodeTables(
  document: object,
  tables: unknown,
  place: Path,
): { value: unknown; origin: Path }[] | undefined {
  if (!Array.isArray(tables)) return undefined;
  return tables.map((table, index) => {
    const { value, path } = followReferences(document, table, [...place, "x-actiongen-retcodes", index]);
    return { value, origin: path };
  });
}
