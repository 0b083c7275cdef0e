import { createHash } from "node:crypto";
import { join } from "node:path";
import type { Diagnostics } from "../diagnostic.js";
import { displayPath, readIfThere, type SourceFile } from "../files.js";
import { formatPageFacts, type PageFacts, pageFactsPath, readPageFacts } from "../openapi/page-facts.js";
import { compare } from "../text.js";
import { documentHash } from "./existing/hash.js";
import { type Draft, sourceOf } from "./merge.js";

/** The file with facts about the pages of a product, which changes. */
export interface ChangedPageFacts {
  /** Relative to the specification folder, with forward slashes. */
  readonly path: string;
  /** Its new content; `undefined` if it is to be removed. */
  readonly content: string | undefined;
}

interface Run {
  /** Drafts of the documents that are as their pages say after the run. */
  readonly written: readonly Draft[];
  /** Pages, by the paths that drafts name. */
  readonly sources: readonly SourceFile[];
  /** Paths of all documents that the specification folder has after the run, relative to it. */
  readonly kept: ReadonlySet<string>;
  /** Paths of those that it loses. */
  readonly removed: readonly string[];
}

/** The files with facts about pages that a run changes: those of other documents stay as they are. */
export async function changedPageFacts(
  out: string,
  { written, sources, kept, removed }: Run,
  diagnostics: Diagnostics,
): Promise<ChangedPageFacts[]> {
  const texts = new Map(sources.map(({ path, text }) => [displayPath(path), text]));
  const products = [
    ...written.map(({ product }) => product),
    ...removed.map((path) => path.split("/", 1)[0]),
  ];
  const changed: ChangedPageFacts[] = [];
  for (const product of [...new Set(products)].sort()) {
    if (product === undefined) continue;
    const before = diagnostics.list.length;
    const known = await readPageFacts(out, product, diagnostics);
    // Facts about pages that are not read now would be lost.
    if (diagnostics.list.length > before) continue;
    const facts = new Map([...known].filter(([action]) => kept.has(documentPath({ product, action }))));
    for (const draft of written.filter((one) => one.product === product))
      facts.set(draft.action, pageFactsOf(draft, texts));
    const path = pageFactsPath(product);
    const content = facts.size === 0 ? undefined : formatPageFacts(facts);
    const existing = await readIfThere(join(out, path));
    if (content !== existing?.text) changed.push({ path, content });
  }
  return changed;
}

function pageFactsOf(draft: Draft, texts: ReadonlyMap<string, string>): PageFacts {
  const { document, file, otherFiles } = draft;
  const { line, parameters, schemas } = sourceOf(document);
  // Which of the pages comes first is up to the configuration. Git can change the ends of lines.
  const pages = [file, ...otherFiles]
    .map((path) => (texts.get(path) ?? "").replaceAll("\r\n", "\n"))
    .sort(compare);
  const pageHash = createHash("sha256").update(JSON.stringify(pages)).digest("hex").slice(0, 16);
  return { pageHash, draftHash: documentHash(document), line, parameters, schemas };
}

/** Path of the document of an action in the specification folder. */
export function documentPath({ product, action }: Pick<Draft, "product" | "action">): string {
  return `${product}/${action}.openapi.yaml`;
}
