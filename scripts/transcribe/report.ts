import type { Severity } from "./findings.js";
import type { Transcription } from "./transcribe.js";

/** Counts of a run. */
export type Summary = ReturnType<typeof summarize>;

/** Counts the results of a run. `changed` documents are new or have other content. */
export function summarize({ pages, documents, findings }: Transcription) {
  const count = (wanted: Severity) => findings.filter(({ severity }) => severity === wanted).length;
  return {
    pages: pages.length,
    actions: documents.length,
    rejected: pages.filter(({ draft }) => draft === undefined).length,
    errors: count("error"),
    warnings: count("warning"),
    notes: count("note"),
    changed: documents.filter(({ isChanged }) => isChanged).length,
  };
}

/** The report of a run as JSON: the result of each page, and every finding with its line. */
export function reportJson(transcription: Transcription): string {
  const { pages, documents, findings } = transcription;
  const documentOf = new Map(documents.flatMap((one) => one.pages.map((page) => [page, one])));
  const isPage = new Set(pages.map(({ file }) => file));
  const report = {
    summary: summarize(transcription),
    pages: pages.map(({ file, draft }) => ({
      page: file,
      status: draft === undefined ? "rejected" : documentOf.has(file) ? "read" : "not-written",
      action: draft?.action ?? "",
      product: draft?.product ?? "",
      document: documentOf.get(file)?.path ?? "",
      findings: findings.filter((one) => one.file === file).map(({ file: _, ...finding }) => finding),
    })),
    others: findings.filter(({ file }) => !isPage.has(file)),
  };
  return `${JSON.stringify(report, null, 2)}\n`;
}
