import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { SiteServer } from "../../scripts/serve/site-server.js";
import { axeViolations } from "../support/axe.js";
import { startChromium } from "../support/browser.js";
import { openPage, type Site } from "../support/site.js";
import { sites } from "../support/sites.js";

let browser: Browser;
beforeAll(async () => {
  browser = await startChromium();
});
afterAll(() => browser?.close());

describe.each(Object.entries(sites))("the reference with %s", (_, create) => {
  let site: Site;
  let server: SiteServer;
  beforeAll(async () => {
    site = await create();
    server = await site.serve();
  });
  afterAll(() => site?.remove());

  test.each([
    ["light", "all"],
    ["dark", "colours"],
  ] as const)("has no violation of WCAG A and AA in the %s theme (rules: %s)", async (theme, rules) => {
    const { page } = await openPage(browser, { colorScheme: theme });
    for (const path of site.pages) {
      await page.goto(server.url() + path);
      expect(await axeViolations(page, rules), path).toEqual([]);
    }
  });

  test.each(["light", "dark"] as const)(
    "has no violation with builder, search and folded parts open, %s",
    async (theme) => {
      const path = site.pages.find((one) => /\/(?!index\.)/.test(one)) ?? "";
      const { page, errors } = await openPage(browser, { colorScheme: theme });
      await page.goto(server.url() + path);
      await page.locator("#build").waitFor();
      await page.evaluate(() => {
        for (const details of document.querySelectorAll("details")) details.open = true;
      });
      expect(await axeViolations(page)).toEqual([]);
      await page.keyboard.press("/");
      await page.getByRole("combobox", { name: /Search|搜索/ }).fill("d");
      await page.locator("[role=listbox] [role=option]").first().waitFor();
      expect(await axeViolations(page)).toEqual([]);
      expect(errors).toEqual([]);
    },
  );

  test("opens as files and from a server without an error, and requests nothing of another origin", async () => {
    const origins = new Set<string>();
    for (const root of [site.fileUrl(""), server.url()]) {
      const { page, errors, requests } = await openPage(browser);
      for (const path of site.pages) {
        // The page for missing pages refers to the base path of the server.
        if (path === "404.html" && root.startsWith("file:")) continue;
        await page.goto(new URL(path, root).href);
        expect(errors, path).toEqual([]);
      }
      for (const url of requests) origins.add(url.startsWith("file:") ? "file:" : new URL(url).origin);
    }
    expect([...origins].sort()).toEqual(["file:", new URL(server.url()).origin]);
  });
});
