import { join } from "node:path";
import { expect, test } from "vitest";
import { robots, sitemap } from "../../../scripts/emit/docs/sitemap.js";
import { createTemplates } from "../../../scripts/emit/templates.js";
import { readTree } from "../../../scripts/files.js";
import type { ProductSummary } from "../../../scripts/model/api-model.js";
import { toolkitFolder } from "../../../scripts/toolkit.js";
import { api } from "../../support/seed-action.js";

const templates = createTemplates(await readTree(join(toolkitFolder, "templates")));
const brand = (url: string) => ({ ...api.brand, docs: { ...api.brand.docs, url } });
const action = (name: string) => ({ ...api.summaries[0]?.actions[0], name });
const products = [
  { ...api.summaries[0], name: "umem", actions: [action("DescribeUMem"), action("Index")] },
] as ProductSummary[];

test("without a URL there is neither a sitemap nor robots.txt", () => {
  expect([...sitemap(brand(""), products, templates), ...robots(brand(""), templates)]).toEqual([]);
});

test("the sitemap lists the URL of each page, and robots.txt that of the sitemap", () => {
  const [file] = sitemap(brand("https://docs.example.com/a&b/"), products, templates);
  expect(file?.path).toBe("docs/sitemap.xml");
  const root = "https://docs.example.com/a&amp;b/";
  expect([...(file?.content ?? "").matchAll(/<loc>(.*?)<\/loc>/g)].map(([, url]) => url)).toEqual([
    root,
    `${root}errors.html`,
    `${root}signing.html`,
    `${root}changelog.html`,
    `${root}umem/`,
    `${root}umem/DescribeUMem.html`,
    `${root}umem/Index-action.html`,
  ]);
  const [crawlers] = robots(brand("https://docs.example.com/api/"), templates);
  expect(crawlers).toEqual({
    path: "docs/robots.txt",
    content: expect.stringMatching(/^Sitemap: https:\/\/docs\.example\.com\/api\/sitemap\.xml$/m),
  });
});
