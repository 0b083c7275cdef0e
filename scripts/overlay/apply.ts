import type { Diagnostics } from "../diagnostic.js";
import { displayPath } from "../files.js";
import { isObject, type Path, valueAt } from "../openapi/pointer.js";
import { appliesTo, nameOf, type Overlay, type OverlayAction, type OverlayTarget } from "./overlay.js";
import { QueryError, type SelectedNode, select } from "./query.js";

/** Reports a problem of an action, at a path relative to it. */
type Report = (path: Path, problem: string, help: string) => void;

type JsonObject = Record<string, unknown>;

/**
 * Applies overlays to a document, each action to the result of the previous one. Does not change the document.
 *
 * @param matched collects the actions that select something; {@link reportUnmatched} reports the others.
 * @param diagnostics collects what an action cannot do, once per line of an overlay even if it fails for several
 *   documents. The rest of such an action is executed.
 * @returns a new document that shares no object with the old one or the overlays; an empty one if the document is too
 *   deep to be copied, which is reported.
 */
export function applyOverlays(
  overlays: readonly Overlay[],
  document: OverlayTarget,
  matched: Set<OverlayAction>,
  diagnostics: Diagnostics,
): object {
  try {
    const result = cloneJson(document.value);
    for (const overlay of overlays) {
      if (!appliesTo(overlay, document)) continue;
      for (const action of overlay.actions) applyAction(action, result, document.path, matched, diagnostics);
    }
    return result;
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    const file = displayPath(document.path);
    const help = "No overlay can be applied to it. Describe it with less nesting.";
    diagnostics.add({ code: "overlay-depth", file, line: 0, message: "is nested too deeply", help });
    return {};
  }
}

function applyAction(
  action: OverlayAction,
  document: object,
  path: string,
  matched: Set<OverlayAction>,
  diagnostics: Diagnostics,
): void {
  const report: Report = (at, problem, help) => {
    const { file } = action;
    const [code, line] = ["overlay-action", action.lineOf(at)];
    if (diagnostics.list.some((one) => one.code === code && one.line === line && one.file === file)) return;
    const message = `${nameOf(action)} ${problem}, in ${displayPath(path)}`;
    diagnostics.add({ code, file, line, message, help });
  };
  try {
    const nodes = select(action.query, document);
    if (nodes.length > 0) matched.add(action);
    if (action.isRemoval) removeNodes(nodes, document, report);
    else for (const node of nodes) updateNode(node, action.update, report);
  } catch (error) {
    if (!(error instanceof QueryError)) throw error;
    matched.add(action);
    report(["target"], `cannot be evaluated: ${error.message}`, "Write a target that selects less.");
  }
}

function updateNode({ value, location }: SelectedNode, update: unknown, report: Report): void {
  if (Array.isArray(value)) {
    value.push(cloneJson(update));
  } else if (!isObject(value)) {
    const help = "Select the object that contains it, and write the property with its new value in `update`.";
    report(["target"], `updates ${kindOf(value)}, which is neither an object nor an array`, help);
  } else if (!isObject(update)) {
    const help = "Write the properties to set in `update`.";
    report(["update"], `updates an object with ${kindOf(update)}`, help);
  } else {
    mergeInto(value, cloneJson(update), [], (path, present, item) => {
      const at = [...location, ...path].join(" › ");
      const help = "Remove the existing value in an action before this one.";
      report(["update", ...path], `replaces ${kindOf(present)} with ${kindOf(item)} at ${at}`, help);
    });
  }
}

function removeNodes(nodes: readonly SelectedNode[], document: object, report: Report): void {
  // Look up every parent before anything moves.
  const entries = nodes.map(({ value, location }) => {
    const parent = valueAt(document, location.slice(0, -1)) as JsonObject | unknown[];
    return { value, parent, key: location.at(-1) ?? "" };
  });
  const arrays = new Map<unknown[], Set<unknown>>();
  for (const { value, parent, key } of entries) {
    if (!Array.isArray(parent)) delete parent[key];
    else if (isPrimitive(value)) {
      const help =
        "Overlay 1.0 does not allow this. Remove the array, and write it again in the next action.";
      report(["target"], `removes ${JSON.stringify(value)} from an array`, help);
    } else arrays.set(parent, (arrays.get(parent) ?? new Set()).add(value));
  }
  // No object appears twice in the document, so identity finds the right item.
  for (const [array, removed] of arrays) {
    for (let index = array.length; index >= 0; index--) if (removed.has(array[index])) array.splice(index, 1);
  }
}

/**
 * Merges an update into an object, in place, as Overlay 1.0 defines: new properties are added at the end, objects are
 * merged, values are replaced, and arrays are concatenated. Values of different kinds are rejected and left unchanged.
 *
 * @param path path of the object in the update.
 */
function mergeInto(
  object: JsonObject,
  update: JsonObject,
  path: Path,
  reject: (path: Path, present: unknown, update: unknown) => void,
): void {
  for (const [key, value] of Object.entries(update)) {
    const present = Object.hasOwn(object, key) ? object[key] : undefined;
    if (isObject(present) && isObject(value)) mergeInto(present, value, [...path, key], reject);
    else if (Array.isArray(present) && Array.isArray(value)) {
      for (const item of value) present.push(item);
    } else if (present === undefined || (isPrimitive(present) && isPrimitive(value))) {
      // Assigning `__proto__` would set the prototype.
      const property = { value, writable: true, enumerable: true, configurable: true };
      Object.defineProperty(object, key, property);
    } else reject([...path, key], present, value);
  }
}

/** A deep copy of JSON, in which no object appears twice. */
function cloneJson<T>(value: T): T {
  return JSON.parse(JSON.stringify(value));
}

function isPrimitive(value: unknown): boolean {
  return typeof value !== "object" || value === null;
}

/** The kind of a value, for messages. */
function kindOf(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "an array";
  return typeof value === "object" ? "an object" : `a ${typeof value}`;
}
