import { join } from "node:path";
import { displayPath, readIfThere, type SourceFile } from "../../files.js";
import { isObject } from "../../openapi/pointer.js";
import { type Finding, Findings } from "../findings.js";
import type { Draft } from "../merge.js";
import type { Json } from "../schema.js";
import { parseYamlValue, toYaml, updateYaml } from "../yaml-document.js";
import { type EditedDocument, reportEdits } from "./edits.js";
import { documentHash, isEdited, sourceKey, withHash } from "./hash.js";
import { reportLosses } from "./losses.js";

/** What is to become of the document of an action. */
export interface Update {
  /** Its new content; `undefined` if the existing file must not be replaced, which is reported. */
  readonly content?: string;
  /** Whether the file is missing or has other content. */
  readonly isChanged: boolean;
  readonly edited?: EditedDocument;
}

/**
 * Prints the document of an action, based on the existing file.
 *
 * @param out the specification folder.
 * @param path path of the document in it.
 * @param draft the document of the page, before overlays are applied.
 * @param document the same after overlays were applied.
 * @param findings collects what prevents the file from being replaced, and what it would lose.
 */
export async function updateDocument(
  out: string,
  path: string,
  draft: Draft,
  document: Json,
  findings: Finding[],
): Promise<Update> {
  const result = withHash(document);
  const existing = await readIfThere(join(out, path));
  if (existing === undefined) return { content: toYaml(result), isChanged: true };
  const kept = { isChanged: false };
  // Reading thousands of documents that do not change would take longer than all the rest.
  if (toYaml(result) === existing.text) return { content: existing.text, isChanged: false };
  const known = transcribedDocument(existing, findings);
  if (known === undefined) return kept;
  const file = displayPath(join(out, path));
  if (isEdited(known) && documentHash(known) !== documentHash(result)) {
    const own = new Findings(file, findings);
    return { ...kept, edited: reportEdits(path, existing, known, result, own) };
  }
  const own = new Findings(draft.file, findings);
  if (reportLosses(file, known, [draft.document, document], lineOf(document), own)) return kept;
  const content = updateYaml(existing.text, result) ?? existing.text;
  return { content, isChanged: content !== existing.text };
}

function transcribedDocument({ path, text }: SourceFile, findings: Finding[]): Json | undefined {
  const known = parseYamlValue(text);
  if (isObject(known) && known[sourceKey] !== undefined) return known;
  const own = new Findings(path, findings);
  const help = "It was not changed. Move the facts that the page lacks to an overlay, then delete it.";
  own.error("document-handwritten", 1, "was written by hand, not transcribed from a page", help);
  return undefined;
}

function lineOf(document: Json): number {
  const source = document[sourceKey];
  return isObject(source) && typeof source.line === "number" ? source.line : 1;
}
