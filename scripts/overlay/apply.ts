import type { Diagnostics } from "../diagnostic.js";
import { displayPath } from "../files.js";
import type { Path } from "../openapi/pointer.js";
import { copyOf, isObject, kindOf, mergeInto } from "./merge.js";
import { nameOf, type Overlay, type OverlayAction, type OverlayTarget } from "./overlay.js";
import { QueryError, type SelectedNode, select } from "./query.js";

/** Tells a fault of an action, at a place below it. */
type Tell = (path: Path, problem: string, help: string) => void;

/**
 * Applies overlays to a document, each action to the result of the one before it. The document stays as it is.
 *
 * @param matched gains each action that selects something; {@link unmatchedActions} tells of those that never do.
 * @param diagnostics gains what an action cannot do here, once for each place in an overlay however many documents it
 *   fails in. Such a part of an action is passed over.
 * @returns a new document that shares nothing with the old one or with the overlays; an empty one where the old one
 *   is too deep to be copied, which is a fault.
 */
export function applyOverlays(
  overlays: readonly Overlay[],
  document: OverlayTarget,
  matched: Set<OverlayAction>,
  diagnostics: Diagnostics,
): object {
  try {
    const result = copyOf(document.value);
    for (const overlay of overlays) {
      if (!isFor(overlay, document)) continue;
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

/** Whether an overlay is for a document. */
export function isFor(overlay: Overlay, { path }: OverlayTarget): boolean {
  return overlay.extends === "" || overlay.extends === displayPath(path);
}

function applyAction(
  action: OverlayAction,
  document: object,
  path: string,
  matched: Set<OverlayAction>,
  diagnostics: Diagnostics,
): void {
  const tell: Tell = (place, problem, help) => {
    const { file } = action;
    const line = action.lineOf(place);
    const code = "overlay-action";
    const isTold = (told: { code: string; file: string; line: number }) =>
      told.code === code && told.line === line && told.file === file;
    if (diagnostics.list.some(isTold)) return;
    const message = `${nameOf(action)} ${problem}, in ${displayPath(path)}`;
    diagnostics.add({ code, file, line, message, help });
  };
  let nodes: SelectedNode[];
  try {
    nodes = select(action.query, document);
  } catch (error) {
    if (!(error instanceof QueryError)) throw error;
    matched.add(action);
    tell(["target"], `cannot be followed: ${error.message}`, "Write a target that selects less.");
    return;
  }
  if (nodes.length === 0) return;
  matched.add(action);
  if (action.isRemoval) removeNodes(nodes, document, tell);
  else for (const node of nodes) updateNode(node, action.update, tell);
}

function updateNode({ value, location }: SelectedNode, update: unknown, tell: Tell): void {
  if (Array.isArray(value)) {
    value.push(copyOf(update));
  } else if (!isObject(value)) {
    const help = "Select the object that holds it, and write the property with its new value in `update`.";
    tell(["target"], `updates ${kindOf(value)}, which is no object and no array`, help);
  } else if (!isObject(update)) {
    const help = "Write the properties that it is to have in `update`.";
    tell(["update"], `updates an object with ${kindOf(update)}`, help);
  } else {
    mergeInto(value, update, (path, present, item) => {
      const place = [...location, ...path].join(" › ");
      const help = "Remove what is there in an action before this one.";
      tell(["update", ...path], `writes ${kindOf(item)} over ${kindOf(present)} at ${place}`, help);
    });
  }
}

function removeNodes(nodes: readonly SelectedNode[], document: object, tell: Tell): void {
  // Every parent is looked up before anything moves.
  const places = nodes.map(({ value, location }) => ({
    value,
    parent: parentOf(document, location),
    key: location.at(-1) ?? "",
  }));
  const items = new Map<unknown[], Set<unknown>>();
  for (const { value, parent, key } of places) {
    if (!Array.isArray(parent)) delete parent[key as string];
    else if (typeof value !== "object" || value === null) {
      const help =
        "Overlay 1.0 has no way to do so. Remove the whole array, and write it anew in the next action.";
      tell(["target"], `removes ${JSON.stringify(value)} from an array`, help);
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
