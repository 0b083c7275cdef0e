import { readdir } from "node:fs/promises";
import MarkdownIt from "markdown-it";
import { describe, expect, test } from "vitest";
import { requestData, siteData } from "../../scripts/emit/docs/request-data.js";
import { load } from "../../scripts/load.js";
import type { Action, Product } from "../../scripts/model/api-model.js";
import { curlSample } from "../../templates/docs/script/samples/curl.js";
import { typeScriptSample } from "../../templates/docs/script/samples/typescript.js";
import { runCurlSample } from "../support/curl.js";
import { generated } from "../support/generated.js";
import { hostileTexts, specWith } from "../support/hostile-spec.js";
import { mdxSyntax } from "../support/mdx.js";
import { once } from "../support/once.js";
import { shape } from "../support/program-shape.js";
import { temporaryFolder } from "../support/spec-folder.js";

const reader = new MarkdownIt({ html: true });
reader.validateLink = () => true;

/** Active parts of a page: elements, event handlers, and URLs of other schemes. */
function active(html: string): string[] {
  const tags = [...html.matchAll(/<([a-z]+)((?:\s+[a-z-]+(?:="[^"]*")?)*)\s*\/?>?/gi)];
  return tags.flatMap(([, tag = "", attributes = ""]) => {
    const names = [...attributes.matchAll(/([a-z-]+)(?:="([^"]*)")?/gi)];
    const bad = names.filter(([, name = "", value = ""]) =>
      name === "href" || name === "src"
        ? !/^(https?:|#|\.\.\/|[\w/]+\.(html|md|css)$|style\.css$|$)/.test(value)
        : /^on/i.test(name),
    );
    const isActive = /^(script|img|iframe|object|embed|svg|style|base|form)$/i.test(tag);
    return [...(isActive ? [tag] : []), ...bad.map(([text]) => text)];
  });
}

/** Output of the same specification with a string that needs no escape. */
const harmlessOutput = once(async () => generated(await specWith("harmless")));

const count = (html: string, tag: string) => html.split(`<${tag}`).length - 1;

describe.each([...hostileTexts, hostileTexts.join(" ")])("%j", (text) => {
  const hostileOutput = once(async () => generated(await specWith(text)));

  test("stays a string in every TypeScript file", async () => {
    const hostile = await hostileOutput();
    const harmless = await harmlessOutput();
    expect([...hostile.keys()]).toEqual([...harmless.keys()]);
    const sources = [...hostile].filter(
      ([path]) => path.endsWith(".ts") && !path.startsWith("packages/core/"),
    );
    expect(sources).toHaveLength(14);
    for (const [path, source] of sources)
      expect(shape(source, path)).toBe(shape(harmless.get(path) ?? "", path));
    for (const [path, json] of hostile) if (path.endsWith(".json")) JSON.parse(json);
  });

  test("stays text in every page", async () => {
    const hostile = await hostileOutput();
    const harmless = await harmlessOutput();
    const pages = [...hostile].filter(
      ([path]) => /\.(html|md)$/.test(path) && !path.startsWith("packages/core/"),
    );
    expect(pages).toHaveLength(17);
    for (const [path, page] of pages) {
      if (path.endsWith(".md")) expect(mdxSyntax(page), path).toEqual([]);
      const html = path.endsWith(".md") ? reader.render(page) : page;
      const harmlessPage = harmless.get(path) ?? "";
      const harmlessHtml = path.endsWith(".md") ? reader.render(harmlessPage) : harmlessPage;
      expect(active(html), path).toEqual(active(harmlessHtml));
      for (const tag of ["h2", "h3", "table", "tr", "td", "th", "!--"]) {
        expect([path, tag, count(html, tag)]).toEqual([path, tag, count(harmlessHtml, tag)]);
      }
    }
  });

  test("stays an argument in samples", async () => {
    const { brand, products } = await load(await specWith(text));
    const [product] = products as [Product];
    const [action] = product.actions as [Action];
    const data = requestData(brand, product, action);
    const site = siteData(brand);
    const call = (value: string) => ({ Region: value, Kind: value, Disks: [{ Size: 1, [value]: value }] });
    expect(shape(typeScriptSample(data, site, call(text)), "sample.ts")).toBe(
      shape(typeScriptSample(data, site, call("x")), "sample.ts"),
    );

    const folder = await temporaryFolder();
    const { arguments: args } = await runCurlSample(curlSample(data, site, call(text)), folder, {
      EXAMPLE_PUBLIC_KEY: "p",
      EXAMPLE_PRIVATE_KEY: "k",
    });
    expect(args).toContain(`Region=${text}`);
    expect(await readdir(folder)).toEqual([]);
  });
});
