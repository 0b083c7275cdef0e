import { existsSync } from "node:fs";
import { join } from "node:path";
import { Diagnostics } from "../diagnostic.js";
import { displayPath, readIfThere, type SourceFile } from "../files.js";
import { hashOf } from "../incremental/hash.js";
import { applyOverlays } from "../overlay/apply.js";
import type { Overlay, OverlayAction } from "../overlay/overlay.js";
import { unmatchedActions } from "../overlay/unmatched.js";
import { runTask } from "../threads/threads.js";
import { type EarlierTranscriptions, noEarlier, type ReadPage } from "./earlier.js";
import { type Finding, Findings } from "./findings.js";
import { type Draft, mergeDrafts } from "./merge.js";
import { readOtherDocuments } from "./other-documents.js";
import type { Json } from "./schema.js";
import { type PageSettings, transcribePage, type WrittenPage } from "./transcribe-page.js";
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
  readonly pages: readonly ReadPage[];
  readonly documents: readonly TranscribedDocument[];
  /** All of them, those of the pages too. */
  readonly findings: readonly Finding[];
}

/** What a run is given. */
export interface TranscriptionInput {
  readonly pages: readonly SourceFile[];
  readonly overlays: readonly Overlay[];
  /** What need not be made again; nothing where it is left out. */
  readonly earlier?: EarlierTranscriptions;
  readonly settings: PageSettings;
  /** The page that counts, by action: the end of its path. */
  readonly chosenPages: ReadonlyMap<string, string>;
  /** Told after each page. */
  readonly onPage: () => void;
}

/** Pages → documents, overlays applied. Writes nothing; what is wrong is among the findings. */
export async function transcribe(input: TranscriptionInput): Promise<Transcription> {
  const { overlays, settings, chosenPages, earlier = noEarlier } = input;
  const overlayActions = overlays.flatMap((overlay) => overlay.actions);
  const { pages, draftOf, contentOf } = await readPages(input);
  const findings = pages.flatMap((page) => page.findings);
  const matched = new Set<OverlayAction>();
  const diagnostics = new Diagnostics();
  const documents: TranscribedDocument[] = [];
  const groups = groupByAction(pages, findings).map((group) => ({
    group,
    chosen: choose(group, chosenPages),
  }));

  async function make(group: readonly ReadPage[], chosen: string | undefined): Promise<void> {
    const merged = mergeDrafts(group.map(draftOf), chosen);
    const { draft } = merged;
    const own = [...merged.findings];
    const path = `${draft.product}/${draft.action}.openapi.yaml`;
    const target = { path: join(settings.out, path), value: draft.document };
    const ownMatches = new Set<OverlayAction>();
    const before = diagnostics.list.length;
    const value = applyOverlays(overlays, target, ownMatches, diagnostics) as Json;
    for (const action of ownMatches) matched.add(action);
    const written = await write(target.path, value, own);
    findings.push(...own);
    if (written === undefined) return;
    const others = group.filter(({ file }) => file !== draft.file).map(({ file }) => file);
    const document = { action: draft.action, product: draft.product, path, pages: [draft.file, ...others] };
    documents.push({ ...document, ...written });
    if (diagnostics.list.length > before) return;
    const matches = overlayActions.flatMap((action, index) => (ownMatches.has(action) ? [index] : []));
    earlier.keep(group, chosen, { document, hash: hashOf(written.content), findings: own, matches });
  }

  /** A page that is alone, with no overlays, has its document written already. */
  function takeAlone(page: ReadPage, content: string): boolean {
    const path = `${page.product}/${page.action}.openapi.yaml`;
    if (existsSync(join(settings.out, path))) return false;
    const document = { action: page.action, product: page.product, path, pages: [page.file] };
    documents.push({ ...document, content, isChanged: true });
    earlier.keep([page], undefined, { document, hash: hashOf(content), findings: [], matches: [] });
    return true;
  }

  const rest: typeof groups = [];
  for (const one of groups) {
    const known = await earlier.find(one.group, one.chosen);
    if (known === undefined) {
      rest.push(one);
      continue;
    }
    findings.push(...known.findings);
    documents.push({ ...known.document, content: "", isChanged: false });
    for (const index of known.matches) matched.add(overlayActions[index] as OverlayAction);
  }
  for (const { group, chosen } of rest) {
    const [page] = group;
    const content = page !== undefined && group.length === 1 && overlays.length === 0 ? contentOf(page) : "";
    if (page === undefined || content === "" || !takeAlone(page, content)) await make(group, chosen);
  }
  documents.sort((x, y) => (x.action < y.action ? -1 : 1));
  await checkMatches(input, groups, draftOf, matched, diagnostics);
  findings.push(...diagnostics.list.map((fault): Finding => ({ severity: "fault", ...fault })));
  return { pages, documents, findings };
}

