import type { Action } from "../model/api-model.js";
import { raw } from "../openapi/pointer.js";

/**
 * Why something changed:
 *
 * - `page`: the vendor's page changed.
 * - `overlay`: an overlay changed.
 * - `configuration`: `actiongen.yaml` changed.
 * - `transcriber`: the page, the overlays and the configuration are the same, but transcribing results in another document.
 * - `document`: a document was edited by hand, or has no page; or a file that it refers to changed.
 */
export type Cause = "page" | "overlay" | "configuration" | "transcriber" | "document";

/**
 * Finds out why an action changed, by the hashes that transcribing has left.
 *
 * @param old `undefined` for a new action, as `current` is for one that is gone.
 * @param isConfigured whether the configuration of the transcription changed.
 */
export function causeOf(old: Action | undefined, current: Action | undefined, isConfigured: boolean): Cause {
  const [before, after] = [old ?? current, current ?? old].map((action) =>
    raw(action?.document["x-actiongen-source"]),
  );
  if (before?.pageHash === undefined || after?.pageHash === undefined) return "document";
  if (old === undefined || current === undefined) return "page";
  if (before.draftHash === after.draftHash) return before.hash === after.hash ? "document" : "overlay";
  if (before.pageHash !== after.pageHash || pageKey(before.page) !== pageKey(after.page)) return "page";
  return isConfigured ? "configuration" : "transcriber";
}

/** Folder and name of a page: the rest of its path depends on where the specification is. */
function pageKey(page: unknown): string {
  return String(page).split("/").slice(-2).join("/");
}
