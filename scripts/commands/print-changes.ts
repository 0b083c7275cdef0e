import type { Change } from "../diff/change.js";
import { causes, type Line, type Report, reportOf } from "../diff/report.js";
import { oneLine } from "../text.js";

/** Formats changes for the terminal: grouped by cause and effect, with the versions that they need. No change has no lines. */
export function formatChanges(changes: readonly Change[]): string[] {
  const { sections, bumps } = reportOf(changes);
  const lines = sections.flatMap(({ cause, title, lines: own }, index) => [
    ...(sections[index - 1]?.cause === cause ? [] : ["", `== ${causes[cause]} ==`]),
    "",
    title,
    ...own.flatMap((line) =>
      line.file === "" ? [formatLine(line)] : [formatLine(line), `    ${oneLine(line.file)}`],
    ),
  ]);
  return lines.length === 0 ? [] : [...lines, "", formatBumps(bumps)];
}

const maxSummary = 10;

/** Prints the most important changes, in a few lines. @param command what prints all of them. */
export function printSummary(changes: readonly Change[], command: string): void {
  const { sections, bumps } = reportOf(changes);
  const all = sections.flatMap(({ cause, title, lines }) =>
    lines.map((line) => ({ heading: `${causes[cause]}: ${title.toLowerCase()}`, line: formatLine(line) })),
  );
  if (all.length === 0) return;
  const shown = all.slice(0, maxSummary);
  for (const [index, { heading, line }] of shown.entries()) {
    if (shown[index - 1]?.heading !== heading) console.log(heading);
    console.log(line);
  }
  if (all.length > maxSummary) console.log(`… ${all.length - maxSummary} more: ${command}`);
  console.log(formatBumps(bumps));
}

function formatLine({ subject, messages }: Line): string {
  return `  ${oneLine(subject)}: ${messages.join("; ")}`;
}

function formatBumps(bumps: Report["bumps"]): string {
  return `Versions: ${Object.entries(bumps)
    .map(([name, bump]) => `${oneLine(name)} ${bump}`)
    .join(", ")}`;
}
