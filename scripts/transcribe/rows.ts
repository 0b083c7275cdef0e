import type { Block, Row } from "./blocks.js";
import type { Findings } from "./findings.js";
import { type Column, columns, finder, requiredWords } from "./layout.js";

/** A row of a field table, as the page has it. */
export interface PageRow {
  readonly name: string;
  /** Markdown of the cell: `array[[*Model*](#Model)]`. */
  readonly type: string;
  readonly description: string;
  readonly required: boolean;
  readonly line: number;
}

export type Table = Extract<Block, { kind: "table" }>;

const findColumn = finder(columns);
const findRequired = finder(requiredWords);

/** Columns of a table that the layout knows. */
export function columnsOf(table: Table): ReadonlySet<Column> {
  return new Set(table.header.cells.flatMap((title) => findColumn(title) ?? []));
}

/** Whether a table has a column for the names of fields and one for their types. */
export function isFieldTable(table: Table): boolean {
  const found = columnsOf(table);
  return found.has("name") && found.has("type");
}

/** Whether a table may be a field table whose header is damaged: a row says that a field is required, or that it is not. */
export function mayBeFieldTable({ header, rows }: Table): boolean {
  return [header, ...rows].some(({ cells }) => cells.some((cell) => findRequired(cell) !== undefined));
}

/** Reads the rows of a field table, and reports those that cannot be read. */
export function readRows(table: Table, findings: Findings): PageRow[] {
  const order = table.header.cells.map(findColumn);
  if (!order.includes("required")) {
    const message = "the table does not say which fields are required";
    findings.warn("column-missing", table.line, message, requiredHelp("They are"));
  }
  for (const [index, title] of table.header.cells.entries()) {
    const column = order[index];
    if (column !== undefined && order.indexOf(column) === index) continue;
    const message =
      title === ""
        ? "a column without a heading is ignored"
        : `the column ${JSON.stringify(title)} is ignored`;
    const help = "Rename it to one of the columns in scripts/transcribe/layout.ts, or add its heading there.";
    findings.warn("column-unknown", table.line, message, help);
  }
  return joinBrokenRows(table.rows, order.length).flatMap((row) => readRow(row, order, findings) ?? []);
}

function requiredHelp(subject: string): string {
  return `${subject} treated as not required. Correct that with an overlay.`;
}

/** A line break inside a cell leaves a row that is too short, followed by a line that does not begin with a pipe. */
function joinBrokenRows(rows: readonly Row[], width: number): Row[] {
  const joined: Row[] = [];
  for (const row of rows) {
    const last = joined.at(-1);
    if (last === undefined || row.startsWithPipe || last.cells.length >= width) {
      joined.push(row);
      continue;
    }
    const [first = "", ...others] = row.cells;
    const cells = [...last.cells.slice(0, -1), `${last.cells.at(-1) ?? ""}<br>${first}`, ...others];
    joined[joined.length - 1] = { ...last, cells };
  }
  return joined;
}

function readRow(row: Row, order: readonly (Column | undefined)[], findings: Findings): PageRow | undefined {
  const { line } = row;
  const cells = fitCells(row, order, findings);
  const cell = (column: Column) => cells[order.indexOf(column)] ?? "";
  const name = plainName(cell("name"));
  if (name === "") {
    findings.omitRow(line, row.cells.join(" | "), "has no name");
    return undefined;
  }
  const required = findRequired(cell("required"));
  if (required === undefined && order.includes("required")) {
    const message = `${name} has ${JSON.stringify(cell("required"))} instead of Yes or No`;
    findings.warn("required-unclear", line, message, requiredHelp("It is"));
  }
  const [type, description] = [cell("type"), cell("description")];
  return { name, type, description, required: required === "yes", line };
}

/** Adjusts a row to the width of its table. An unescaped pipe is assumed to be part of the description. */
function fitCells({ cells, line }: Row, order: readonly unknown[], findings: Findings): readonly string[] {
  const extra = cells.length - order.length;
  if (extra === 0) return cells;
  const at = order.indexOf("description");
  const isLastRequired = order.at(-1) === "required" && findRequired(cells.at(-1) ?? "") !== undefined;
  const canJoin = extra > 0 && at >= 0 && isLastRequired;
  const message = `the row of ${plainName(cells[0] ?? "")} has ${cells.length} cells, but the table has ${order.length} columns`;
  const help = canJoin
    ? "The cells in the middle are joined to one description. Write \\| for a pipe in a cell."
    : "Missing cells are treated as empty, and surplus cells are ignored. Fix the page.";
  findings.warn("row-cells", line, message, help);
  if (!canJoin) return cells;
  return [...cells.slice(0, at), cells.slice(at, at + extra + 1).join(" | "), ...cells.slice(at + extra + 1)];
}

/** A name without emphasis, escapes and invisible characters; also used for the headings of data models. */
export function plainName(cell: string): string {
  return cell.replace(/[*`\\\u200B-\u200D\uFEFF]/g, "").trim();
}
