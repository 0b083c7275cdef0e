import type { Finding } from "../contract/finding.js";
import { formatDiagnostics, InputError, UsageError } from "../diagnostic.js";
import { displayPath } from "../files.js";
import { oneLine } from "../text.js";
import { type VerifyResult, verify } from "../verify.js";
import { printCoverage, updateCoverage } from "./coverage.js";
import { count, elapsedSeconds } from "./printing.js";
import { skippedNote } from "./skipped-entries.js";

interface VerifyCommandOptions {
  readonly spec: string;
  readonly out: string;
  /** Folder of recordings, which files replace. */
  readonly recordings: string;
  readonly format: "text" | "json";
  /** Whether to print what the recordings show. */
  readonly coverage: boolean;
  /** Whether to write what they show as what they must always show. */
  readonly updateCoverage: boolean;
}

/**
 * Verifies recordings, and prints the disagreements.
 *
 * @param files HAR files; if there are none, those of the folder of recordings.
 * @returns whether there are no disagreements.
 */
export async function runVerify(
  files: readonly string[],
  {
    recordings: folder,
    format,
    coverage: isShown,
    updateCoverage: isUpdated,
    ...options
  }: VerifyCommandOptions,
): Promise<boolean> {
  if (isUpdated && files.length > 0)
    throw new UsageError(
      "error: --update-coverage is for all recordings of the folder, and not for single files",
    );
  if (format === "json" && (isShown || isUpdated))
    throw new UsageError("error: --coverage and --update-coverage print text; omit --format json");
  const started = performance.now();
  const recordings = files.length === 0 ? folder : files;
  if (format === "json") return await printJson({ ...options, recordings });
  const result = await verify({ ...options, recordings });
  const { unreadable, disagreements, skipped, stale, coverage } = result;
  const lost = isUpdated ? [] : result.lost;
  if (unreadable.length > 0) console.error(formatDiagnostics(unreadable));
  for (const finding of inOrder(disagreements)) console.error(formatFinding(finding));
  if (lost.length > 0) console.error(formatDiagnostics(lost));
  if (stale.length > 0) console.error(formatDiagnostics(stale).replace(/^(?! )/gm, "warning: "));
  if (skipped.length > 0) console.error(skippedNote(skipped));
  if (isShown) printCoverage(coverage);
  if (isUpdated && unreadable.length === 0) await updateCoverage(folder, coverage);
  else if (isUpdated)
    console.error(
      "The coverage was not written, since what cannot be read would be missing in it from now on.",
    );
  const source = files.length === 0 ? ` of ${displayPath(folder)}` : "";
  const verified = `${count(result.recordings.length, "recording")}${source} verified`;
  const leftOut = unreadable.length === 0 ? "" : `, ${count(unreadable.length, "problem")} of others`;
  const found = `${count(disagreements.length, "disagreement")} in ${elapsedSeconds(started)}`;
  const unrecorded =
    files.length === 0 ? ` ${count(result.unrecorded.length, "action")} without a recording.` : "";
  console.log(`${verified}${leftOut}, ${found}.${unrecorded}`);
  return unreadable.length + disagreements.length + lost.length === 0;
}

/** Prints the result as JSON, also if the input has problems, which are then findings without a document. */
async function printJson(options: Parameters<typeof verify>[0]): Promise<boolean> {
  const none = { recordings: [], unreadable: [], skipped: [], unrecorded: [], stale: [], lost: [] };
  const result: Omit<VerifyResult, "disagreements" | "coverage"> & {
    disagreements: readonly Partial<Finding>[];
  } = await verify(options).catch((error) => {
    if (!(error instanceof InputError)) throw error;
    return { ...none, disagreements: error.diagnostics };
  });
  const { unreadable, lost } = result;
  const disagreements = [...unreadable, ...result.disagreements, ...lost] as readonly Finding[];
  const findings = inOrder(disagreements).map((finding) => {
    const { code, file, line, at = "", message, help, document = "", source, overlay = [] } = finding;
    return { code, file, line, path: at, message, help, document, source: source ?? null, overlay };
  });
  const { recordings, skipped, unrecorded, stale } = result;
  const report = { recordings: recordings.length, findings, stale, skipped, unrecorded };
  // Control characters beyond those of JSON can act on a terminal.
  const json = JSON.stringify(report, null, 2);
  const escaped = (char: string) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`;
  console.log(json.replace(/[\u007f-\u009f\u2028\u2029]/g, escaped));
  return findings.length === 0;
}

function inOrder(findings: readonly Finding[]): Finding[] {
  const order = new Map([...new Set(findings.map(({ file }) => file))].sort().map((file, at) => [file, at]));
  return [...findings].sort((a, b) => (order.get(a.file) ?? 0) - (order.get(b.file) ?? 0) || a.line - b.line);
}

/** A finding with the line of the page, and the actions of the overlay on one line each, which is valid YAML. */
function formatFinding(finding: Finding): string {
  const { source, overlay } = finding;
  const lines = [formatDiagnostics([finding])];
  if (source !== undefined) lines.push(`  described at ${oneLine(source.file)}:${source.line}`);
  for (const action of overlay) lines.push(`  overlay: - ${oneLine(JSON.stringify(action))}`);
  return lines.join("\n");
}
