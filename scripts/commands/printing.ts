import { oneLine } from "../text.js";

/** Maximum number of lines of one kind that are printed. Version control shows larger changes better. */
export const maxLines = 40;

/** Prints the first lines without control characters, which names of files can have, and how many more there are. */
export function printSome(lines: readonly string[]): void {
  for (const line of lines.slice(0, maxLines)) console.log(oneLine(line));
  if (lines.length > maxLines) console.log(`… and ${lines.length - maxLines} more`);
}

/** Formats the time since a `performance.now()`, in seconds. */
export function elapsedSeconds(started: number): string {
  return `${((performance.now() - started) / 1000).toFixed(1)} s`;
}

/** A number with its noun, in the plural unless it is 1. */
export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}
