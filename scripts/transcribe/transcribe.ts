import { join } from "node:path";
import { Diagnostics } from "../diagnostic.js";
import { displayPath, readFolder, readIfThere, type SourceFile } from "../files.js";
import { applyOverlays } from "../overlay/apply.js";
import type { Overlay, OverlayAction, OverlayTarget } from "../overlay/overlay.js";
import { reportUnmatched } from "../overlay/unmatched.js";
import type { Settings } from "./document.js";
import { type Finding, Findings } from "./findings.js";
import { inferFacts } from "./infer.js";
import { type Draft, mergeDrafts } from "./merge.js";
import { groupByAction, noteOtherProducts } from "./products.js";
import type { Json } from "./schema.js";
import { type TranscribedPage, transcribePage } from "./transcribe-page.js";
import { parseYamlValue, toYaml, updateYaml } from "./yaml-document.js";

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
    path: join(settings.out, pathOf(draft)),
    value: draft.document,
  }));
  const diagnostics = new Diagnostics();
  const results = await applyAll(overlays, targets, settings.out, diagnostics);
  const documents: TranscribedDocument[] = [];
  for (const [index, draft] of drafts.entries()) {
    const { product, file, otherFiles } = draft;
    const path = pathOf(draft);
    const printed = await print(join(settings.out, path), results[index] as Json, findings);
    if (printed !== undefined) documents.push({ product, path, pages: [file, ...otherFiles], ...printed });
  }
  findings.push(...diagnostics.list.map((problem): Finding => ({ severity: "error", ...problem })));
  return { pages, documents, findings };
}

function pathOf({ product, action }: Draft): string {
  return `${product}/${action}.openapi.yaml`;
}

/** Applies overlays to every document, and reports actions that match nothing in the specification folder. */
async function applyAll(
  overlays: readonly Overlay[],
  targets: readonly OverlayTarget[],
  specFolder: string,
  diagnostics: Diagnostics,
): Promise<object[]> {
  const matched = new Set<OverlayAction>();
  const results = targets.map((target) => applyOverlays(overlays, target, matched, diagnostics));
  const actions = overlays.flatMap((overlay) => overlay.actions);
  if (actions.every((action) => matched.has(action))) return results;
  // An action may be meant for a document that this run does not create.
  const others = await readOtherDocuments(specFolder, new Set(targets.map(({ path }) => displayPath(path))));
  for (const other of others) applyOverlays(overlays, other, matched, new Diagnostics());
  // Those documents no longer contain what a removal removed, so it cannot match again.
  if (others.length > 0) for (const action of actions) if (action.isRemoval) matched.add(action);
  reportUnmatched(overlays, matched, [...targets, ...others], diagnostics);
  return results;
}

/** Reads the documents of the specification folder that this run does not create. Ignores invalid ones. */
async function readOtherDocuments(folder: string, own: ReadonlySet<string>): Promise<OverlayTarget[]> {
  const files = await readFolder(folder, ".openapi.yaml").catch(() => []);
  const others = files.filter(({ path }) => !own.has(path));
  return others.flatMap(({ path, text }) => {
    const value = parseYamlValue(text);
    return typeof value === "object" && value !== null ? [{ path, value }] : [];
  });
}

/** Prints a document, based on the existing file. `undefined` if that file must not be replaced. */
async function print(
  path: string,
  document: Json,
  findings: Finding[],
): Promise<Pick<TranscribedDocument, "content" | "isChanged"> | undefined> {
  const existing = await readIfThere(path);
  if (existing === undefined) return { content: toYaml(document), isChanged: true };
  const content = updateYaml(existing.text, document);
  if (content !== undefined) return { content, isChanged: content !== existing.text };
  const own = new Findings(displayPath(path), findings);
  const help = "It was not changed. Move the facts that the page lacks to an overlay, then delete it.";
  own.error("document-handwritten", 1, "was written by hand, not transcribed from a page", help);
  return undefined;
}
