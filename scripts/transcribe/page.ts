import { readBlocks } from "./blocks.js";
import type { Findings } from "./findings.js";
import { columnsOf, isFieldTable, type PageRow, readRows, type Table } from "./rows.js";
import { type PlacedBlock, placeBlocks, readTitle } from "./sections.js";

/** Text of a page, with its first line. */
export interface PageText {
  readonly text: string;
  readonly line: number;
}

export interface PageModel {
  readonly name: string;
  readonly line: number;
  readonly rows: readonly PageRow[];
}

/** The page of one action, independent of the language of its layout. */
export interface Page {
  readonly file: string;
  readonly action: string;
  readonly summary: string;
  /** Line of the title. */
  readonly line: number;
  readonly overview: PageText;
  readonly publicParameters: readonly PageRow[];
  readonly request: readonly PageRow[];
  readonly response: readonly PageRow[];
  readonly models: readonly PageModel[];
  readonly requestExample: PageText | undefined;
  readonly responseExample: PageText | undefined;
}

const newline = /\r\n|\r|\n/;
const tableRow = /^[\s>*+-]*\|.*\|/;

/**
 * Reads a page in the vendor's layout. Everything that is ambiguous or omitted is reported.
 *
 * @returns `undefined` if the page does not describe an action, or a table cannot be read; then `findings` has an error.
 */
export function readPage(file: string, text: string, findings: Findings): Page | undefined {
  const blocks = readBlocks(text);
  const placed = placeBlocks(blocks);
  const tables = readTables(placed, findings);
  const title = readTitle(blocks, tables.publicParameters, findings);
  checkSections(placed, title?.line ?? 1, findings);
  for (const section of ["request", "response"] as const) checkHasFields(placed, section, findings);
  checkMethod(placed, findings);
  checkEncoding(text, findings);
  if (title === undefined || findings.hasErrors) return undefined;
  reportIgnoredText(placed, findings);
  const overview = placed.filter(({ section, block }) => section === "overview" && block.kind !== "heading");
  const page = {
    file,
    ...title,
    overview: {
      text: overview.map(({ block }) => ("text" in block ? block.text : "")).join("\n\n"),
      line: overview[0]?.block.line ?? title.line,
    },
    ...tables,
    requestExample: readExample(placed, "requestExample", findings),
    responseExample: readExample(placed, "responseExample", findings),
  };
  reportLostRows(text, placed, findings);
  return page;
}

type Tables = Pick<Page, "publicParameters" | "request" | "response" | "models">;

function readTables(placed: readonly PlacedBlock[], findings: Findings): Tables {
  const fields = { publicParameters: [] as PageRow[], request: [] as PageRow[], response: [] as PageRow[] };
  const models = new Map<string, { name: string; line: number; rows: PageRow[] }>();
  for (const { section, model, block } of placed) {
    if (block.kind !== "table") continue;
    const isReadable = isFieldTable(block);
    if (isReadable && section === "models" && model !== undefined) {
      const entry = models.get(model.name) ?? { ...model, rows: [] };
      models.set(model.name, entry);
      entry.rows = entry.rows.concat(readRows(block, findings));
    } else if (
      isReadable &&
      (section === "publicParameters" || section === "request" || section === "response")
    ) {
      // Not `push(...rows)`: a table can have more rows than a call can have arguments.
      fields[section] = fields[section].concat(readRows(block, findings));
    } else if (!isReadable && resemblesFieldTable(block, section === "request" || section === "response")) {
      reportUnreadable(block, findings);
    } else {
      for (const { cells, line } of [block.header, ...block.rows])
        findings.omitRow(line, cells.join(" | "), "is in a table that is not a field table", omittedHelp);
    }
  }
  return { ...fields, models: [...models.values()] };
}

const omittedHelp = "The document does not contain it. Add what matters with an overlay.";

/** Whether a table that is not a field table would be one if its headings were layout words. */
function resemblesFieldTable(table: Table, isInFieldSection: boolean): boolean {
  const known = columnsOf(table);
  return known.size > 1 && (known.has("required") || (isInFieldSection && table.header.cells.length > 3));
}

function reportUnreadable(table: Table, findings: Findings): void {
  const known = columnsOf(table);
  const missing = (["name", "type"] as const).filter((column) => !known.has(column)).join(" or the ");
  const titles = table.header.cells.map((title) => JSON.stringify(title)).join(", ");
  const message = `cannot read the table with the columns ${titles}: none of them is known as the ${missing} of a field`;
  const help = "Rename the columns on the page, or add their headings to scripts/transcribe/layout.ts.";
  findings.error("table-unreadable", table.line, message, help);
}

