import MarkdownIt from "markdown-it";

/** A part of a page. `line` is its first line, 1-based. */
export type Block =
  | { readonly kind: "heading"; readonly level: number; readonly text: string; readonly line: number }
  | { readonly kind: "table"; readonly header: Row; readonly rows: readonly Row[]; readonly line: number }
  | { readonly kind: "code"; readonly isIndented: boolean; readonly text: string; readonly line: number }
  | { readonly kind: "prose"; readonly text: string; readonly line: number };

/** A row of a table: its trimmed cells, with escaped pipes unescaped. */
export interface Row {
  readonly cells: readonly string[];
  readonly line: number;
  /** A row without a leading pipe may continue the row above it. */
  readonly startsWithPipe: boolean;
}

// Only blocks are needed: descriptions keep their Markdown.
const parser = new MarkdownIt("commonmark", { html: true }).enable("table").disable(["inline", "text_join"]);

/** Splits a page into blocks, in order. Every line except comments is in a block. */
export function readBlocks(text: string): Block[] {
  const lines = text.replace(/^\uFEFF/, "").split(/\r\n|\r|\n/);
  const blocks: Block[] = [];
  const tokens = parser.parse(lines.join("\n"), {});
  const textOf = ([from, to]: [number, number]) => lines.slice(from, to).join("\n");
  for (let index = 0; index < tokens.length; index++) {
    const token = tokens[index];
    if (!token?.map) continue;
    const [from, to] = token.map;
    const line = from + 1;
    if (token.type === "heading_open") {
      const level = Number(token.tag.slice(1));
      blocks.push({ kind: "heading", level, text: tokens[index + 1]?.content ?? "", line });
      index += 2;
    } else if (token.type === "table_open") {
      const rows = lines.slice(from, to).map((row, offset) => ({
        cells: splitCells(row),
        line: line + offset,
        startsWithPipe: row.trimStart().startsWith("|"),
      }));
      const [header, , ...body] = rows;
      if (header !== undefined) blocks.push({ kind: "table", header, rows: body, line });
      index = closing(tokens, index, "table_close");
    } else if (token.type === "fence" || token.type === "code_block") {
      const isIndented = token.type === "code_block";
      blocks.push({ kind: "code", isIndented, text: token.content, line: isIndented ? line : line + 1 });
    } else if (token.type === "html_block" && /^\s*<!--[\s\S]*-->\s*$/.test(token.content)) {
      // Readers of the page do not see comments.
    } else if (token.type !== "hr") {
      blocks.push({ kind: "prose", text: textOf(token.map), line });
      const close = token.type.replace(/_open$/, "_close");
      if (close !== token.type) index = closing(tokens, index, close);
    }
  }
  return blocks;
}

/** Index of the closing token for the token at `index`. */
function closing(tokens: readonly { type: string; level: number }[], index: number, type: string): number {
  const level = tokens[index]?.level;
  for (let at = index + 1; at < tokens.length; at++) {
    if (tokens[at]?.type === type && tokens[at]?.level === level) return at;
  }
  return index;
}

/** Cells of a row. A pipe after a backslash belongs to the cell. */
export function splitCells(row: string): string[] {
  const inner = row.trim().replace(/^\|/, "");
  const cells: string[] = [];
  let cell = "";
  for (let index = 0; index < inner.length; index++) {
    const char = inner.charAt(index);
    if (char === "\\" && inner.charAt(index + 1) === "|") {
      cell += "|";
      index++;
    } else if (char === "|") {
      cells.push(cell.trim());
      cell = "";
    } else {
      cell += char;
    }
  }
  if (cell.trim() !== "") cells.push(cell.trim());
  return cells;
}
