import { join, relative } from "node:path";
import { Diagnostics } from "../diagnostic.js";
import { displayPath, ifMissing, readFolder, type SourceFile, toSlashes } from "../files.js";
import { applyOverlays } from "../overlay/apply.js";
import type { Overlay, OverlayAction, OverlayTarget } from "../overlay/overlay.js";
import { reportUnmatched } from "../overlay/unmatched.js";
import type { Settings } from "./document.js";
import type { EditedDocument } from "./existing/edits.js";
import { findLostDocuments } from "./existing/lost.js";
import { updateDocument } from "./existing/update.js";
import type { Finding } from "./findings.js";
import { inferFacts } from "./infer.js";
import { type Draft, mergeDrafts } from "./merge.js";
import { type ChangedPageFacts, changedPageFacts, documentPath } from "./page-facts.js";
import { groupByAction, noteOtherProducts } from "./products.js";
import type { Json } from "./schema.js";
import { type TranscribedPage, transcribePage } from "./transcribe-page.js";
import { parseYamlValue } from "./yaml-document.js";

/** The OpenAPI document of one action. */
export interface TranscribedDocument {
  readonly product: string;
  /** Relative to the specification folder, with forward slashes. */
  readonly path: string;
  /** The page that the document was created from, followed by other pages of the same action. */
  readonly pages: readonly string[];
  readonly content: string;
  /** Whether the file is missing or has other content. */
  readonly isChanged: boolean;
}

/** Result of a run. */
export interface Transcription {
  readonly pages: readonly TranscribedPage[];
  readonly documents: readonly TranscribedDocument[];
  /** Documents that have lost their page and are to be removed, relative to the specification folder, sorted. */
  readonly removed: readonly string[];
  /** Files with facts about the pages of a product that change; without content if none of its documents is left. */
  readonly pageFacts: readonly ChangedPageFacts[];
  /** Documents that are not replaced, since they were edited by hand. */
  readonly edited: readonly EditedDocument[];
  /** All findings, including those of the pages. */
  readonly findings: readonly Finding[];
}

/**
 * Transcribes pages to OpenAPI documents and applies overlays. Writes nothing; problems are in `findings`.
 *
 * @param onPage called after each page.
 */
export async function transcribe(
  sources: readonly SourceFile[],
  overlays: readonly Overlay[],
  settings: Settings,
  onPage: () => void,
): Promise<Transcription> {
  const pages = sources.map((source) => {
    const page = transcribePage(source, settings);
    onPage();
    return page;
  });
  const findings = pages.flatMap((page) => page.findings);
  const groups = groupByAction(pages, findings);
  const drafts = groups.map((group) => mergeDrafts(group, settings.pages, findings));
  noteOtherProducts(drafts, findings);
  for (const draft of drafts) inferFacts(draft, findings);
  const targets = drafts.map((draft) => ({
    path: join(settings.out, documentPath(draft)),
    value: draft.document,
  }));
  const diagnostics = new Diagnostics();
  const existing = await readFolder(settings.out, ".openapi.yaml").catch(ifMissing([]));
  const { out, folders = [], allowRemoving = false } = settings;
  const ownPages = new Map(drafts.map((draft) => [documentPath(draft), draft.file]));
  for (const { draft } of pages) if (draft !== undefined) ownPages.set(documentPath(draft), draft.file);
  const scope = { out, folders, allowRemoving, pages, targets: ownPages };
  const lost = findLostDocuments(existing, scope, findings);
  const left = existing.filter(({ path }) => !lost.has(path));
  const results = applyAll(overlays, targets, left, diagnostics);
  const documents: TranscribedDocument[] = [];
  const edited: EditedDocument[] = [];
  const written: Draft[] = [];
  for (const [index, draft] of drafts.entries()) {
    const { product, file, otherFiles } = draft;
    const path = documentPath(draft);
    const update = await updateDocument(out, path, draft, results[index] as Json, findings);
    const { content, isChanged } = update;
    if (update.edited !== undefined) edited.push(update.edited);
    if (content === undefined) continue;
    documents.push({ product, path, pages: [file, ...otherFiles], content, isChanged });
    written.push(draft);
  }
  const kept = new Set([
    ...left.map(({ path }) => toSlashes(relative(out, path))),
    ...drafts.map(documentPath),
  ]);
  const removed = [...lost].map((path) => toSlashes(relative(out, path)));
  const pageFacts = await changedPageFacts(out, { written, sources, kept, removed }, diagnostics);
  for (const problem of diagnostics.list) findings.push({ severity: "error", ...problem });
  return { pages, documents, removed, pageFacts, edited, findings };
}

/**
 * Applies overlays to every document, and reports actions that match nothing in the specification folder.
 *
 * @param existing the documents of the folder, without those that are to be removed.
 */
function applyAll(
  overlays: readonly Overlay[],
  targets: readonly OverlayTarget[],
  existing: readonly SourceFile[],
  diagnostics: Diagnostics,
): object[] {
  const matched = new Set<OverlayAction>();
  const results = targets.map((target) => applyOverlays(overlays, target, matched, diagnostics));
  const actions = overlays.flatMap((overlay) => overlay.actions);
  if (actions.every((action) => matched.has(action))) return results;
  // An action may be meant for a document that this run does not create.
  const own = new Set(targets.map(({ path }) => displayPath(path)));
  const others = parseAll(existing.filter(({ path }) => !own.has(path)));
  for (const other of others) applyOverlays(overlays, other, matched, new Diagnostics());
  // Those documents no longer contain what a removal removed, so it cannot match again.
  if (others.length > 0) for (const action of actions) if (action.isRemoval) matched.add(action);
  reportUnmatched(overlays, matched, [...targets, ...others], diagnostics);
  return results;
}

/** Documents as plain data. Invalid ones are ignored. */
function parseAll(files: readonly SourceFile[]): OverlayTarget[] {
  return files.flatMap(({ path, text }) => {
    const value = parseYamlValue(text);
    return typeof value === "object" && value !== null ? [{ path, value }] : [];
  });
}
