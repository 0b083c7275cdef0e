/**
 * Converts a cell, which is one line of Markdown with `<br>` as line break, to CommonMark with hard line breaks. Text
 * that would begin a list, a quote or a heading on a line of its own is escaped.
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

/** Converts blocks of a page to CommonMark, with resolved links. The vendor's notes (`!>`, `?>`) become quotes. */
export function blockDescription(text: string, linkTo: (target: string) => string): string {
  return resolveLinks(
    text
      .replace(/^[!?]>[ \t]*/gm, "> ")
      // Text after a break was in the middle of a line, so it must not begin a block.
      .replace(/<br\s*\/?>[ \t]*([^\n<]*)/gi, (_, rest: string) => `\\\n${escapeStart(rest)}`)
      .replace(/(?<!\\\n)(?:\\\n)+$/, "")
      .trim(),
    linkTo,
  );
}

/** Begins a block at the start of a line: a quote, a heading, a list, a fence, or a link definition. */
const blockStart = /^(?=[>#+]|[-=]+(?:\s|$)|\*\s|~~~|```|\[(?:[^\]\\]|\\.)+\]:)/;
const rule = /^([-*_])(?:\s*\1){2,}\s*$/;

/** Escapes a line that would begin a block. */
function escapeStart(line: string): string {
  if (rule.test(line)) return line.replace(/[-*_]/g, "\\$&");
  return line.replace(blockStart, "\\").replace(/^(\d+)(?=[.)](\s|$))/, "$1\\");
}

/** Resolves the targets of links, except inside code. */
function resolveLinks(text: string, linkTo: (target: string) => string): string {
  const resolve = (part: string) =>
    part.replace(
      /(\]\()(<[^<>\n]*>|[^\s()<>]*(?:\([^\s()]*\)[^\s()<>]*)*)(?=[\s)])/g,
      (whole, open: string, target: string) => {
        const bare = target.replace(/^<(.*)>$/, "$1");
        return bare === "" ? whole : `${open}${linkTo(bare)}`;
      },
    );
  const parts: string[] = [];
  let end = 0;
  for (const [from, to] of codeSpans(text)) {
    parts.push(resolve(text.slice(end, from)), text.slice(from, to));
    end = to;
  }
  return parts.join("") + resolve(text.slice(end));
}

/** Start and end of each code span. Finds the end of each run of backticks first, since a search for it would be quadratic. */
function codeSpans(text: string): [from: number, to: number][] {
  const runs = [...text.matchAll(/`+/g)].map(({ 0: { length }, index }) => ({ length, from: index }));
  const nearest = new Map<number, number>();
  const closing: (number | undefined)[] = [];
  for (let at = runs.length - 1; at >= 0; at--) {
    const { length = 0 } = runs[at] ?? {};
    closing[at] = nearest.get(length);
    nearest.set(length, at);
  }
  const spans: [number, number][] = [];
  for (let at = 0; at < runs.length; at++) {
    const [open, close] = [runs[at], runs[closing[at] ?? -1]];
    if (open === undefined || close === undefined) continue;
    spans.push([open.from, close.from + close.length]);
    at = closing[at] ?? at;
  }
  return spans;
}

/**
 * Creates the resolver for a page's links.
 *
 * @param docsUrl base URL of relative links, ending in `/`, as on the vendor's site; `""` to keep them relative.
 * @param pageUrl base URL of links within the page; `""` if unknown.
 */
export function linkResolver(docsUrl: string, pageUrl: string): (target: string) => string {
  return (target) => {
    const base = target.startsWith("#") ? pageUrl : docsUrl;
    if (/^[a-z][a-z0-9+.-]*:/i.test(target) || base === "" || !URL.canParse(target, base)) return target;
    return new URL(target, base).href;
  };
}
