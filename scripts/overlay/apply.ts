import type { Diagnostics } from "../diagnostic.js";
import { displayPath } from "../files.js";
import type { Path } from "../openapi/pointer.js";
import { cloneJson, isObject, kindOf, mergeInto } from "./merge.js";
import { appliesTo, nameOf, type Overlay, type OverlayAction, type OverlayTarget } from "./overlay.js";
import { QueryError, type SelectedNode, select } from "./query.js";

/** Reports a problem of an action, at a path relative to it. */
type Report = (path: Path, problem: string, help: string) => void;

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
    const line = action.lineOf(at);
    const code = "overlay-action";
    const message = `${nameOf(action)} ${problem}, in ${displayPath(path)}`;
    const isKnown = diagnostics.list.some(
      (one) => one.code === code && one.line === line && one.file === file,
    );
    if (!isKnown) diagnostics.add({ code, file, line, message, help });
  };
  let nodes: SelectedNode[];
  try {
    nodes = select(action.query, document);
  } catch (error) {
    if (!(error instanceof QueryError)) throw error;
    matched.add(action);
    report(["target"], `cannot be evaluated: ${error.message}`, "Write a target that selects less.");
    return;
  }
  if (nodes.length === 0) return;
  matched.add(action);
  if (action.isRemoval) removeNodes(nodes, document, report);
  else for (const node of nodes) updateNode(node, action.update, report);
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
    mergeInto(value, update, (path, present, item) => {
      const at = [...location, ...path].join(" › ");
      const help = "Remove the existing value in an action before this one.";
      report(["update", ...path], `replaces ${kindOf(present)} with ${kindOf(item)} at ${at}`, help);
    });
  }
}

function removeNodes(nodes: readonly SelectedNode[], document: object, report: Report): void {
  // Look up every parent before anything moves.
  const entries = nodes.map(({ value, location }) => ({
    value,
    parent: parentOf(document, location),
    key: location.at(-1) ?? "",
  }));
  const items = new Map<unknown[], Set<unknown>>();
  for (const { value, parent, key } of entries) {
    if (!Array.isArray(parent)) delete parent[key as string];
    else if (typeof value !== "object" || value === null) {
      const help =
        "Overlay 1.0 does not allow this. Remove the array, and write it again in the next action.";
      report(["target"], `removes ${JSON.stringify(value)} from an array`, help);
    } else items.set(parent, (items.get(parent) ?? new Set()).add(key));
  }
  for (const [parent, indices] of items) {
    for (let index = parent.length - 1; index >= 0; index--) {
      if (indices.has(index)) parent.splice(index, 1);
    }
  }
}

function parentOf(document: object, location: readonly (string | number)[]): JsonParent {
  let node: unknown = document;
  for (const key of location.slice(0, -1)) node = (node as Record<string | number, unknown>)[key];
  return node as JsonParent;
}

type JsonParent = Record<string, unknown> | unknown[];
