import type { SkippedEntry } from "../contract/recording.js";
import { oneLine } from "../text.js";

/** Number of the entries of recordings that were skipped, and how many for which reason. */
export function skippedNote(skipped: readonly SkippedEntry[]): string {
  const reasons = new Map<string, number>();
  for (const { reason } of skipped) reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
  const lines = [...reasons].map(([reason, number]) => `  ${number}: ${oneLine(reason)}`);
  const entries = skipped.length === 1 ? "1 entry" : `${skipped.length} entries`;
  return [`${entries} of the recordings skipped, since`, ...lines].join("\n");
}
