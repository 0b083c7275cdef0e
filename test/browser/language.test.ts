import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startChromium } from "../support/browser.js";
import { api, product } from "../support/seed-action.js";
import { createSite, openPage, type Site } from "../support/site.js";

let browser: Browser;
let english: Site;
let chinese: Site;

beforeAll(async () => {
  const endpoint = "http://127.0.0.1:4010/";
  const siteIn = (language: string) => createSite({ config: { docs: { language, endpoint } } });
  [browser, english, chinese] = await Promise.all([startChromium(), siteIn("en"), siteIn("zh")]);
});
afterAll(async () => {
  await browser?.close();
  await Promise.all([english?.remove(), chinese?.remove()]);
});

const terms = [
  "actiongen Base RetCode RetCodes API URL GET POST HTTP SHA JSON CORS TypeScript Python Go curl Markdown string integer uri npm",
  "null nonce Backends failedItems application/x-www-form-urlencoded qqxyzzyqq",
];

const pages = [
  "index.html",
  "errors.html",
  "signing.html",
  "changelog.html",
  "umem/index.html",
  "umem/DescribeUMemBackupURL.html",
  "umem/CreateUMemBackup.html",
];

/** Opens a page in a language of the interface, and everything on it that has messages of its own. */
async function open(site: Site, path: string, language: "en" | "zh"): Promise<Page> {
  const { page } = await openPage(browser);
  await page.goto(site.fileUrl(path));
  const button = page.locator(".language");
  if ((await page.locator("html").getAttribute("data-language")) !== language) await button.click();
  await button.getByText(language === "zh" ? "English" : "中文").waitFor();
  if (language === "zh") await page.waitForFunction(() => "actiongenMessages" in globalThis);
  await page.evaluate(() => {
    for (const details of document.querySelectorAll("details:not([name])")) details.setAttribute("open", "");
  });
  if (path === "index.html") {
    await page.locator("[role=combobox]").fill("qqxyzzyqq");
    await page.locator(".search-status", { hasText: "qqxyzzyqq" }).waitFor();
  } else {
    await page.keyboard.press("/");
    await page.locator("[role=option]").first().waitFor();
  }
  return page;
}

/**
 * The texts and labels that a reader perceives, sorted, without the switches for language and theme.
 *
 * @param own whether to leave out texts that are marked as those of another language, and code.
 */
async function textsOf(page: Page, own = false): Promise<string[]> {
  return await page.evaluate((own) => {
    const found: string[] = [];
    for (const element of document.querySelectorAll<HTMLElement>("body *")) {
      if (element.closest("script, .language")) continue;
      const isForeign = element.closest<HTMLElement>("[lang]")?.lang !== document.documentElement.lang;
      if (own && (isForeign || element.closest("code, pre, kbd"))) continue;
      for (const name of ["aria-label", "placeholder", "title", "alt"])
        found.push(element.getAttribute(name) ?? "");
      for (const node of element.childNodes) if (node.nodeType === 3) found.push(node.textContent ?? "");
    }
    return found
      .map((text) => text.trim().replace(/\s+/g, " "))
      .filter((text) => text !== "")
      .sort();
  }, own);
}

test.each(pages)("after the switch, %s has the messages of a site in the other language", async (path) => {
  for (const [from, to, language] of [
    [english, chinese, "zh"],
    [chinese, english, "en"],
  ] as const) {
    const expected = await textsOf(await open(to, path, language));
    expect(await textsOf(await open(from, path, language))).toEqual(expected);
  }
});

/** Words of the names of the API, and terms that both languages use. */
const known = new Set([
  ...[...JSON.stringify(api).matchAll(/"name":"([^"]+)"/g)].flatMap(([, name = ""]) => wordsOf(name)),
  ...wordsOf(product.title),
  ...terms.flatMap(wordsOf),
]);

/** Words of at least two Latin letters, in lower case. */
function wordsOf(text: string): string[] {
  return (text.match(/[A-Z]+[a-z]*|[a-z]+/g) ?? [])
    .filter((word) => word.length > 1)
    .map((word) => word.toLowerCase());
}

test.each(pages)("on a Chinese site, what %s has in English is marked as such, or a name", async (path) => {
  const page = await open(chinese, path, "zh");
  const texts = [await page.title(), ...(await textsOf(page, true))];
  expect(texts.length).toBeGreaterThan(20);
  const isEnglish = (text: string) => wordsOf(text).some((word) => !known.has(word));
  expect(texts.filter(isEnglish)).toEqual([]);
});
