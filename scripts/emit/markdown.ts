import MarkdownIt from "markdown-it";
import { oneLine } from "../text.js";
import { htmlText, linkUrl } from "./escape.js";

/**
 * Descriptions are CommonMark. They are parsed once, without raw HTML and images, and printed anew for each
 * target, so that nothing in them is markup that was not recognised as such.
 */
const parser = new MarkdownIt("commonmark", { html: false }).disable("image");
// What is no link to the web stays the text that it is.
parser.validateLink = (url) => linkUrl(url) !== "#";
type Token = ReturnType<typeof parser.parse>[number];

/** Whether a text says in CommonMark, and in a table, just what it says: most do, and need not be parsed. */
function isPlain(text: string): boolean {
  return /^[\p{L}\p{N}]/u.test(text) && !/[\\`*_[\]<>|~&!"\p{Cc}\u2028\u2029]|^\d+[.)]|\s$/u.test(text);
}

/** What was parsed last: a page is printed as HTML and as Markdown, and pages say much in the same words. */
const parsed = new Map<string, Token[]>();
const mostParsed = 1000;

/** A text that stands on one line. */
function parseInline(text: string): Token[] {
  const tokens = parsed.get(text) ?? parser.parseInline(text, {});
  if (parsed.size >= mostParsed) parsed.clear();
  parsed.set(text, tokens);
  return tokens;
}

/** A description inside a line of HTML. */
export function inlineHtml(description: string): string {
  if (isPlain(description)) return htmlText(description);
  return parser.renderer.render(parseInline(description), parser.options, {});
}

/** A description as blocks of HTML. */
export function blockHtml(description: string): string {
  if (isPlain(description)) return `<p>${htmlText(description)}</p>`;
  return parser.render(description).trim();
}

/** A description inside a cell of a table. */
export function markdownCell(description: string): string {
  if (isPlain(description)) return description;
  return parseInline(description)
    .map((token) => printInline(token, cell))
    .join(" ");
}

/** A description as blocks of Markdown: paragraphs, lists flattened to one level, code. */
export function markdownBlock(description: string): string {
  if (isPlain(description)) return oneLine(description);
  const blocks: string[] = [];
  let prefix = "";
  for (const token of parser.parse(description, {})) {
    if (token.type === "list_item_open") prefix = "- ";
    else if (token.type === "inline") {
      blocks.push(prefix + printInline(token, block));
      prefix = "";
    } else if (token.type === "fence" || token.type === "code_block") {
      blocks.push(markdownFence("", token.content));
    }
  }
  return blocks.join("\n\n");
}

/** Plain text in Markdown, on one line, with nothing left that Markdown would read as markup. */
export function markdownText(text: string): string {
  return escapeStart(escapeInside(text.trim()));
}

/** Text as a code span on one line. */
export function markdownCode(text: string): string {
  const line = oneLine(text);
  const fence = "`".repeat(longestRun(line) + 1);
  // A space at both ends is taken off when the span is read.
  const space = /^`|`$|^ .* $/.test(line) ? " " : "";
  return `${fence}${space}${line}${space}${fence}`;
}

/** Text as a code span inside a cell of a table, which alone reads an escaped pipe in code as a pipe. */
export function markdownCellCode(text: string): string {
  return markdownCode(text).replaceAll("|", "\\|");
}

/** Text as a code block. */
export function markdownFence(language: string, text: string): string {
  const fence = "`".repeat(Math.max(3, longestRun(text) + 1));
  return `${fence}${language}\n${text.trimEnd()}\n${fence}`;
}

function longestRun(text: string): number {
  return Math.max(0, ...Array.from(text.matchAll(/`+/g), ([run]) => run.length));
}

function escapeInside(text: string): string {
  return oneLine(text)
    .replace(/[\\`*_[\]<>|~]|&(?=#?\w+;)/g, "\\$&")
    .replace(/!$/, "\\!");
}

/** What makes a heading, a list or a rule where a line begins. */
function escapeStart(line: string): string {
  return line.replace(/^\s*([#+=-])/, "\\$1").replace(/^\s*(\d+)([.)])/, "$1\\$2");
}

interface Place {
  readonly lineBreak: string;
  readonly code: (text: string) => string;
}

const cell: Place = { lineBreak: "<br>", code: markdownCellCode };
const block: Place = { lineBreak: "\\\n", code: markdownCode };

function printInline({ children }: Token, { lineBreak, code }: Place): string {
  const targets: string[] = [];
  const parts = (children ?? []).map((token) => {
    switch (token.type) {
      case "code_inline":
        return code(token.content);
      case "em_open":
      case "em_close":
        return "*";
      case "strong_open":
      case "strong_close":
        return "**";
      case "softbreak":
        return " ";
      case "hardbreak":
        return lineBreak;
      case "link_open":
        targets.push(linkUrl(String(token.attrGet("href") ?? "")));
        return "[";
      case "link_close":
        return `](${markdownTarget(targets.pop() ?? "#")})`;
      default:
        return escapeInside(token.content);
    }
  });
  return parts.join("").split("\n").map(escapeStart).join("\n");
}

function markdownTarget(url: string): string {
  return url.replace(
    /[()<>|\\\s]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase().padStart(2, "0")}`,
  );
}
