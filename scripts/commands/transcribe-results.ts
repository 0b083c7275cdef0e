import { UsageError } from "../diagnostic.js";
import { displayPath } from "../files.js";
import { writeWhole } from "../output/write.js";
import { oneLine } from "../text.js";
import { type Baseline, baselineText, type Comparison, readBaseline } from "../transcribe/baseline.js";
import type { Finding } from "../transcribe/findings.js";
import { reportJson } from "../transcribe/report.js";
import { sarifText } from "../transcribe/sarif.js";
import type { Transcription } from "../transcribe/transcribe.js";
import { printSome } from "./printing.js";
import type { TranscribeOptions } from "./transcribe.js";

/** Reads the baseline. @returns `undefined` without one. @throws UsageError, InputError */
export async function openBaseline(options: TranscribeOptions): Promise<Baseline | undefined> {
  const { baseline, updateBaseline = false } = options;
  if (baseline !== undefined) return await readBaseline(baseline, updateBaseline);
  if (!updateBaseline) return undefined;
  throw new UsageError("error: --update-baseline requires --baseline FILE, the file to write");
}

/** Writes the baseline if that is asked for. Else prints which of its entries can be removed. */
export async function reportBaseline(
  { updated, freshCount, removable }: Comparison,
  { baseline = "", updateBaseline }: TranscribeOptions,
): Promise<void> {
  const file = displayPath(baseline);
  if (updateBaseline) {
    await writeWhole(baseline, baselineText(updated));
    const changes = `${freshCount} added, ${removable.length} removed`;
    console.log(`wrote ${file}: ${updated.length} errors and warnings, ${changes}`);
  } else if (removable.length > 0) {
    const entries = removable.length === 1 ? "1 entry" : `${removable.length} entries`;
    console.log(`${entries} of ${file} can be removed with --update-baseline, since the findings are gone:`);
    printSome(removable.map((entry) => oneLine(`  ${entry.file}: ${entry.message}`)));
  }
}

/** Writes the report if that is asked for. @param fresh findings that the baseline lacks. */
export async function writeReport(
  transcription: Transcription,
  fresh: readonly Finding[],
  { report, reportFormat }: TranscribeOptions,
): Promise<void> {
  if (report === undefined) return;
  const format = reportFormat ?? (report.endsWith(".sarif") ? "sarif" : "json");
  await writeWhole(report, format === "sarif" ? sarifText(fresh) : reportJson(transcription, fresh));
}