/** Reads the pages; those that an earlier run has read are not read again until their document is wanted. */
async function readPages({ pages, settings, earlier = noEarlier, onPage }: TranscriptionInput) {
  const known = pages.map((page) => earlier.page(page));
  const missing = pages.filter((_, index) => known[index] === undefined);
  for (let count = missing.length; count < pages.length; count++) onPage();
  const written = await runTask("read", settings, missing, onPage);
  const contents = new Map(written.map(({ page, content }) => [page.file, content]));
  const fresh = written.values();
  const sources = new Map(pages.map((page) => [page.path, page]));
  const drafts = new Map<string, Draft>();
  return {
    pages: pages.map(
      (page, index) => known[index] ?? earlier.keepPage(page, (fresh.next().value as WrittenPage).page),
    ),
    contentOf: ({ file }: ReadPage) => contents.get(file) ?? "",
    draftOf({ file }: ReadPage): Draft {
      const draft = drafts.get(file) ?? transcribePage(sources.get(file) as SourceFile, settings).draft;
      if (draft === undefined) throw new Error(`${file} was read before, and is refused now`);
      drafts.set(file, draft);
      return draft;
    },
  };
}

/** Pages of one action each, sorted by name. A file system may not tell names apart that differ in case only. */
function groupByAction(pages: readonly ReadPage[], findings: Finding[]): ReadPage[][] {
  const groups = new Map<string, ReadPage[]>();
  for (const page of pages) {
    if (page.action === "") continue;
    const key = page.action.toLowerCase();
    const group = groups.get(key) ?? [];
    groups.set(key, group);
    const [first] = group;
    if (first === undefined || first.action === page.action) {
      group.push(page);
      continue;
    }
    const own = new Findings(page.file);
    const message = `describes ${page.action}, which differs from ${first.action} of ${first.file} in case only`;
    own.add("fault", "action-case", 1, message, "Mend the name that is wrong.");
    findings.push(...own.all);
  }
  return [...groups.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, group]) => group);
}

function choose(group: readonly ReadPage[], chosenPages: ReadonlyMap<string, string>): string | undefined {
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
  groups: readonly { group: readonly ReadPage[]; chosen: string | undefined }[],
  draftOf: (page: ReadPage) => Draft,
  matched: Set<OverlayAction>,
  diagnostics: Diagnostics,
): Promise<void> {
  const overlayActions = overlays.flatMap((overlay) => overlay.actions);
  if (overlayActions.every((action) => matched.has(action))) return;
  const own = groups.map(({ group, chosen }) => {
    const { draft } = mergeDrafts(group.map(draftOf), chosen);
    return { path: join(settings.out, draft.product, `${draft.action}.openapi.yaml`), value: draft.document };
  });
  const others = await readOtherDocuments(settings.out, new Set(own.map(({ path }) => path)));
  for (const other of others) applyOverlays(overlays, other, matched, new Diagnostics());
  // What was removed from a document is no longer there to be matched.
  if (others.length > 0) for (const action of overlayActions) if (action.isRemoval) matched.add(action);
  unmatchedActions(overlays, matched, [...own, ...others], diagnostics);
}
