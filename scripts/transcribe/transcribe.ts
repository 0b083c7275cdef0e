import { join } from "node:path";
import { Faults } from "../diagnostic.js";
import { displayPath, readIfThere, type SourceFile } from "../files.js";
import { applyOverlays } from "../overlay/apply.js";
import type { Overlay, OverlayAction } from "../overlay/overlay.js";
import { unmatchedActions } from "../overlay/unmatched.js";
import { runTask } from "../threads.js";
import { type Finding, Findings } from "./findings.js";
import { type Draft, mergeDrafts } from "./merge.js";
import { readOtherDocuments } from "./other-documents.js";
import type { Json } from "./schema.js";
import type { PageSettings, TranscribedPage } from "./transcribe-page.js";
import { toYaml, updateYaml } from "./yaml-document.js";

/** A document that a run made. */
export interface TranscribedDocument {
  readonly action: string;
  readonly product: string;
  /** In the specification folder, with forward slashes. */
  readonly path: string;
  /** The page that it was made of, then others about the same action. */
  readonly pages: readonly string[];
  readonly content: string;
  /** Whether the file says something else now, or is not there. */
  readonly isChanged: boolean;
}

/** What a run made of the pages. */
export interface Transcription {
  readonly pages: readonly TranscribedPage[];
  readonly documents: readonly TranscribedDocument[];
  /** All of them, those of the pages too. */
  readonly findings: readonly Finding[];
}

/** What a run is given. */
export interface TranscriptionInput {
  readonly pages: readonly SourceFile[];
  readonly overlays: readonly Overlay[];
  readonly settings: PageSettings;
  /** The page that counts, by action: the end of its path. */
  readonly chosenPages: ReadonlyMap<string, string>;
  /** Told after each page. */
  readonly onPage: () => void;
}

/** Pages → documents, overlays applied. Writes nothing; what is wrong is among the findings. */
export async function transcribe(input: TranscriptionInput): Promise<Transcription> {
  const { overlays, settings, chosenPages, onPage } = input;
  const pages = await runTask("read", settings, input.pages, onPage);
  const findings = pages.flatMap((page) => page.findings);
  const matched = new Set<OverlayAction>();
  const faults = new Faults();
  const documents: TranscribedDocument[] = [];
  const drafts: { path: string; value: Json }[] = [];
  for (const group of groupByAction(pages, findings)) {
    const chosen = choose(group, chosenPages);
    const { draft, findings: differences } = mergeDrafts(group, chosen);
    findings.push(...differences);
    const path = `${draft.product}/${draft.action}.openapi.yaml`;
    const target = { path: join(settings.out, path), value: draft.document };
    drafts.push(target);
    const value = applyOverlays(overlays, target, matched, faults) as Json;
    const written = await write(join(settings.out, path), value, findings);
    if (written === undefined) continue;
    const others = group.filter(({ file }) => file !== draft.file).map(({ file }) => file);
    documents.push({
      action: draft.action,
      product: draft.product,
      path,
      pages: [draft.file, ...others],
      ...written,
    });
  }
  await checkMatches(input, drafts, matched, faults);
  findings.push(...faults.diagnostics.map((fault): Finding => ({ severity: "fault", ...fault })));
  return { pages, documents, findings };
}

/** Drafts of one action each, sorted by name. A file system may not tell names apart that differ in case only. */
function groupByAction(pages: readonly TranscribedPage[], findings: Finding[]): Draft[][] {
  const groups = new Map<string, Draft[]>();
  for (const { draft } of pages) {
    if (draft === undefined) continue;
    const key = draft.action.toLowerCase();
    const group = groups.get(key) ?? [];
    groups.set(key, group);
    const [first] = group;
    if (first === undefined || first.action === draft.action) {
      group.push(draft);
      continue;
    }
    const own = new Findings(draft.file);
    const message = `describes ${draft.action}, which differs from ${first.action} of ${first.file} in case only`;
    own.add("fault", "action-case", 1, message, "Mend the name that is wrong.");
    findings.push(...own.all);
  }
  return [...groups.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, group]) => group);
}

function choose(group: readonly Draft[], chosenPages: ReadonlyMap<string, string>): string | undefined {
  const end = chosenPages.get(group[0]?.action ?? "");
  return end === undefined
    ? undefined
    : group.find(({ file }) => file === end || file.endsWith(`/${end}`))?.file;
}

/** The new text of a document; `undefined` where what stands there must not be replaced. */
async function write(
  path: string,
  document: Json,
  findings: Finding[],
): Promise<{ content: string; isChanged: boolean } | undefined> {
  const existing = await readIfThere(path);
  if (existing === undefined) return { content: toYaml(document), isChanged: true };
  const content = updateYaml(existing.text, document);
  if (content !== undefined) return { content, isChanged: content !== existing.text };
  const own = new Findings(displayPath(path));
  const help =
    "Move what the page does not say to an overlay, then delete the document. It was left as it is.";
  own.add("fault", "document-by-hand", 1, "was not transcribed from a page, but written by hand", help);
  findings.push(...own.all);
  return undefined;
}

/** An action may be meant for a document that this run did not make. */
async function checkMatches(
  { overlays, settings }: TranscriptionInput,
  drafts: readonly { path: string; value: Json }[],
  matched: Set<OverlayAction>,
  faults: Faults,
): Promise<void> {
  const actions = overlays.flatMap((overlay) => overlay.actions);
  if (actions.every((action) => matched.has(action))) return;
  const others = await readOtherDocuments(settings.out, new Set(drafts.map(({ path }) => path)));
  for (const other of others) applyOverlays(overlays, other, matched, new Faults());
  // What was removed from a document is no longer there to be matched.
  if (others.length > 0) for (const action of actions) if (action.isRemoval) matched.add(action);
  unmatchedActions(overlays, matched, [...drafts, ...others], faults);
}
