import { formatDiagnostics } from "../diagnostic.js";
import { displayPath } from "../files.js";
import { type VerifyOptions, verify } from "../verify.js";
import { printCoverage, updateCoverage } from "./coverage.js";
import { count, elapsedSeconds } from "./printing.js";

interface VerifyCommandOptions extends VerifyOptions {
  readonly coverage?: boolean;
  readonly updateCoverage?: boolean;
}

/** Verifies the recordings of a specification, and prints the disagreements. @returns whether there are none. */
export async function runVerify({
  coverage: isShown,
  updateCoverage: isUpdated,
  ...options
}: VerifyCommandOptions): Promise<boolean> {
  const started = performance.now();
  const { recordings, disagreements, unrecorded, stale, coverage, ...rest } = await verify(options);
  const lost = isUpdated ? [] : rest.lost;
  if (disagreements.length + lost.length > 0) console.error(formatDiagnostics([...disagreements, ...lost]));
  if (stale.length > 0) console.error(formatDiagnostics(stale).replace(/^(?! )/gm, "warning: "));
  if (isShown) printCoverage(coverage);
  if (isUpdated) await updateCoverage(options.recordings, coverage);
  const verified = `${count(recordings.length, "recording")} of ${displayPath(options.recordings)} verified`;
  const found = `${count(disagreements.length, "disagreement")} in ${elapsedSeconds(started)}`;
  console.log(`${verified}, ${found}. ${count(unrecorded.length, "action")} without a recording.`);
  return disagreements.length + lost.length === 0;
}
