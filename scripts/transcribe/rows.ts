import type { Block, Row } from "./blocks.js";
import type { Findings } from "./findings.js";
import { type Column, columns, finder, requiredWords } from "./layout.js";

/** One row of a table of fields, as the page writes it. */
export interface PageRow {
  readonly name: string;
  /** Text of the cell: `array[[*Model*](#Model)]`. */
  readonly type: string;
  readonly description: string;
  readonly required: boolean;
  readonly line: number;
}

type Table = Extract<Block, { kind: "table" }>;

const findColumn = finder(columns);
const findRequired = finder(requiredWords);

/** Whether a table says of fields what they are called and of which type they are. */
export function isFieldTable(table: Table): boolean {
  const found = table.header.cells.map(findColumn);
  return found.includes("name") && found.includes("type");
}

/** Reads the rows of a table of fields. A row that cannot be read goes to `findings`. */
export function readRows(table: Table, findings: Findings): PageRow[] {
  const order = table.header.cells.map(findColumn);
  if (!order.includes("required")) {
    findings.add(
      "warning",
      "column-missing",
      table.line,
      "the table does not say which fields are required",
      "They are taken as not required. Correct that with an overlay.",
    );
  }
  for (const [index, title] of table.header.cells.entries()) {
    const column = order[index];
    if (column !== undefined && order.indexOf(column) === index) continue;
    const message = `the column ${JSON.stringify(title)} is not read`;
    const help = "Name it as scripts/transcribe/layout.ts does, or add its word there.";
    findings.add("warning", "column-unknown", table.line, message, help);
  }
  return joinBrokenRows(table.rows, order.length).flatMap((row) => readRow(row, order, findings) ?? []);
}

/** A cell with a line break in it leaves a row that is too short, and a rest that does not begin with a pipe. */
function joinBrokenRows(rows: readonly Row[], width: number): Row[] {
  const joined: Row[] = [];
  for (const row of rows) {
    const last = joined.at(-1);
    const isRest = last !== undefined && !row.isOpened && last.cells.length < width;
    if (!isRest) {
      joined.push(row);
      continue;
    }
    const [first = "", ...others] = row.cells;
    const end = last.cells.at(-1) ?? "";
    joined[joined.length - 1] = {
      ...last,
      cells: [...last.cells.slice(0, -1), `${end}<br>${first}`, ...others],
    };
  }
  return joined;
}

function readRow(row: Row, order: readonly (Column | undefined)[], findings: Findings): PageRow | undefined {
  const cells = fitCells(row, order, findings);
  const cell = (column: Column) => cells[order.indexOf(column)] ?? "";
  const name = plainName(cell("name"));
  if (name === "") {
    const help = "Nothing of it is in the document. Mend the page, or add the field with an overlay.";
    const message = `the row ${JSON.stringify(row.cells.join(" | "))} has no name`;
    findings.add("warning", "row-left-out", row.line, message, help);
    return undefined;
  }
  const required = findRequired(cell("required"));
  if (required === undefined && order.includes("required")) {
    const seen = JSON.stringify(cell("required"));
    const message = `${name} says ${seen} where Yes or No belongs`;
    findings.add(
      "warning",
      "required-unclear",
      row.line,
      message,
      "It is taken as not required. Correct that with an overlay.",
    );
  }
  return {
    name,
    type: cell("type"),
    description: cell("description"),
    required: required === "yes",
    line: row.line,
  };
}

/** Brings a row to the table's width: a pipe that was not escaped is taken for part of the description. */
function fitCells({ cells, line }: Row, order: readonly unknown[], findings: Findings): readonly string[] {
  const extra = cells.length - order.length;
  if (extra === 0) return cells;
  const at = order.indexOf("description");
  const isLastRequired = order.at(-1) === "required" && findRequired(cells.at(-1) ?? "") !== undefined;
  const canJoin = extra > 0 && at >= 0 && isLastRequired;
  const message = `the row of ${plainName(cells[0] ?? "")} has ${cells.length} cells where the table has ${order.length}`;
  const help = canJoin
    ? "The cells in the middle are taken as one description. Write \\| for a pipe in a cell."
    : "What is missing is taken as empty, and what is too much is left out. Mend the page.";
  findings.add("warning", "row-cells", line, message, help);
  if (!canJoin) return cells;
  return [...cells.slice(0, at), cells.slice(at, at + extra + 1).join(" | "), ...cells.slice(at + extra + 1)];
}

/** A name without the emphasis, escapes and invisible characters around it. */
function plainName(cell: string): string {
  return cell.replace(/[*`\\\u200B-\u200D\uFEFF]/g, "").trim();
}
