import { readBlocks } from "./blocks.js";
import type { Findings } from "./findings.js";
import { type Placed, placeBlocks } from "./placing.js";
import { isFieldTable, type PageRow, readRows } from "./rows.js";
import { readTitle } from "./title.js";

/** A text of the page and where it begins. */
export interface PageText {
  readonly text: string;
  readonly line: number;
}

export interface PageModel {
  readonly name: string;
  readonly line: number;
  readonly rows: readonly PageRow[];
}

/** A page of one action, in no language: the words of the layout are gone. */
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
  /** `undefined` where the page has none. */
  readonly requestExample: PageText | undefined;
  readonly responseExample: PageText | undefined;
}

/**
 * Reads a page of the vendor's layout. What is doubtful or left out goes to `findings`; a page that is none of an
 * action gives `undefined`, and a fault that says why.
 */
export function readPage(file: string, text: string, findings: Findings): Page | undefined {
  const blocks = readBlocks(text);
  const placed = placeBlocks(blocks);
  const tables = readTables(placed, findings);
  const title = readTitle(blocks, tables.publicParameters, findings);
  checkSections(placed, title?.line ?? 1, findings);
  checkRequest(placed, findings);
  checkEncoding(text, findings);
  if (title === undefined || findings.hasFault) return undefined;
  reportPassedOver(placed, findings);
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

interface Tables {
  readonly publicParameters: readonly PageRow[];
  readonly request: readonly PageRow[];
  readonly response: readonly PageRow[];
  readonly models: readonly PageModel[];
}

function readTables(placed: readonly Placed[], findings: Findings): Tables {
  const fields = { publicParameters: [] as PageRow[], request: [] as PageRow[], response: [] as PageRow[] };
  const models = new Map<string, { name: string; line: number; rows: PageRow[] }>();
  for (const { section, model, block } of placed) {
    if (block.kind !== "table") continue;
    if (section === "models" && model !== undefined && isFieldTable(block)) {
      const { name, line } = model;
      const entry = models.get(name) ?? { name, line, rows: [] };
      models.set(name, entry);
      entry.rows = entry.rows.concat(readRows(block, findings));
    } else if (
      (section === "publicParameters" || section === "request" || section === "response") &&
      isFieldTable(block)
    ) {
      // More rows than a call takes arguments must not end the run.
      fields[section] = fields[section].concat(readRows(block, findings));
    } else {
      for (const { cells, line } of [block.header, ...block.rows])
        leaveOut(cells.join(" | "), line, "is in a table that is not one of fields", findings);
    }
  }
  return { ...fields, models: [...models.values()] };
}

/** @param what the row, as the page writes it. */
function leaveOut(what: string, line: number, why: string, findings: Findings): void {
  const help = "Nothing of it is in the document. Add what matters with an overlay.";
  findings.add("warning", "row-left-out", line, `the row ${JSON.stringify(what)} ${why}`, help);
}

function readExample(
  placed: readonly Placed[],
  section: "requestExample" | "responseExample",
  findings: Findings,
): PageText | undefined {
  const [first, ...more] = placed.filter((part) => part.section === section && part.block.kind === "code");
  for (const { block } of more) {
    findings.add(
      "warning",
      "example-more",
      block.line,
      "is one more example",
      "Only the first example is read.",
    );
  }
  if (first?.block.kind === "code") return { text: first.block.text, line: first.block.line };
  const line = placed.find((part) => part.section === section)?.block.line ?? 0;
  const which = section === "requestExample" ? "request" : "response";
  findings.add(
    "warning",
    "example-missing",
    line,
    `there is no ${which} example`,
    "Nothing to do: the document has none either.",
  );
  return undefined;
}

function checkSections(placed: readonly Placed[], line: number, findings: Findings): void {
  const has = (wanted: string) => placed.some(({ section }) => section === wanted);
  const help =
    "A page of an action has a section of request parameters and one of response fields; scripts/transcribe/layout.ts lists their names.";
  if (!has("request") && !has("publicParameters")) {
    findings.add("fault", "no-request", line, "has no section of request parameters", help);
  }
  if (!has("response")) findings.add("fault", "no-response", line, "has no section of response fields", help);
}

/** Bytes that are no UTF-8 were read as this character: then nothing may be as the page has it. */
function checkEncoding(text: string, findings: Findings): void {
  const at = text.indexOf("\uFFFD");
  if (at < 0) return;
  const line = text.slice(0, at).split(/\r\n|\r|\n/).length;
  const help = "Save the page as UTF-8.";
  findings.add(findings.hasFault ? "fault" : "warning", "encoding", line, "holds what is no UTF-8", help);
}

/** Some products have an API of another kind, described on pages that look alike. */
function checkRequest(placed: readonly Placed[], findings: Findings): void {
  for (const { section, block } of placed) {
    if (section !== "requestExample" || block.kind !== "code") continue;
    const method = /^\s*(?:GET|PUT|POST|DELETE|HEAD|PATCH|OPTIONS)\s+\/.*/.exec(block.text);
    if (method === null) continue;
    const message = `the request example is ${JSON.stringify(method[0].trim())}, which is no query with an Action`;
    findings.add(
      "fault",
      "no-query",
      block.line,
      message,
      "It belongs to an API of another kind. Keep the page out of the run.",
    );
  }
}

/** Prose between tables may limit what they say; pages put notes into code as well. */
function reportPassedOver(placed: readonly Placed[], findings: Findings): void {
  for (const { section, block } of placed) {
    const isRead = section === undefined || section === "overview" || section.endsWith("Example");
    if ((block.kind !== "prose" && block.kind !== "code") || isRead) continue;
    const message = `the text ${JSON.stringify(block.text.trim().slice(0, 80))} between the tables is not read`;
    findings.add("doubt", "text-passed-over", block.line, message, "Add what matters with an overlay.");
  }
}

/** What looks like a row and stands in no table, because the page is damaged, must not vanish in silence. */
function reportLostRows(text: string, placed: readonly Placed[], findings: Findings): void {
  const inTables = new Set<number>();
  for (const { block } of placed) {
    if (block.kind !== "table") continue;
    // The line below the header only divides.
    for (const line of [block.line, block.line + 1, ...block.rows.map((row) => row.line)]) inTables.add(line);
  }
  for (const [index, row] of text.split(/\r\n|\r|\n/).entries()) {
    const line = index + 1;
    if (/^[\s>*+-]*\|.*\|/.test(row) && !inTables.has(line))
      leaveOut(row.trim(), line, "stands in no table", findings);
  }
}
