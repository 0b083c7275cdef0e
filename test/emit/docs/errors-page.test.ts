import { readFile } from "node:fs/promises";
import { join } from "node:path";
import MarkdownIt from "markdown-it";
import { describe, expect, test } from "vitest";
import { specificRetCodes } from "../../../scripts/emit/docs/errors.js";
import { errorsPage, errorsView } from "../../../scripts/emit/docs/errors-page.js";
import { operationOf } from "../../../scripts/emit/operation-fields.js";
import { createTemplates } from "../../../scripts/emit/templates.js";
import { readTree } from "../../../scripts/files.js";
import type { ProductSummary, RetCode } from "../../../scripts/model/api-model.js";
import { toolkitFolder } from "../../../scripts/toolkit.js";
import { mdxSyntax } from "../../support/mdx.js";
import { api, product as umem } from "../../support/seed-action.js";

const files = await readTree(join(toolkitFolder, "templates"));
const { template } = errorsPage(api.brand, api.summaries);

/** The page and its Markdown twin. */
function print(products: readonly ProductSummary[], brand = api.brand, translate?: (text: string) => string) {
  const templates = createTemplates(files, translate);
  const view = errorsView(brand, products);
  const render = (format: string) => templates.render(`docs/${template}.${format}.hbs`, view);
  return { html: render("html"), md: render("md") };
}

const retCode = (code: number, more: Partial<RetCode> = {}): RetCode => ({
  code,
  name: "Full",
  meaning: "It is full.",
  remedy: "Empty it.",
  causes: [],
  actions: [],
  retry: "never",
  ...more,
});

const product = (name: string, ...retCodes: RetCode[]): ProductSummary => ({
  ...(api.summaries[0] as ProductSummary),
  name,
  title: `The ${name}`,
  actions: [],
  retCodes,
});

const idsOf = (html: string) => [...html.matchAll(/ id="([^"]+)"/g)].map(([, id = ""]) => id);
/** The section of a RetCode. */
const sectionOf = (html: string, code: number) =>
  html
    .split(/(?=<section )/)
    .find((section) => section.startsWith(`<section class="retcode" id="${code}"`)) ?? "";

