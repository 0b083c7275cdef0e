import type { Diagnostics } from "../diagnostic.js";
import { appliesTo, nameOf, type Overlay, type OverlayAction, type OverlayTarget } from "./overlay.js";
import { isMatch, prefixOf, type Query } from "./query.js";

/**
 * Reports every action that matched nothing in any document: the page that it corrects has changed, or it is misspelled.
 *
 * @param matched the actions that did match, as `applyOverlays` collects them.
 * @param documents all documents, before overlays were applied.
 */
export function reportUnmatched(
  overlays: readonly Overlay[],
  matched: ReadonlySet<OverlayAction>,
  documents: readonly OverlayTarget[],
  diagnostics: Diagnostics,
): void {
  for (const overlay of overlays) {
    const { file, actions } = overlay;
    const candidates = documents.filter((document) => appliesTo(overlay, document));
    if (overlay.extends !== "" && candidates.length === 0) {
      const message = `extends ${overlay.extends}, which is not one of the ${count(documents)}`;
      const help = "Correct the path, which is relative to the overlay, or remove the overlay.";
      diagnostics.add({ code: "overlay-extends", file, line: overlay.lineOf(["extends"]), message, help });
      continue;
    }
    for (const action of actions.filter((each) => !matched.has(each))) {
      const message = `${nameOf(action)} matches nothing in ${count(candidates)}`;
      const help = `${explainMismatch(action.query, candidates)} Correct the target, or remove the action.`;
      diagnostics.add({ code: "overlay-unmatched", file, line: action.lineOf(["target"]), message, help });
    }
  }
}

function explainMismatch(query: Query, documents: readonly OverlayTarget[]): string {
  const { segments } = query;
  // If a prefix matches nothing, no longer prefix does.
  const length = segments.findIndex((_, index) => {
    const prefix = prefixOf(query, index + 1);
    return !documents.some(({ value }) => isMatch(prefix, value));
  });
  if (length < 0) return "A previous action removes what it selects.";
  return `${prefixOf(query, length)} matches, but nothing below it matches ${segments[length]}.`;
}

function count({ length }: readonly unknown[]): string {
  return `${length} ${length === 1 ? "document" : "documents"}`;
}
