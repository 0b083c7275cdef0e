import type { Change } from "../diff/change.js";
import { causes, type Line, reportOf } from "../diff/report.js";
import { oneLine } from "../text.js";

/**
 * Formats changes for the terminal: grouped by cause and effect, and at the end the versions that they need. No change has no
 * lines.
 *
 * @param isShort without the files that changes are located in.
 */
export function formatChanges(changes: readonly Change[], isShort = false): string[] {
  const { sections, bumps } = reportOf(changes);
  const lines = sections.flatMap(({ cause, title, lines: own }, index) => [
    ...(sections[index - 1]?.cause === cause ? [] : ["", `== ${causes[cause]} ==`]),
    "",
    title,
    ...own.flatMap((line) => formatLine(line, isShort)),
  ]);
  const needed = Object.entries(bumps).map(([name, bump]) => `${oneLine(name)} ${bump}`);
  return lines.length === 0 ? [] : [...lines, "", `Versions: ${needed.join(", ")}`];
}

function formatLine({ subject, messages, file }: Line, isShort: boolean): string[] {
  const line = `  ${oneLine(subject)}: ${messages.join("; ")}`;
  return isShort || file === "" ? [line] : [line, `    ${oneLine(file)}`];
}
