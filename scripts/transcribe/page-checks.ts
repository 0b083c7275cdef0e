import { readType } from "./field-types.js";
import type { Findings } from "./findings.js";
import type { Tables } from "./page.js";
import { columnsOf, isFieldTable, mayBeFieldTable, type Table } from "./rows.js";
import type { PlacedBlock } from "./sections.js";

const newline = /\r\n|\r|\n/;
const tableRow = /^[\s>*+-]*\|.*\|/;

const omittedHelp = "The document does not contain it. Add what matters with an overlay.";

/**
 * Reports field tables with unknown columns, and request or response tables that are not valid Markdown. A document
 * without its parameters is worse than none, so such a page is rejected.
 */
export function checkTables(placed: readonly PlacedBlock[], tables: Tables, findings: Findings): void {
  const types = [tables.request, tables.response, ...tables.models.map(({ rows }) => rows)].flat();
  // The models that rows refer to, by labels and anchors of their types.
  const referred = new Set<string>();
  const note = (...names: string[]) => names.forEach((name) => void referred.add(name.toLowerCase()));
  for (const { type } of types) readType(type, (label, anchor) => void note(label, anchor));
  const isModel = (name: string) => referred.has(name.toLowerCase());
  const fieldTables = placed.filter((block) => block.kind === "table" && isFieldTable(block));
  const readSections = new Set(fieldTables.map(({ section }) => section));
  for (const block of placed) {
    if (block.kind !== "table" || isFieldTable(block)) continue;
    const { section, heading } = block;
    const isInFields = section === "request" || section === "response";
    const columns = columnsOf(block);
    const isLarge = columns.has("required") || (isInFields && block.header.cells.length > 3);
    const isAlone = isInFields && !readSections.has(section);
    const isUnknownModel = section === undefined && heading !== undefined && isModel(heading.name);
    if (!(columns.size > 1 && isLarge) && !isAlone && !isUnknownModel) continue;
    const missing = (["name", "type"] as const).filter((column) => !columns.has(column)).join(" or the ");
    const titles = block.header.cells.map((title) => JSON.stringify(title)).join(", ");
    const message = `cannot read the table with the columns ${titles}: none of them is known as the ${missing} of a field`;
    const help = "Rename the columns on the page, or add their headings to scripts/transcribe/layout.ts.";
    findings.error("table-unreadable", block.line, message, help);
  }
  for (const wanted of ["request", "response"] as const) {
    const blocks = placed.filter(({ section }) => section === wanted);
    const isRow = (text: string) => text.split(newline).some((row) => tableRow.test(row));
    const lost = blocks.find((block) => "text" in block && isRow(block.text));
    if (lost === undefined || blocks.some(({ kind }) => kind === "table")) continue;
    const help = "Write a header row with a row of dashes below it, and no blank line or indentation.";
    const message = `cannot read the table of the ${wanted}: it is not valid Markdown`;
    findings.error("table-unreadable", lost.line, message, help);
  }
}

export function checkSections(placed: readonly PlacedBlock[], line: number, findings: Findings): void {
  const has = (wanted: string) => placed.some(({ section }) => section === wanted);
  const help =
    "The page of an action must have a section of request parameters and one of response fields; scripts/transcribe/layout.ts lists their headings.";
  // A table above the response, below an unknown heading, is not a data model.
  const first = placed.find(({ section }) => section === "models" || section === "response");
  const hasUnknown = first?.section === "models" && first.heading !== undefined;
  if (!has("request") && (!has("publicParameters") || hasUnknown)) {
    const at = hasUnknown ? first.line : line;
    findings.error("no-request", at, "has no section of request parameters", help);
  }
  if (!has("response")) findings.error("no-response", line, "has no section of response fields", help);
}

/** Invalid UTF-8 was decoded to U+FFFD, so any text of the page may be wrong. */
export function checkEncoding(text: string, findings: Findings): void {
  const at = text.indexOf("\uFFFD");
  if (at < 0) return;
  const line = text.slice(0, at).split(newline).length;
  const message = "contains bytes that are not valid UTF-8";
  const severity = findings.hasErrors ? "error" : "warn";
  findings[severity]("encoding", line, message, "Save the page as UTF-8.");
}

/** Pages of REST APIs look similar, but their requests have no `Action`. */
export function checkMethod(placed: readonly PlacedBlock[], findings: Findings): void {
  for (const block of placed) {
    if (block.section !== "requestExample" || block.kind !== "code") continue;
    const line = /^\s*(?:GET|PUT|POST|DELETE|HEAD|PATCH|OPTIONS)\s+\/.*/.exec(block.text)?.[0].trim();
    if (line === undefined) continue;
    const message = `the request example is ${JSON.stringify(line)}, which is not a query with an Action`;
    findings.error("no-query", block.line, message, "It belongs to another kind of API. Exclude the page.");
  }
}

/** Prose and code between tables may restrict what the tables say. */
export function reportIgnoredText(placed: readonly PlacedBlock[], findings: Findings): void {
  for (const block of placed) {
    const { section } = block;
    const isRead = section === undefined || section === "overview" || section.endsWith("Example");
    if ((block.kind !== "prose" && block.kind !== "code") || isRead) continue;
    const message = `the text ${JSON.stringify(block.text.trim().slice(0, 80))} between the tables is ignored`;
    findings.note("text-ignored", block.line, message, "Add what matters with an overlay.");
  }
}

/**
 * Reports tables that are not read: each row that may describe a field, and other tables with the same columns once, at the
 * first of them.
 */
export function reportOmittedTables(tables: readonly Table[], findings: Findings): void {
  const kinds = new Map<string, Table[]>();
  for (const table of tables) {
    if (mayBeFieldTable(table)) {
      for (const { cells, line } of [table.header, ...table.rows])
        findings.omitRow(line, cells.join(" | "), "is in a table that is not a field table", omittedHelp);
      continue;
    }
    const titles = table.header.cells.map((title) => JSON.stringify(title)).join(", ");
    const alike = kinds.get(titles) ?? [];
    kinds.set(titles, alike);
    alike.push(table);
  }
  for (const [titles, [first, ...others]] of kinds) {
    if (first === undefined) continue;
    const rows = [first, ...others].reduce((sum, table) => sum + table.rows.length, 0);
    const size = `${rows === 1 ? "1 row" : `${rows} rows`} and the columns ${titles}`;
    const message =
      others.length === 0
        ? `the table with ${size} is not a field table`
        : `${others.length + 1} tables with ${size} are not field tables`;
    findings.warn("table-omitted", first.line, message, omittedHelp);
  }
}

/** Reports lines that look like rows but are not in a table, because the page is damaged. */
export function reportLostRows(text: string, placed: readonly PlacedBlock[], findings: Findings): void {
  const inTables = new Set<number>();
  for (const block of placed) {
    if (block.kind !== "table") continue;
    // A table has a header row, a delimiter row, and its other rows.
    for (let at = block.line; at < block.line + 2 + block.rows.length; at++) inTables.add(at);
  }
  for (const [index, row] of text.split(newline).entries()) {
    if (tableRow.test(row) && !inTables.has(index + 1))
      findings.omitRow(index + 1, row.trim(), "is not in a table", omittedHelp);
  }
}
