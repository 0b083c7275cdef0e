import type { Finding, Severity } from "./findings.js";
import type { Transcription } from "./transcribe.js";

/** Counts of a run. */
export interface Summary {
  readonly pages: number;
  readonly actions: number;
  readonly refused: number;
  readonly faults: number;
  readonly warnings: number;
  readonly doubts: number;
  /** Documents that are new or say something else now. */
  readonly changed: number;
}

export function summarize({ pages, documents, findings }: Transcription): Summary {
  const count = (wanted: Severity) => findings.filter(({ severity }) => severity === wanted).length;
  return {
    pages: pages.length,
    actions: documents.length,
    refused: pages.filter(({ action }) => action === "").length,
    faults: count("fault"),
    warnings: count("warning"),
    doubts: count("doubt"),
    changed: documents.filter(({ isChanged }) => isChanged).length,
  };
}

/** The report of a run as JSON: each page with what became of it, and every finding with page and line. */
export function reportJson(transcription: Transcription): string {
  const { pages, documents, findings } = transcription;
  const documentOf = new Map(documents.flatMap((one) => one.pages.map((page) => [page, one])));
  const byFile = new Map<string, Finding[]>();
  for (const finding of findings) byFile.set(finding.file, [...(byFile.get(finding.file) ?? []), finding]);
  const isPage = new Set(pages.map(({ file }) => file));
  const report = {
    summary: summarize(transcription),
    pages: pages.map(({ file, action, product }) => ({
      page: file,
      status: action === "" ? "refused" : documentOf.has(file) ? "read" : "not-written",
      action,
      product,
      document: documentOf.get(file)?.path ?? "",
      findings: (byFile.get(file) ?? []).map(withoutFile),
    })),
    others: findings.filter(({ file }) => !isPage.has(file)),
  };
  return `${JSON.stringify(report, null, 2)}\n`;
}

function withoutFile({ severity, code, line, message, help }: Finding) {
  return { severity, code, line, message, help };
}
