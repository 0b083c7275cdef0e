/**
 * Turns the text of a cell, which is one line of Markdown with `<br>` for its breaks, into CommonMark: a break
 * becomes a hard break, and what would begin a list, a quote or a heading on a line of its own stays text.
 *
 * @param linkTo resolves the target of a link.
 */
export function cellDescription(cell: string, linkTo: (target: string) => string): string {
  const lines = cell
    .split(/<br\s*\/?>/i)
    .map((line) => line.trim())
    .filter((line) => line !== "");
  return resolveLinks(lines.map(escapeStart).join("\\\n"), linkTo);
}

/**
 * Blocks of the page as CommonMark: as they are, with their links resolved. A note, which the vendor's site knows by
 * `!>` or `?>`, becomes a quote.
 */
export function blockDescription(text: string, linkTo: (target: string) => string): string {
  return resolveLinks(
    text
      .replace(/^[!?]>[ \t]*/gm, "> ")
      // What follows a break was in the middle of a line.
      .replace(/<br\s*\/?>[ \t]*([^\n<]*)/gi, (_, rest: string) => `\\\n${escapeStart(rest)}`)
      .replace(/(\\\n)+$/, "")
      .trim(),
    linkTo,
  );
}

/** What makes a block where a line begins: a quote, a heading, a list, a fence, the target of a link. */
const blockStart = /^(?=[>#+]|[-=]+(?:\s|$)|\*\s|~~~|```|\[(?:[^\]\\]|\\.)+\]:)/;
const rule = /^([-*_])(?:\s*\1){2,}\s*$/;

/** Makes text of what would be a block. In the cell it was in the middle of a line, or alone in it. */
function escapeStart(line: string): string {
  if (rule.test(line)) return line.replace(/[-*_]/g, "\\$&");
  return line.replace(blockStart, "\\").replace(/^(\d+)(?=[.)](\s|$))/, "$1\\");
}

/** The targets of links, those inside code left alone. */
function resolveLinks(text: string, linkTo: (target: string) => string): string {
  return text.replace(
    /(`+)[^`](?:[\s\S]*?[^`])?\1(?!`)|(\]\()(<[^<>\n]*>|[^\s()<>]*(?:\([^\s()]*\)[^\s()<>]*)*)(?=[\s)])/g,
    (whole, code: string | undefined, open: string, target: string) => {
      if (code !== undefined) return whole;
      const bare = target.replace(/^<(.*)>$/, "$1");
      return bare === "" ? whole : `${open}${linkTo(bare)}`;
    },
  );
}

/**
 * Makes the resolver of a page's links.
 *
 * @param docsUrl where the vendor's pages are, ending in `/`: relative links count from there, as the vendor's own
 *   site reads them; `""` leaves them as they are.
 * @param pageUrl where this page is, for links to places in it; `""` where that is not known.
 */
export function linkResolver(docsUrl: string, pageUrl: string): (target: string) => string {
  return (target) => {
    const base = target.startsWith("#") ? pageUrl : docsUrl;
    if (/^[a-z][a-z0-9+.-]*:/i.test(target) || base === "" || !URL.canParse(target, base)) return target;
    return new URL(target, base).href;
  };
}
