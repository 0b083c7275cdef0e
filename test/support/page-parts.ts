import MarkdownIt from "markdown-it";
import type { Page } from "playwright-core";

/** How often each part of a page occurs: elements, attributes, comments, and addresses by what they lead to. */
export type PageParts = Readonly<Record<string, number>>;

/** Reads HTML with the parser of a browser. @param page an empty page. @param sources documents, or parts of them. */
function readParts(page: Page, sources: readonly string[]): Promise<PageParts[]> {
  return page.evaluate((all) => {
    const addresses = "href src action formaction data srcset poster ping background xlink:href".split(" ");
    const kindOf = (address: string) => {
      if (address.startsWith("#")) return "anchor";
      if (/^https?:\/\//.test(address)) return "web";
      // A page or a file of the reference.
      return /^(?:\.\.\/)*(?:[\w-]+\/)*[\w.-]*(?:#[\w.-]*)?$/.test(address)
        ? "page"
        : JSON.stringify(address);
    };
    const read = (source: string) => {
      const found: Record<string, number> = {};
      const add = (part: string) => {
        found[part] = (found[part] ?? 0) + 1;
      };
      const document = new DOMParser().parseFromString(source, "text/html");
      const walker = document.createTreeWalker(document, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_COMMENT);
      for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
        if (!(node instanceof Element)) {
          add("comment");
          continue;
        }
        add(node.nodeName === "DIV" ? `div.${node.className}` : node.nodeName.toLowerCase());
        for (const { name, value } of node.attributes)
          add(
            `${node.nodeName.toLowerCase()}[${name}${addresses.includes(name) ? `=${kindOf(value)}` : ""}]`,
          );
      }
      return found;
    };
    return all.map((source) => {
      const found = read(source);
      // Markup that is parsed, printed and parsed again can become other markup.
      const again = read(new DOMParser().parseFromString(source, "text/html").documentElement.outerHTML);
      for (const [part, times] of Object.entries(again))
        if (times > (found[part] ?? 0)) found[`mutated ${part}`] = times;
      return found;
    });
  }, sources);
}

/** Parts that a description and a highlighted sample can have: CommonMark without raw HTML and images, and a language. */
const inert =
  /^(?:a|a\[href=web\]|a\[title\]|b|blockquote|br|code|code\[class\]|div\.prose|div\[class\]|em|h[1-6]|hr|i|li|ol|ol\[start\]|p|pre|strong|u|ul|wbr|\w+\[lang\])$/;

/** Names of the parts of a page that no description has. */
export function activeParts(parts: PageParts): string[] {
  return Object.keys(parts).filter((name) => !inert.test(name));
}

/** Parts that a page has more often than expected; those of descriptions are left out. */
export function addedParts(parts: PageParts, expected: PageParts): string[] {
  return activeParts(parts)
    .filter((name) => (parts[name] ?? 0) > (expected[name] ?? 0))
    .map((name) => `${name}: ${parts[name]} instead of ${expected[name] ?? 0}`);
}

/** A renderer of Markdown with the fewest restrictions: raw HTML and all addresses. */
const reader = new MarkdownIt({ html: true });
reader.validateLink = () => true;

/** Reads the pages of a reference and README files, rendered if they are Markdown. @param empty a page of a browser. */
export async function readPages(
  empty: Page,
  files: ReadonlyMap<string, string>,
): Promise<[path: string, parts: PageParts][]> {
  const pages = [...files].filter(
    ([path]) => !path.startsWith("packages/core/") && /\.(?:html|md)$/.test(path),
  );
  const sources = pages.map(([path, text]) => (path.endsWith(".md") ? reader.render(text) : text));
  const parts = await readParts(empty, sources);
  return pages.map(([path], index) => [path, parts[index] ?? {}]);
}
