import type { Findings } from "./findings.js";
import { isFieldTable } from "./rows.js";
import { findSection, type PlacedBlock } from "./sections.js";

/**
 * Reports parts of a page that do not end: a section or table that has no rows, a code block or last row that is not
 * closed, or a code block that ends too late. The rest of the page was probably cut off, so that its document would lack fields.
 */
export function checkEnds(text: string, placed: readonly PlacedBlock[], findings: Findings): void {
  for (const block of placed) {
    if (block.kind !== "code") continue;
    const help = "Complete the page, or end the code block with the marks that it begins with.";
    const section = sectionIn(block.text);
    if (!block.isClosed)
      findings.error("code-unclosed", block.line - 1, "the code block that begins here does not end", help);
    else if (section !== undefined) {
      // Marks that begin a block by mistake: it ends where the next block should begin.
      const message = `the code block that begins here contains the section ${JSON.stringify(section)}`;
      findings.error("code-unclosed", block.line - 1, message, help);
    }
  }
  checkTableEnds(placed, findings);
  checkLastRow(text, placed, findings);
  checkLastBlock(placed, findings);
}

/** The heading of a section of a page in code. */
function sectionIn(code: string): string | undefined {
  const headings = [...code.matchAll(/^#{2,6} (.*)$/gm)].map(([, heading = ""]) => heading.trim());
  return headings.find((heading) => findSection(heading) !== undefined);
}

const ends = { table: "a table", heading: "a heading", code: "the request example" } as const;

/** A page without a response example can be complete, but then text at its end says so. */
function checkLastBlock(placed: readonly PlacedBlock[], findings: Findings): void {
  const last = placed.at(-1);
  if (last === undefined || last.kind === "prose") return;
  if (placed.some(({ kind, section }) => kind === "code" && section === "responseExample")) return;
  const message = `the page ends with ${ends[last.kind]}, before a response example`;
  findings.warn("page-unfinished", last.line, message, "Complete the page, if it was cut off here.");
}

/** An action can have no parameters and a model no fields, but every response has a RetCode. */
function checkTableEnds(placed: readonly PlacedBlock[], findings: Findings): void {
  const response = placed.filter(({ section }) => section === "response");
  const [heading] = response;
  if (heading?.kind === "heading" && !response.some(({ kind }) => kind === "table")) {
    const message = "the section of response fields has no table";
    findings.error("section-empty", heading.line, message, completeHelp);
  }
  for (const block of placed) {
    const { section } = block;
    if (block.kind !== "table" || block.rows.length > 0 || !isFieldTable(block)) continue;
    if (section === "response")
      findings.error("table-empty", block.line, "the table of response fields has no rows", completeHelp);
    else if (section === "models") {
      const message = `the table of the data model ${block.heading?.name} has no rows`;
      findings.warn("table-empty", block.line, message, "Complete the page, if it was cut off here.");
    }
  }
}

function checkLastRow(text: string, placed: readonly PlacedBlock[], findings: Findings): void {
  const table = placed.at(-1);
  if (table?.kind !== "table" || !isFieldTable(table)) return;
  const lines = text.trimEnd().split(/\r\n|\r|\n/);
  const [header = "", last = ""] = [lines[table.line - 1], lines.at(-1)].map((line = "") => line.trimEnd());
  if (!header.endsWith("|") || last.endsWith("|")) return;
  const message = `the page ends in the middle of the row ${JSON.stringify(last.slice(0, 80))}`;
  findings.error("row-unfinished", lines.length, message, completeHelp);
}

const completeHelp = "Complete the page: it was probably cut off here.";
