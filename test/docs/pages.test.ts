import { dirname, join } from "node:path/posix";
import { type HtmlElement, HtmlValidate, Parser } from "html-validate";
import MarkdownIt from "markdown-it";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { mdxSyntax } from "../support/mdx.js";
import type { Site } from "../support/site.js";
import { sites } from "../support/sites.js";

const validator = new HtmlValidate({
  extends: ["html-validate:standard", "html-validate:document"],
  rules: {
    // The case of `<!doctype html>` has no meaning.
    "doctype-style": "off",
    // Titles are names of actions, which can be long.
    "long-title": "off",
    // White space at line ends is harmless.
    "no-trailing-whitespace": "off",
    // Scripts and styles are of the same origin.
    "require-sri": "off",
  },
});
const markdown = new MarkdownIt({ html: true });

/** The elements of a page. */
async function elementsOf(html: string): Promise<HtmlElement[]> {
  const parser = new Parser(await validator.getConfigFor("page.html"));
  return parser.parseHtml(html).querySelectorAll("*");
}

const attribute = (element: HtmlElement, name: string) => element.getAttributeValue(name) ?? undefined;

/** Entities that the templates write in attributes. */
const decoded = (value: string) =>
  value.replace(/&(?:amp|lt|gt|quot|#(\d+));/g, (entity, code) =>
    code === undefined
      ? ({ "&amp;": "&", "&lt;": "<", "&gt;": ">", "&quot;": '"' }[entity] ?? entity)
      : String.fromCodePoint(Number(code)),
  );

/** Anchors of the headings of a Markdown page, as GitHub and documentation sites create them. */
function headingAnchors(text: string): string[] {
  const tokens = markdown.parse(text, {});
  const anchors: string[] = [];
  for (const [at, { type }] of tokens.entries()) {
    if (type !== "heading_open") continue;
    const title = tokens[at + 1]?.children?.map(({ content }) => content).join("") ?? "";
    const anchor = title
      .toLowerCase()
      .replace(/[^\p{L}\p{N}_ -]/gu, "")
      .replaceAll(" ", "-");
    // The second heading with a title gets another anchor.
    anchors.push(anchors.includes(anchor) ? `${anchor}-1` : anchor);
  }
  return anchors;
}

function markdownLinks(text: string): string[] {
  const inline = markdown.parse(text, {}).flatMap(({ children }) => children ?? []);
  return inline.flatMap((token) => (token.attrGet("href") ?? []) as string | string[]);
}

describe.each(Object.entries(sites))("the reference with %s", (_, create) => {
  let site: Site;
  /** IDs and targets of the links of each page, by its path. */
  const pages = new Map<string, { ids: string[]; links: string[] }>();

  beforeAll(async () => {
    site = await create();
    for (const path of site.pages) {
      const elements = await elementsOf(await site.read(path));
      const ids = elements.flatMap((element) => attribute(element, "id") ?? []).map(decoded);
      const links = elements
        .flatMap((element) => [attribute(element, "href") ?? [], attribute(element, "src") ?? []].flat())
        .map(decoded);
      pages.set(path, { ids, links });
      const twin = path.replace(/\.html$/, ".md");
      const text = await site.read(twin).catch(() => "");
      pages.set(twin, { ids: headingAnchors(text), links: markdownLinks(text) });
    }
  }, 60_000);
  afterAll(() => site?.remove());

  /** Problem of a relative link of a file; `undefined` if its file and its anchor exist, or if it is absolute. */
  function problemOf(from: string, link: string): string | undefined {
    if (/^https?:/.test(link)) return undefined;
    const [path = "", anchor] = link.split("#");
    const target = path === "" ? from : join(dirname(from), decodeURIComponent(path));
    if (!site.files.includes(target)) return `${from}: ${link} does not exist`;
    const ids = pages.get(target)?.ids ?? [];
    const isFound = anchor === undefined || ids.includes(decodeURIComponent(anchor));
    return isFound ? undefined : `${from}: ${link} has no such anchor`;
  }

  test("is valid HTML", async () => {
    for (const path of site.pages) {
      const { results } = await validator.validateString(await site.read(path));
      const problems = results.flatMap(({ messages }) => messages);
      expect(problems.map(({ ruleId, message, line }) => `${path}:${line} ${ruleId}: ${message}`)).toEqual(
        [],
      );
    }
  });

  test("has no broken link and no broken anchor", () => {
    expect(pages.size).toBeGreaterThan(2);
    // The page for missing pages is shown at any URL, so its links are below the base path.
    const broken = [...pages].flatMap(([path, { links }]) =>
      /^404\./.test(path) ? [] : links.flatMap((link) => problemOf(path, link) ?? []),
    );
    expect(broken).toEqual([]);
  });

  test("has unique IDs on each page", () => {
    for (const [path, { ids }] of [...pages].filter(([path]) => path.endsWith(".html")))
      expect(
        ids.filter((id, at) => ids.indexOf(id) !== at),
        path,
      ).toEqual([]);
  });

  test("has a Markdown twin of each page, which the page links and which compiles as MDX", async () => {
    for (const path of site.pages) {
      const twin = path.replace(/\.html$/, ".md");
      expect(site.files).toContain(twin);
      const alternate = (await elementsOf(await site.read(path))).find(
        (element) =>
          attribute(element, "rel") === "alternate" && attribute(element, "type") === "text/markdown",
      );
      expect(alternate && attribute(alternate, "href"), path).toMatch(
        new RegExp(`(^|/)${twin.split("/").at(-1)}$`),
      );
      const text = await site.read(twin);
      expect(mdxSyntax(text), twin).toEqual([]);
      expect(text.trim(), twin).not.toBe("");
    }
  });

  test("has neither inline scripts nor inline styles", async () => {
    for (const path of site.pages) {
      for (const element of await elementsOf(await site.read(path))) {
        const names = element.attributes.map(({ key }) => key);
        expect(
          names.filter((name) => name === "style" || name.startsWith("on")),
          path,
        ).toEqual([]);
        const isCode = element.is("style") || (element.is("script") && !names.includes("src"));
        if (isCode) expect(attribute(element, "type"), path).toBe("application/json");
      }
    }
  });
});
