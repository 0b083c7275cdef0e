/** How many lines of one kind are printed: whoever changed more than that looks into version control. */
export const mostLines = 40;

/** Prints lines, and of many the first. */
export function printSome(lines: readonly string[], print: (line: string) => void = console.log): void {
  for (const line of lines.slice(0, mostLines)) print(line);
  if (lines.length > mostLines) print(`… and ${lines.length - mostLines} more`);
}

/** The time since a moment of `performance.now()`, in seconds. */
export function sayTime(started: number): string {
  return `${((performance.now() - started) / 1000).toFixed(1)} s`;
}
