import { readBlocks } from "./blocks.js";
import type { Findings } from "./findings.js";
import { type ListedValues, readMetrics } from "./metrics.js";
import {
  checkEncoding,
  checkMethod,
  checkSections,
  checkTables,
  reportIgnoredText,
  reportLostRows,
  reportOmittedTables,
} from "./page-checks.js";
import { checkEnds } from "./page-ends.js";
import { isFieldTable, type PageRow, readRows, type Table } from "./rows.js";
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
  readonly listed: ListedValues;
  readonly requestExample: PageText | undefined;
  readonly responseExample: PageText | undefined;
}

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
  checkTables(placed, tables, findings);
  checkMethod(placed, findings);
  checkEnds(text, placed, findings);
  checkEncoding(text, findings);
  if (title === undefined || findings.hasErrors) return undefined;
  reportIgnoredText(placed, findings);
  const overview = placed.filter(({ section, kind }) => section === "overview" && kind !== "heading");
  const page = {
    file,
    ...title,
    overview: {
      text: overview.map((block) => ("text" in block ? block.text : "")).join("\n\n"),
      line: overview[0]?.line ?? title.line,
    },
    ...tables,
    requestExample: readExample(placed, "request", findings),
    responseExample: readExample(placed, "response", findings),
  };
  reportLostRows(text, placed, findings);
  return page;
}

export type Tables = Pick<Page, "publicParameters" | "request" | "response" | "models" | "listed">;

function readTables(placed: readonly PlacedBlock[], findings: Findings): Tables {
  const fields: Record<"publicParameters" | "request" | "response", PageRow[]> = {
    publicParameters: [],
    request: [],
    response: [],
  };
  const models = new Map<string, { name: string; line: number; rows: PageRow[] }>();
  const others: Table[] = [];
  for (const block of placed) {
    if (block.kind !== "table") continue;
    const { section, heading } = block;
    const isReadable = isFieldTable(block);
    if (isReadable && section === "models" && heading !== undefined) {
      const entry = models.get(heading.name) ?? { ...heading, rows: [] };
      models.set(heading.name, entry);
      for (const row of readRows(block, findings)) entry.rows.push(row);
    } else if (isReadable && section !== undefined && section in fields) {
      const key = section as keyof typeof fields;
      // Not `push(...rows)`: a table can have more rows than a call can have arguments.
      for (const row of readRows(block, findings)) fields[key].push(row);
    } else others.push(block);
  }
  const { listed, tables } = readMetrics(placed, fields.request, findings);
  reportOmittedTables(
    others.filter((table) => !tables.has(table)),
    findings,
  );
  return { ...fields, models: [...models.values()], listed };
}

function readExample(
  placed: readonly PlacedBlock[],
  which: "request" | "response",
  findings: Findings,
): PageText | undefined {
  const blocks = placed.filter(({ section }) => section === `${which}Example`);
  const [first, ...more] = blocks.filter((block) => block.kind === "code");
  for (const { line } of more)
    findings.warn("example-more", line, "is an additional example", "Only the first example is used.");
  if (first !== undefined) return { text: first.text, line: first.line };
  const help = "No action needed: the document has no example either.";
  findings.note("example-missing", blocks[0]?.line ?? 0, `there is no ${which} example`, help);
  return undefined;
}
