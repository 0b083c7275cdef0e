import { join } from "node:path";
import { displayPath } from "../files.js";
import type { OpenApiDocument, SourceRef } from "./api-model.js";

/** The extension `x-actiongen-source` of a transcribed document. */
interface PageSource {
  readonly page?: unknown;
  readonly line?: unknown;
}

/**
 * Location of an action's title on the vendor's page: a problem of a transcribed document has to be fixed there.
 *
 * @param documentPath of the document, relative to the specification folder.
 * @param file the same, relative to the working directory.
 * @returns `undefined` for a document that was written by hand.
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
