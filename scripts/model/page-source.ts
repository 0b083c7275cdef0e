import { join } from "node:path";
import { displayPath } from "../files.js";
import type { OpenApiDocument, SourceRef } from "./api-model.js";

/** What a transcribed document says of the page that it was made of. */
interface PageSource {
  readonly page?: unknown;
  readonly line?: unknown;
}

/**
 * The vendor's page of an action, and the line of its title there: the document is made anew from the page, so a fault
 * is mended there. `undefined` for a document that was written by hand.
 *
 * @param documentPath the document in the specification folder, @param file the same as a person would name it.
 */
export function pageSource(
  document: OpenApiDocument,
  documentPath: string,
  file: string,
): SourceRef | undefined {
  const { page, line } = (document["x-actiongen-source"] ?? {}) as PageSource;
  if (typeof page !== "string" || typeof line !== "number") return undefined;
  const specFolder = file.endsWith(documentPath) ? file.slice(0, -documentPath.length) : ".";
  return { file: displayPath(join(specFolder, page)), line };
}
