import MarkdownIt from "markdown-it";

/** A part of a page. `line` is its first line, 1-based. */
export type Block =
  | { readonly kind: "heading"; readonly level: number; readonly text: string; readonly line: number }
  | { readonly kind: "table"; readonly header: Row; readonly rows: readonly Row[]; readonly line: number }
  | { readonly kind: "code"; readonly text: string; readonly line: number; readonly isClosed: boolean }
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

/** Splits a page into blocks, in order. Every line except comments and rules is in a block. */
export function readBlocks(page: string): Block[] {
  const lines = page.replace(/^\uFEFF/, "").split(/\r\n|\r|\n/);
  const tokens = parser.parse(lines.join("\n"), {});
  return tokens.flatMap((token, index): Block[] => {
    const { type, content, level } = token;
    if (level > 0 || !token.map || type === "hr") return [];
    const [from, to] = token.map;
    const line = from + 1;
    if (type === "heading_open") {
      const text = tokens[index + 1]?.content ?? "";
      return [{ kind: "heading", level: Number(token.tag.slice(1)), text, line }];
    }
    if (type === "table_open") {
      const rows = lines.slice(from, to).map((row, offset) => ({
        cells: splitCells(row),
        line: line + offset,
        startsWithPipe: row.trimStart().startsWith("|"),
      }));
      const [header, , ...body] = rows;
      return header === undefined ? [] : [{ kind: "table", header, rows: body, line }];
    }
    if (type === "code_block") return [{ kind: "code", text: content, line, isClosed: true }];
    if (type === "fence") {
      // Only a closing fence consists of these marks alone.
      const last = to - from > 1 ? (lines[to - 1] ?? "").trim() : "";
      const isClosed = last.startsWith(token.markup) && new Set(last).size === 1;
      return [{ kind: "code", text: content, line: line + 1, isClosed }];
    }
    // Readers of the page do not see comments.
    if (type === "html_block" && /^\s*<!--[\s\S]*-->\s*$/.test(content)) return [];
    return [{ kind: "prose", text: lines.slice(from, to).join("\n"), line }];
  });
}

/** Cells of a row. A pipe after a backslash belongs to the cell. */
function splitCells(row: string): string[] {
  const cells = row
    .trim()
    .replace(/^\|/, "")
    .split(/(?<!\\)\|/)
    .map((cell) => cell.replaceAll("\\|", "|").trim());
  return cells.at(-1) === "" ? cells.slice(0, -1) : cells;
}