/** A document without any of its parameters is worse than none, so such a page is rejected. */
function checkHasFields(
  placed: readonly PlacedBlock[],
  wanted: "request" | "response",
  findings: Findings,
): void {
  const blocks = placed.filter(({ section }) => section === wanted).map(({ block }) => block);
  const tables = blocks.filter((block) => block.kind === "table");
  const [table] = tables;
  if (table !== undefined && !tables.some(isFieldTable)) reportUnreadable(table, findings);
  if (table !== undefined) return;
  const lost = blocks.find(
    (block) => "text" in block && block.text.split(newline).some((row) => tableRow.test(row)),
  );
  if (lost === undefined) return;
  const help = "Write a header row with a row of dashes below it, and no blank line or indentation.";
  findings.error(
    "table-unreadable",
    lost.line,
    `cannot read the table of the ${wanted}: it is not valid Markdown`,
    help,
  );
}

function readExample(
  placed: readonly PlacedBlock[],
  wanted: "requestExample" | "responseExample",
  findings: Findings,
): PageText | undefined {
  const blocks = placed.filter(({ section }) => section === wanted).map(({ block }) => block);
  const [first, ...more] = blocks.filter((block) => block.kind === "code");
  for (const { line } of more)
    findings.warn("example-more", line, "is an additional example", "Only the first example is used.");
  if (first !== undefined) return { text: first.text, line: first.line };
  const which = wanted === "requestExample" ? "request" : "response";
  const help = "No action needed: the document has no example either.";
  findings.warn("example-missing", blocks[0]?.line ?? 0, `there is no ${which} example`, help);
  return undefined;
}

function checkSections(placed: readonly PlacedBlock[], line: number, findings: Findings): void {
  const has = (wanted: string) => placed.some(({ section }) => section === wanted);
  const help =
    "The page of an action must have a section of request parameters and one of response fields; scripts/transcribe/layout.ts lists their headings.";
  if (!has("request") && !has("publicParameters"))
    findings.error("no-request", line, "has no section of request parameters", help);
  if (!has("response")) findings.error("no-response", line, "has no section of response fields", help);
}

/** Invalid UTF-8 was decoded to U+FFFD, so any text of the page may be wrong. */
function checkEncoding(text: string, findings: Findings): void {
  const at = text.indexOf("\uFFFD");
  if (at < 0) return;
  const line = text.slice(0, at).split(newline).length;
  const message = "contains bytes that are not valid UTF-8";
  if (findings.hasErrors) findings.error("encoding", line, message, "Save the page as UTF-8.");
  else findings.warn("encoding", line, message, "Save the page as UTF-8.");
}

/** Pages of REST APIs look similar, but their requests have no `Action`. */
function checkMethod(placed: readonly PlacedBlock[], findings: Findings): void {
  for (const { section, block } of placed) {
    if (section !== "requestExample" || block.kind !== "code") continue;
    const line = /^\s*(?:GET|PUT|POST|DELETE|HEAD|PATCH|OPTIONS)\s+\/.*/.exec(block.text)?.[0].trim();
    if (line === undefined) continue;
    const message = `the request example is ${JSON.stringify(line)}, which is not a query with an Action`;
    findings.error("no-query", block.line, message, "It belongs to another kind of API. Exclude the page.");
  }
}

/** Prose and code between tables may restrict what the tables say. */
function reportIgnoredText(placed: readonly PlacedBlock[], findings: Findings): void {
  for (const { section, block } of placed) {
    const isRead = section === undefined || section === "overview" || section.endsWith("Example");
    if ((block.kind !== "prose" && block.kind !== "code") || isRead) continue;
    const message = `the text ${JSON.stringify(block.text.trim().slice(0, 80))} between the tables is ignored`;
    findings.note("text-ignored", block.line, message, "Add what matters with an overlay.");
  }
}

/** Reports lines that look like rows but are not in a table, because the page is damaged. */
function reportLostRows(text: string, placed: readonly PlacedBlock[], findings: Findings): void {
  const inTables = new Set<number>();
  for (const { block } of placed) {
    if (block.kind !== "table") continue;
    // `block.line + 1` is the delimiter row.
    for (const line of [block.line, block.line + 1, ...block.rows.map((row) => row.line)]) inTables.add(line);
  }
  for (const [index, row] of text.split(newline).entries()) {
    if (tableRow.test(row) && !inTables.has(index + 1))
      findings.omitRow(index + 1, row.trim(), "is not in a table", omittedHelp);
  }
}
