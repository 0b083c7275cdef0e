import MarkdownIt from "markdown-it";
import { linkUrl } from "./escape.js";

/**
 * Descriptions are CommonMark. They are parsed once, without raw HTML and images, and printed anew for each
 * target, so that nothing in them is markup that was not recognised as such.
 */
const parser = new MarkdownIt("commonmark", { html: false }).disable("image");
// What is no link to the web stays the text that it is.
parser.validateLink = (url) => linkUrl(url) !== "#";
type Token = ReturnType<typeof parser.parse>[number];

/** A description inside a line of HTML. */
export function inlineHtml(description: string): string {
  return parser.renderInline(description);
}

/** A description as blocks of HTML. */
export function blockHtml(description: string): string {
  return parser.render(description).trim();
}

/** A description inside a cell of a Markdown table, or any other single line. */
export function markdownLine(description: string): string {
  return parser
    .parseInline(description, {})
    .map((token) => printInline(token, "<br>"))
    .join(" ");
}

/** A description as blocks of Markdown: paragraphs, lists flattened to one level, code. */
export function markdownBlock(description: string): string {
  const blocks: string[] = [];
  let prefix = "";
  for (const token of parser.parse(description, {})) {
    if (token.type === "list_item_open") prefix = "- ";
    else if (token.type === "inline") {
      blocks.push(prefix + printInline(token, "\\\n"));
      prefix = "";
    } else if (token.type === "fence" || token.type === "code_block") {
      blocks.push(markdownFence("", token.content));
    }
  }
  return blocks.join("\n\n");
}

/** Plain text in Markdown, on one line, with nothing left that Markdown would read as markup. */
export function markdownText(text: string): string {
  return text
    .replace(/[\p{Cc}\u2028\u2029]+/gu, " ")
    .replace(/[\\`*_[\]<>|~]|&(?=#?\w+;)/g, "\\$&")
    .replace(/!$/, "\\!")
    .replace(/^\s*([#+=-])/, "\\$1")
    .replace(/^\s*(\d+)([.)])/, "$1\\$2");
}

/** Text as a code span on one line, also inside a table. */
export function markdownCode(text: string): string {
  const line = text.replace(/[\p{Cc}\u2028\u2029]+/gu, " ").replaceAll("|", "\\|");
  const fence = "`".repeat(longestRun(line) + 1);
  // A space at both ends is taken off when the span is read.
  const space = /^`|`$|^ .* $/.test(line) ? " " : "";
  return `${fence}${space}${line}${space}${fence}`;
}

/** Text as a code block. */
export function markdownFence(language: string, text: string): string {
  const fence = "`".repeat(Math.max(3, longestRun(text) + 1));
  return `${fence}${language}\n${text.trimEnd()}\n${fence}`;
}

function longestRun(text: string): number {
  return Math.max(0, ...Array.from(text.matchAll(/`+/g), ([run]) => run.length));
}

function printInline({ children }: Token, lineBreak: string): string {
  const targets: string[] = [];
  const parts = (children ?? []).map((token) => {
    switch (token.type) {
      case "code_inline":
        return markdownCode(token.content);
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
        return markdownText(token.content);
    }
  });
  return parts.join("");
}

function markdownTarget(url: string): string {
  return url.replace(
    /[()<>|\\\s]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase().padStart(2, "0")}`,
  );
}
