import { formatDiagnostics } from "../diagnostic.js";
import { oneLine } from "../text.js";
import type { Finding } from "../transcribe/findings.js";
import { type FindingKind, type FindingLine, groupFindings } from "../transcribe/kinds.js";
import { maxLines } from "./printing.js";

/** Prints all errors, then warnings and notes by kind, the most important kind first. */
export function printFindings(findings: readonly Finding[], report: string | undefined): void {
  const errors = findings.filter(({ severity }) => severity === "error");
  if (errors.length > 0) console.error(formatDiagnostics(errors));
  const kinds = groupFindings(findings.filter(({ severity }) => severity !== "error"));
  for (const kind of kinds) console.error(formatKind(kind));
  const isCut = kinds.some(({ count, lines }) => count > Math.min(lines.length, maxLines));
  if (isCut && report === undefined) console.error("--report FILE writes each of them to a file.");
}

function formatKind({ severity, title, count, lines, help }: FindingKind): string {
  const heading = `${severity}: ${title}: ${count}`;
  const [first, second] = lines;
  if (severity === "note" && first !== undefined && second === undefined)
    return `${heading}${count > 1 ? ", such as" : ":"} ${locate(first)}`;
  const shown = lines.slice(0, maxLines).map((line) => `  ${locate(line)}${rest(line)}`);
  if (lines.length > maxLines) shown.push(`  … and ${lines.length - maxLines} more lines`);
  return [heading, ...shown, ...help.map((text) => `  help: ${oneLine(text)}`)].join("\n");
}

function locate({ first: { file, line, message } }: FindingLine): string {
  return oneLine(`${file}:${line > 0 ? `${line}:` : ""} ${message}`);
}

function rest({ more, morePages }: FindingLine): string {
  if (more === 0) return "";
  if (morePages === 0) return ` (and ${more} more on this page)`;
  return ` (and on ${morePages === 1 ? "1 more page" : `${morePages} more pages`})`;
}