describe("the page of this repository", () => {
  const { html, md } = print(api.summaries);

  test("has one section for each RetCode of the gateway and of a product, the gateway's first", () => {
    const codes = idsOf(html).filter((id) => /^\d+$/.test(id));
    const gateway = api.brand.retCodes.map(({ code }) => `${code}`);
    const own = api.summaries.flatMap(({ retCodes }) => retCodes.map(({ code }) => `${code}`));
    expect(codes).toEqual([...gateway, ...own]);
    expect(new Set(idsOf(html)).size).toBe(idsOf(html).length);
    expect([...md.matchAll(/^### (\d+)\n\n`\w+`$/gm)].map(([, code]) => code)).toEqual(codes);
  });

  test("links only to sections that it has", () => {
    const targets = [...html.matchAll(/href="#([^"]+)"/g)].map(([, id]) => id);
    expect(targets).toContain("product-umem");
    expect(idsOf(html)).toEqual(expect.arrayContaining(targets));
  });

  test("has the five causes of 171 in order, and a link to the mistakes", () => {
    const section = sectionOf(html, 171);
    const causes = [...section.matchAll(/<li>(.*)<\/li>/g)].map(([, cause]) => cause);
    const words = ["encoded", "sorted", "added", "Ids.0", "private key"];
    expect(causes).toEqual(words.map((word) => expect.stringContaining(word)));
    expect(section).toContain('href="signing.html#mistakes"');
    expect(sectionOf(html, 172)).not.toContain("signing.html");
    expect(md).toMatch(/### 171\n[^#]*1\. Values were URL-encoded[^#]*\(signing\.md#mistakes\)/);
  });

  test("links a RetCode of a product to the product and to the actions that it is specific to", () => {
    const section = sectionOf(html, 20208);
    expect(section).toContain('<a href="umem/index.html">UMem</a>');
    expect(section).toContain('<a href="umem/CreateUMemBackup.html">');
    expect(sectionOf(html, 153)).not.toContain("<dt data-t>Products</dt>");
  });

  test("names the header of the request ID", () => {
    for (const page of [html, md]) expect(page).toContain(api.brand.requestIdHeader);
  });
});

test("every message has a translation, in the order of the messages", async () => {
  const text = await readFile("templates/docs/messages/zh.json", "utf8");
  const translations: Record<string, string> = JSON.parse(text);
  const messages = new Set<string>();
  print(api.summaries, api.brand, (message) => {
    messages.add(message);
    return message;
  });
  expect(messages.size).toBeGreaterThan(20);
  expect(Object.keys(translations)).toEqual(expect.arrayContaining([...messages]));
  expect(Object.keys(translations)).toEqual(Object.keys(translations).sort());
});

describe("a RetCode of several products has one section", () => {
  test("with one description, if they agree", () => {
    const { html } = print([product("disk", retCode(7000)), product("host", retCode(7000))]);
    const section = sectionOf(html, 7000);
    expect(section.split("It is full.")).toHaveLength(2);
    expect(section).toContain(
      '<a href="disk/index.html">The disk</a> <a href="host/index.html">The host</a>',
    );
    expect(html.split('id="7000"')).toHaveLength(2);
    expect(html.split('<a href="#7000">7000</a> </p>')).toHaveLength(3);
  });

  test("with the products of an action that several of them have", () => {
    const full = retCode(7000, { actions: ["FillCup"] });
    const only = retCode(7000, { actions: ["FillCup", "FillBowl"] });
    const { html, md } = print([product("disk", full), product("host", only)]);
    expect(sectionOf(html, 7000)).toContain(
      '<a href="disk/FillCup.html">Fill<wbr>Cup (The disk)</a> <a href="host/FillCup.html">Fill<wbr>Cup (The host)</a> <a href="host/FillBowl.html">Fill<wbr>Bowl</a>',
    );
    expect(md).toContain(
      "- Actions: [FillCup (The disk)](disk/FillCup.md) [FillCup (The host)](host/FillCup.md)",
    );
  });

  test("with a description for each, if they differ", () => {
    const other = retCode(7000, { name: "Gone", meaning: "It is gone." });
    const { html, md } = print([product("disk", retCode(7000)), product("host", other)]);
    const section = sectionOf(html, 7000);
    expect(section).toMatch(/<h4>Full<\/h4>[\s\S]*The disk[\s\S]*<h4>Gone<\/h4>[\s\S]*The host/);
    expect(md).toMatch(/^### 7000$[\s\S]*^#### Full$[\s\S]*^#### Gone$/m);
  });

  test("in which the gateway's description comes before a product's own", () => {
    const section = sectionOf(print([product("disk", retCode(153))]).html, 153);
    expect(section).toMatch(/<h4>Request<wbr>Throttled<\/h4>[\s\S]*<h4>Full<\/h4>[\s\S]*The disk/);
    const same = api.brand.retCodes.find(({ code }) => code === 153) as RetCode;
    expect(sectionOf(print([product("disk", same)]).html, 153)).not.toContain("<h4>");
  });
});

test("the contents of a product with many RetCodes are short", () => {
  const many = Array.from({ length: 900 }, (_, index) => retCode(10_000 + index));
  const { html } = print([product("disk", ...many)]);
  const [, ranges = ""] = /id="product-disk"[\s\S]*?<p class="ranges">(.*)<\/p>/.exec(html) ?? [];
  expect(ranges).toContain('<a href="#10100">10100–10199</a>');
  expect(ranges.split("<a ")).toHaveLength(10);
});

describe.each([
  '</section><script>stolen()</script><img src=x onerror="stolen()">',
  '" onclick="stolen()" x="',
  "{{constructor}} {stolen()} <Component/> | `code` [x](javascript:stolen()) ![y](z)",
  "# Heading\n\nimport x from 'y'\n- item\n\u2028export {x}",
  "1. not a list",
])("hostile text: %j", (text) => {
  const pages = (value: string) => {
    const hostile = retCode(7000, { meaning: value, remedy: value, causes: [value, value] });
    const other = retCode(7000, { meaning: value, name: "Other" });
    return print([{ ...product("disk", hostile), title: value }, product("host", other)], {
      ...api.brand,
      requestIdHeader: value,
      retCodes: [retCode(1, { meaning: value, remedy: value, causes: [value] })],
    });
  };
  const tags = (html: string) => html.match(/<\/?[a-z][^<>]*?(?=[\s>])/g);
  const attributes = (html: string) => html.match(/<[a-z]+( [a-z-]+(="[^"]*")?)*>/g)?.length;

  test("stays text in the page", () => {
    const { html } = pages(text);
    expect(tags(html)).toEqual(tags(pages("harmless").html));
    expect(attributes(html)).toBe(attributes(pages("harmless").html));
    expect(html).not.toMatch(/<[^>]*\son\w+=/);
  });

  test("stays text in the Markdown twin, which is also MDX", () => {
    const { md } = pages(text);
    expect(mdxSyntax(md)).toEqual([]);
    const reader = new MarkdownIt({ html: true });
    const rendered = (source: string) => tags(reader.render(source));
    expect(rendered(md)).toEqual(rendered(pages("harmless").md));
  });
});

describe("specificRetCodes", () => {
  const codesOf = (name: string) => {
    const action = umem.actions.find((one) => one.name === name);
    return action && specificRetCodes(action).map(({ code }) => code);
  };

  test("are those that list the action, ascending", () => {
    expect(codesOf("CreateUMemBackup")).toEqual([20104, 20200, 20203, 20208]);
    expect(codesOf("DescribeUMemSpace")).toEqual([20003, 20016, 20102, 20202, 20206]);
  });

  test("do not limit what the client knows of an action", () => {
    const codes = umem.retCodes.map(({ code }) => `${code}`);
    for (const action of umem.actions) {
      const { retCodes } = operationOf(action);
      expect(Object.keys(retCodes)).toEqual(codes);
      expect(Object.keys(retCodes[20208] ?? {})).toEqual(["name", "meaning", "remedy", "retry"]);
    }
  });
});
