import type { Finding, Severity } from "./findings.js";
import type { Transcription } from "./transcribe.js";
import type { TranscribedPage } from "./transcribe-page.js";

/** Counts of a run. */
export type Summary = ReturnType<typeof summarize>;

/** Counts the results of a run. `changed` documents are new or have other content. @param fresh findings that count. */
export function summarize({ pages, documents, removed, findings }: Transcription, fresh: readonly Finding[]) {
  const count = (wanted: Severity) => fresh.filter(({ severity }) => severity === wanted).length;
  const files = filesWithErrors(findings);
  const unwritten = pages.filter(({ draft }) => draft === undefined);
  return {
    pages: pages.length,
    actions: documents.length,
    rejected: unwritten.filter(({ file }) => files.has(file)).length,
    /** Pages that do not describe an action. */
    others: unwritten.filter(({ file }) => !files.has(file)).length,
    errors: count("error"),
    warnings: count("warning"),
    notes: count("note"),
    changed: documents.filter(({ isChanged }) => isChanged).length,
    removed: removed.length,
  };
}

/**
 * The report of a run as JSON: the result of each page, and every finding with its line, and the overlays that keep edits.
 *
 * @param fresh findings that count. The others are marked as known.
 */
export function reportJson(transcription: Transcription, fresh: readonly Finding[]): string {
  const { pages, documents, removed, edited } = transcription;
  const counts = new Set(fresh);
  const findings = transcription.findings.map((one) => (counts.has(one) ? one : { ...one, known: true }));
  const documentOf = new Map(documents.flatMap((one) => one.pages.map((page) => [page, one])));
  const isRejected = filesWithErrors(transcription.findings);
  const statusOf = ({ file, draft }: TranscribedPage) => {
    if (draft === undefined) return isRejected.has(file) ? "rejected" : "no-action";
    return documentOf.has(file) ? "read" : "not-written";
  };
  const isPage = new Set(pages.map(({ file }) => file));
  const report = {
    summary: summarize(transcription, fresh),
    pages: pages.map((page) => ({
      page: page.file,
      status: statusOf(page),
      action: page.draft?.action ?? "",
      product: page.draft?.product ?? "",
      document: documentOf.get(page.file)?.path ?? "",
      findings: findings.filter((one) => one.file === page.file).map(({ file: _, ...finding }) => finding),
    })),
    removed,
    edited,
    others: findings.filter(({ file }) => !isPage.has(file)),
  };
  return `${JSON.stringify(report, null, 2)}\n`;
}

function filesWithErrors(findings: readonly Finding[]): ReadonlySet<string> {
  return new Set(findings.flatMap(({ severity, file }) => (severity === "error" ? [file] : [])));
}
