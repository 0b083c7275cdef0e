import type { Change } from "../diff/change.js";
import { type Line, type Report, reportOf } from "../diff/report.js";
import { inSections } from "../diff/sections.js";
import { oneLine } from "../text.js";

/**
 * Formats changes for the terminal: grouped by cause and effect, with the versions that they need. No change has no lines.
 *
 * @param hasCauses whether the causes are known, and printed.
 */
export function formatChanges(changes: readonly Change[], hasCauses = true): string[] {
  const { causes, bumps } = reportOf(changes);
  const lines = causes.flatMap(({ title: cause, sections }) => [
    ...(hasCauses ? ["", `== ${cause} ==`] : []),
    ...sections.flatMap(({ title, lines: own }) => [
      "",
      title,
      ...own.flatMap((line) => [
        formatLine(line),
        ...(line.file === "" ? [] : [`    ${oneLine(line.file)}`]),
      ]),
    ]),
  ]);
  return lines.length === 0 ? [] : [...lines, "", formatBumps(bumps)];
}

const maxSummary = 10;
const maxMessages = 5;

/** Prints the most important changes, in a few lines. @param command what prints all of them; `""` if there is none. */
export function printSummary(changes: readonly Change[], command: string): void {
  const { causes, bumps } = reportOf(changes);
  const order = inSections(changes).map(({ title }) => title);
  const all = causes
    .flatMap(({ title: cause, sections }) =>
      sections.flatMap(({ title, lines }) =>
        lines.map((line) => ({
          importance: order.indexOf(title),
          heading: `${cause}: ${title.toLowerCase()}`,
          line: formatLine(shortened(line)),
        })),
      ),
    )
    .sort((a, b) => a.importance - b.importance);
  if (all.length === 0) return;
  const shown = all.slice(0, maxSummary);
  for (const [index, { heading, line }] of shown.entries()) {
    if (shown[index - 1]?.heading !== heading) console.log(heading);
    console.log(line);
  }
  if (all.length > maxSummary)
    console.log(`… ${all.length - maxSummary} more${command === "" ? "" : `: ${command}`}`);
  console.log(formatBumps(bumps));
}

function shortened({ messages, ...line }: Line): Line {
  const rest = messages.length - maxMessages;
  return { ...line, messages: [...messages.slice(0, maxMessages), ...(rest > 0 ? [`… ${rest} more`] : [])] };
}

function formatLine({ subject, messages }: Line): string {
  return `  ${oneLine(subject)}: ${messages.join("; ")}`;
}

function formatBumps(bumps: Report["bumps"]): string {
  return `Versions: ${Object.entries(bumps)
    .map(([name, bump]) => `${oneLine(name)} ${bump}`)
    .join(", ")}`;
}
