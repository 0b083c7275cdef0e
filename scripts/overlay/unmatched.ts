import type { Diagnostics } from "../diagnostic.js";
import { isFor } from "./apply.js";
import { nameOf, type Overlay, type OverlayAction, type OverlayTarget } from "./overlay.js";
import { isMatch, prefixOf, type Query } from "./query.js";

/**
 * Tells of every action that matched nothing in any document of a run: the page that it mends has changed, or it is
 * misspelt.
 *
 * @param matched the actions that did match, as `applyOverlays` collects them.
 * @param documents all documents of the run, as they were before overlays were applied.
 */
export function unmatchedActions(
  overlays: readonly Overlay[],
  matched: ReadonlySet<OverlayAction>,
  documents: readonly OverlayTarget[],
  diagnostics: Diagnostics,
): void {
  for (const overlay of overlays) {
    const { file, actions } = overlay;
    const candidates = documents.filter((document) => isFor(overlay, document));
    if (overlay.extends !== "" && candidates.length === 0) {
      const message = `extends ${overlay.extends}, which is none of the ${count(documents)} at hand`;
      const help = "Correct the path, which is relative to the overlay, or remove the overlay.";
      diagnostics.add({ code: "overlay-extends", file, line: overlay.lineOf(["extends"]), message, help });
      continue;
    }
    for (const action of actions.filter((each) => !matched.has(each))) {
      const message = `${nameOf(action)} matches nothing in ${count(candidates)}`;
      const help = `${whereItStops(action.query, candidates)} Correct the target, or remove the action.`;
      diagnostics.add({ code: "overlay-unmatched", file, line: action.lineOf(["target"]), message, help });
    }
  }
}

function whereItStops(query: Query, documents: readonly OverlayTarget[]): string {
  const found = (length: number) => {
    const prefix = prefixOf(query, length);
    return documents.some(({ value }) => isMatch(prefix, value));
  };
  const { segments } = query;
  // What a prefix does not match, no longer one does.
  const length = segments.findIndex((_, index) => !found(index + 1));
  if (length < 0) return "An action before it removes what it selects.";
  return `${prefixOf(query, length)} matches, but nothing below it is ${segments[length]}.`;
}

function count({ length }: readonly unknown[]): string {
  return `${length} ${length === 1 ? "document" : "documents"}`;
}
