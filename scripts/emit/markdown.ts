import MarkdownIt, { type Token } from "markdown-it";
import { oneLine } from "../text.js";
import { linkUrl } from "./escape.js";
import { linkMentions, type PageOf } from "./mentions.js";

/**
 * Descriptions are CommonMark. They are parsed without raw HTML and images, then printed for each target, so that only
 * markup that the parser recognized remains markup. The Markdown is valid MDX too: `{`, `}` and `<` are escaped.
 */
const parser = new MarkdownIt("commonmark", { html: false }).disable("image");
// Anything but a web link stays text.
parser.validateLink = (url) => linkUrl(url) !== "#";
parser.core.ruler.push("mentions", linkMentions);

/** A description as inline HTML. @param pageOf finds the pages of the actions that it mentions; without it, none is linked. */
export function inlineHtml(description: string, pageOf?: PageOf): string {
  return parser.renderInline(description, { pageOf, extension: ".html" });
}

/** A description as blocks of HTML. @param pageOf as that of {@link inlineHtml}. */
export function blockHtml(description: string, pageOf?: PageOf): string {
  return parser.render(description, { pageOf, extension: ".html" }).trim();
}

/** A description in a cell of a Markdown table. @param pageOf as that of {@link inlineHtml}. */
export function markdownCell(description: string, pageOf?: PageOf): string {
  return parser
    .parseInline(description, { pageOf, extension: ".md" })
    .map((token) => printInline(token, cell))
    .join(" ");
}

/** A description as Markdown blocks: paragraphs, one-level lists and code. @param pageOf as that of {@link inlineHtml}. */
export function markdownBlock(description: string, pageOf?: PageOf): string {
  const blocks: string[] = [];
  let prefix = "";
  for (const token of parser.parse(description, { pageOf, extension: ".md" })) {
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

/** Plain text as one line of Markdown without markup. */
export function markdownText(text: string): string {
  return escapeStart(escapeInside(text.trim()));
}

/** Text as a code span. */
export function markdownCode(text: string): string {
  const line = oneLine(text);
  const fence = "`".repeat(longestRun(line) + 1);
  // A parser strips one space at both ends.
  const space = /^`|`$|^ .* $/.test(line) ? " " : "";
  return `${fence}${space}${line}${space}${fence}`;
}

/** Text as a code span in a cell of a Markdown table, the only context in which `\\|` in code means `|`. */
export function markdownCellCode(text: string): string {
  return markdownCode(text).replaceAll("|", "\\|");
}

/** Text as a fenced code block. */
export function markdownFence(language: string, text: string): string {
  const fence = "`".repeat(Math.max(3, longestRun(text) + 1));
  return `${fence}${language}\n${text.trimEnd()}\n${fence}`;
}

function longestRun(text: string): number {
  return Math.max(0, ...Array.from(text.matchAll(/`+/g), ([run]) => run.length));
}

function escapeInside(text: string): string {
  return oneLine(text)
    .replace(/[\\`*_[\]{}<>|~]|&(?=#?\w+;)/g, "\\$&")
    .replace(/!$/, "\\!");
}

/** Escapes what would start a heading, a list, a rule or, in MDX, a JavaScript module. */
function escapeStart(line: string): string {
  return line
    .replace(/^\s*([#+=-])/, "\\$1")
    .replace(/^\s*(\d+)([.)])/, "$1\\$2")
    .replace(/^\s*(?=(?:ex|im)port\b)(.)/, (_, letter: string) => `&#${letter.charCodeAt(0)};`);
}

/** How a line break and code are printed. */
interface Context {
  readonly lineBreak: string;
  readonly code: (text: string) => string;
}

const cell: Context = { lineBreak: "<br />", code: markdownCellCode };
const block: Context = { lineBreak: "\\\n", code: markdownCode };

function printInline({ children }: Token, { lineBreak, code }: Context): string {
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
        targets.push(targetOf(token));
        return "[";
      case "link_close":
        return `](${targets.pop()})`;
      default:
        return escapeInside(token.content);
    }
  });
  return parts.join("").split("\n").map(escapeStart).join("\n");
}

function targetOf(link: Token): string {
  const url = String(link.attrGet("href"));
  // The address of a page is harmless, and relative.
  return link.meta?.isPage ? url : markdownUrl(url);
}

/** Anchor that renderers of Markdown give a heading of ASCII text. */
export function markdownAnchor(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\w -]/g, "")
    .replaceAll(" ", "-");
}

/** URL of a Markdown link. */
export function markdownUrl(url: string): string {
  return linkUrl(url).replace(
    /[(){}<>|\\\s]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase().padStart(2, "0")}`,
  );
}
