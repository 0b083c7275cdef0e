import { formatDiagnostics } from "../diagnostic.js";
import { displayPath } from "../files.js";
import { type VerifyOptions, verify } from "../verify.js";
import { count, elapsedSeconds } from "./printing.js";

/** Verifies the recordings of a specification, and prints the disagreements. @returns whether there are none. */
export async function runVerify(options: VerifyOptions): Promise<boolean> {
  const started = performance.now();
  const { recordings, disagreements, unrecorded } = await verify(options);
  if (disagreements.length > 0) console.error(formatDiagnostics(disagreements));
  const verified = `${count(recordings.length, "recording")} of ${displayPath(options.recordings)} verified`;
  const found = `${count(disagreements.length, "disagreement")} in ${elapsedSeconds(started)}`;
  console.log(`${verified}, ${found}. ${count(unrecorded.length, "action")} without a recording.`);
  return disagreements.length === 0;
}
