import { lstatSync } from "node:fs";
import { join, resolve } from "node:path";
import { displayPath, isBelow, type SourceFile } from "../../files.js";
import { isObject } from "../../openapi/pointer.js";
import { type Finding, Findings } from "../findings.js";
import type { Json } from "../schema.js";
import type { TranscribedPage } from "../transcribe-page.js";
import { parseYamlValue } from "../yaml-document.js";
import { isEdited, sourceKey } from "./hash.js";

/** What a run reads and writes. */
export interface Scope {
  /** The specification folder. */
  readonly out: string;
  /** Folders of pages, all of whose pages are read. */
  readonly folders: readonly string[];
  /** Whether most documents of a folder may be removed. */
  readonly allowRemoving: boolean;
  readonly pages: readonly TranscribedPage[];
  /** Documents that the pages result in, relative to the specification folder, and the page of each. */
  readonly targets: ReadonlyMap<string, string>;
}

interface LostDocument {
  /** Path relative to the working directory. */
  readonly file: string;
  /** Absolute path of its page, and whether that file is missing or describes something else. */
  readonly page: string;
  readonly isMissing: boolean;
  readonly isEdited: boolean;
}

/**
 * Finds transcribed documents whose page is below one of the folders and does not exist any more, or describes another
 * action or product. Documents that were edited are reported instead; so is a folder that has lost most of its pages.
 *
 * @param documents documents of the specification folder.
 * @param findings collects what prevents a document from being removed.
 * @returns the documents to remove, as paths relative to the working directory, sorted.
 */
export function findLostDocuments(
  documents: readonly SourceFile[],
  scope: Scope,
  findings: Finding[],
): ReadonlySet<string> {
  if (scope.folders.length === 0) return new Set();
  const targets = new Map(
    [...scope.targets].map(([path, page]) => [displayPath(join(scope.out, path)), page]),
  );
  const others = documents.filter(({ path }) => !targets.has(path));
  const lost = others.flatMap((document) => lostDocument(document, scope, findings) ?? []);
  const existing = new Set(documents.map(({ path }) => path));
  const kept = [...targets].flatMap(([path, page]) => (existing.has(path) ? [page] : []));
  const refused = new Set(scope.allowRemoving ? [] : refusedDocuments(lost, kept, scope, findings));
  for (const { file, page } of lost.filter((document) => document.isEdited)) {
    const message = `has lost its page ${displayPath(page)}, but was edited by hand since`;
    const help = "It was not removed. Restore the page, or delete the document.";
    new Findings(file, findings).error("page-missing", 1, message, help);
  }
  const removed = lost.filter((document) => !document.isEdited && !refused.has(document));
  return new Set(removed.map(({ file }) => file).sort());
}

/** A document with many actions has no page of its own. */
function lostDocument(
  { path, text }: SourceFile,
  scope: Scope,
  findings: Finding[],
): LostDocument | undefined {
  const value = parseYamlValue(text);
  const source = isObject(value) ? value[sourceKey] : undefined;
  if (!isObject(source) || typeof source.page !== "string") return undefined;
  const page = resolve(scope.out, source.page);
  if (!scope.folders.some((folder) => isBelow(folder, page))) return undefined;
  const isMissing = !exists(page);
  const read = scope.pages.find(({ file }) => resolve(file) === page);
  if (!isMissing && read?.draft === undefined) {
    // A page that was rejected may describe the action.
    if (read === undefined || read.findings.some(({ severity }) => severity === "error")) return undefined;
    const help = `${path} was not changed. Complete the page, or delete the document.`;
    const message = "does not describe an action any more, so it may have been cut off";
    new Findings(read.file, findings).error("page-cut", 1, message, help);
    return undefined;
  }
  return { file: path, page, isMissing, isEdited: isEdited(value as Json) };
}

/** Whether there is a file, even if it cannot be read. */
function exists(path: string): boolean {
  try {
    return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
  } catch {
    return true;
  }
}

/** Lost documents of folders that have lost most of their pages: such a folder may be the wrong one. */
function refusedDocuments(
  lost: readonly LostDocument[],
  kept: readonly string[],
  { folders }: Scope,
  findings: Finding[],
): LostDocument[] {
  return folders.flatMap((folder) => {
    const missing = lost.filter(({ page, isMissing }) => isMissing && isBelow(folder, page));
    const present = kept.filter((page) => isBelow(folder, page));
    if (missing.length <= present.length) return [];
    const names = missing.map(({ file }) => file);
    const list = names.length > 10 ? [...names.slice(0, 9), `${names.length - 9} more`] : names;
    const message = `lacks the pages of most of its documents, which were not removed: ${list.join(", ")}`;
    const help =
      "Check that it is the right folder, and complete. If these pages were deleted on purpose, pass --allow-removing.";
    new Findings(displayPath(folder), findings).error("pages-missing", 0, message, help);
    return missing;
  });
}
