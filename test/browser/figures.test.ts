import { gzipSync } from "node:zlib";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { eachPage, heightOnPhone, printedPages, widthsThatScroll } from "../../scripts/bench/page-figures.js";
import { startChromium } from "../support/browser.js";
import { createSite, type Site } from "../support/site.js";
import { sites } from "../support/sites.js";

let browser: Browser;
let site: Site;
beforeAll(async () => {
  [browser, site] = await Promise.all([startChromium(), createSite()]);
});
afterAll(async () => {
  await browser?.close();
  await site?.remove();
});

const action = "umem/DescribeUMemBackupURL.html";

const gzip = async (path: string) => gzipSync(await site.read(path), { level: 9 }).length;

test("a page loads at most 12 kB of scripts at first, compressed", async () => {
  for (const path of site.pages) {
    const scripts = [...(await site.read(path)).matchAll(/<script src="[^"]*?(\w+\.js)"/g)];
    expect(scripts.length, path).toBeGreaterThan(0);
    const sizes = await Promise.all(scripts.map(([, name = ""]) => gzip(name)));
    expect(
      sizes.reduce((sum, size) => sum + size, 0),
      path,
    ).toBeLessThanOrEqual(12_000);
  }
});

test.each([
  ["search.js", 5500],
  ["style.css", 4096],
  ["index.html", 10_000],
  [action, 4096],
])("%s has at most %d bytes, compressed", async (path, limit) => {
  expect(await gzip(path)).toBeLessThanOrEqual(limit);
});

test("a page of an action has at most 14 kB, compressed", async () => {
  const pages = site.pages.filter((path) => path.includes("/") && !path.endsWith("/index.html"));
  expect(Math.max(...(await Promise.all(pages.map(gzip))))).toBeLessThanOrEqual(14_000);
});

test("the home page has at most 100 links", async () => {
  expect((await site.read("index.html")).match(/<a /g)?.length).toBeLessThanOrEqual(100);
});

test("the page of DescribeUMemBackupURL is at most 4,000 pixels high on a phone, and printed on 3 pages", async () => {
  const page = await browser.newPage();
  await page.goto(site.fileUrl(action));
  expect(await heightOnPhone(page)).toBeLessThanOrEqual(4000);
  expect(await printedPages(page)).toBeLessThanOrEqual(3);
});

test.each(Object.entries(sites))("no page scrolls sideways: %s", async (_, create) => {
  const own = await create();
  try {
    const scrolling: string[] = [];
    const urls = own.pages.map(own.fileUrl);
    await eachPage(browser, urls, async (page, url) => {
      for (const width of await widthsThatScroll(page)) scrolling.push(`${url} at ${width}`);
    });
    expect(scrolling).toEqual([]);
  } finally {
    await own.remove();
  }
});
