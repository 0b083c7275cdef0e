import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { SiteServer } from "../../scripts/serve/site-server.js";
import { startChromium } from "../support/browser.js";
import { createSite, openPage, type Site } from "../support/site.js";

let browser: Browser;
let site: Site;
let nested: Site;
let server: SiteServer;
beforeAll(async () => {
  const config = { docs: { basePath: "/docs/" } };
  [browser, site, nested] = await Promise.all([
    startChromium(),
    createSite({ config }),
    createSite({ spec: "test/golden/shapes/spec" }),
  ]);
  server = await site.serve();
});
afterAll(async () => {
  await browser?.close();
  await Promise.all([site?.remove(), nested?.remove()]);
});

const action = "umem/DescribeUMemBackupURL.html";

/** Opens a page of the served site. */
async function open(path: string, options = {}): Promise<Page> {
  const { page } = await openPage(browser, options);
  await page.goto(server.url() + path);
  return page;
}

test("without JavaScript, everything is readable, and nothing is shown that needs it", async () => {
  const page = await open(action, { javaScriptEnabled: false });
  const text = await page.locator("main").innerText();
  for (const part of ["DescribeUMemBackupURL", "BackupId", "BackupURL", "createClient", "20104"])
    expect(text).toContain(part);
  expect(await page.locator("[data-search], #build").filter({ visible: true }).count()).toBe(0);
  await page.goto(server.url());
  expect(await page.getByRole("link", { name: "UMem" }).first().isVisible()).toBe(true);
});

test("a link to a field opens what it lies in", async () => {
  const { page } = await openPage(browser);
  const url = nested.fileUrl("store/CreateDisks.html");
  await page.goto(url);
  const ids = await page.evaluate(() =>
    Array.from(document.querySelectorAll("details:not([open]) > :not(summary) [id]"), ({ id }) => id),
  );
  expect(ids).toContain("p-Disks.Labels.Key");
  for (const id of ids) {
    await page.goto("about:blank");
    await page.goto(`${url}#${encodeURIComponent(id)}`);
    const target = page.locator(`[id="${id}"]`);
    expect([id, await target.isVisible()]).toEqual([id, true]);
    const isInView = await target.evaluate((element) => element.getBoundingClientRect().top < innerHeight);
    expect([id, isInView]).toEqual([id, true]);
  }
});

test("a RetCode of an action leads to its section of the errors page", async () => {
  const page = await open(action);
  await page
    .locator("#errors")
    .getByRole("link", { name: /^20104/ })
    .click();
  await page.waitForURL(/errors\.html#20104$/);
  await expect
    .poll(() =>
      page.locator('[id="20104"]').evaluate((section) => {
        const { top } = section.getBoundingClientRect();
        return top >= 0 && top < innerHeight / 2;
      }),
    )
    .toBe(true);
});

describe("copy buttons", () => {
  const permissions = ["clipboard-read", "clipboard-write"];
  const clipboard = (page: Page) => page.evaluate(() => navigator.clipboard.readText());

  test("copy a sample, and the page as Markdown", async () => {
    const page = await open(action, { permissions });
    const summary = page.locator("summary", { hasText: /^Go$/ });
    const sample = page.locator("#samples details", { has: summary });
    await summary.click();
    await sample.getByRole("button", { name: "Copy" }).click();
    await sample.getByRole("button", { name: "Copied" }).waitFor();
    expect(await clipboard(page)).toBe(await sample.locator("code").textContent());
    await page.getByRole("button", { name: "Copy as Markdown" }).click();
    await page.getByRole("button", { name: "Copied" }).first().waitFor();
    await expect.poll(() => clipboard(page)).toBe(await site.read(action.replace(".html", ".md")));
  });

  test("copy what is built", async () => {
    const page = await open(action, { permissions });
    const builder = page.locator("#build");
    await builder.getByLabel(/^BackupId /).fill("HnsnJnXX");
    await builder.getByRole("tab", { name: "curl" }).click();
    await builder.getByRole("tabpanel").getByRole("button", { name: "Copy" }).click();
    await expect.poll(() => clipboard(page)).toContain("HnsnJnXX");
  });

  test("a page that was opened as a file offers no Markdown, which it may not read", async () => {
    const { page } = await openPage(browser);
    await page.goto(site.fileUrl(action));
    await page.getByRole("button", { name: "Copy", exact: true }).first().waitFor();
    expect(await page.getByRole("button", { name: "Copy as Markdown" }).count()).toBe(0);
  });
});

describe("settings", () => {
  const background = (page: Page) => page.evaluate(() => getComputedStyle(document.body).backgroundColor);

  test("the theme is that of the system, until the reader changes it for all pages", async () => {
    const page = await open(action, { colorScheme: "dark" });
    const dark = await background(page);
    const light = await background(await open(action, { colorScheme: "light" }));
    expect(dark).not.toBe(light);
    await page.getByRole("button", { name: "Theme: automatic" }).click();
    expect(await background(page)).toBe(light);
    await page.goto(`${server.url()}errors.html`);
    expect(await background(page)).toBe(light);
    await page.getByRole("button", { name: "Theme: light" }).click();
    expect(await background(page)).toBe(dark);
  });

  test("the language of the interface is changed for all pages, that of descriptions is not", async () => {
    const page = await open(action);
    const heading = page.locator("#parameters h2");
    expect(await heading.innerText()).toBe("Parameters");
    await page.getByRole("button", { name: "中文" }).click();
    await expect.poll(() => heading.innerText()).toBe("参数");
    expect(await page.locator("main").innerText()).toContain("BackupId");
    await page.goto(server.url() + action.replace("URL", ""));
    await expect.poll(() => heading.innerText()).toBe("参数");
    expect(await heading.getAttribute("lang")).toBe("zh");
    await page.getByRole("button", { name: "English" }).click();
    await expect.poll(() => heading.innerText()).toBe("Parameters");
  });
});

describe("keyboard", () => {
  test("the first stop is a visible link that skips to the content", async () => {
    const page = await open(action);
    await page.keyboard.press("Tab");
    const link = page.locator(":focus");
    expect(await link.innerText()).toBe("Skip to content");
    const box = await link.boundingBox();
    expect(box && box.x >= 0 && box.y >= 0 && box.height > 10).toBe(true);
    await page.keyboard.press("Enter");
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe("MAIN");
  });

  test.each([action, "index.html", "umem/index.html"])(
    "the focus is visible at each stop of %s",
    async (path) => {
      const page = await open(path);
      const hidden: string[] = [];
      for (let stop = 0; stop < 60; stop += 1) {
        await page.keyboard.press("Tab");
        const focus = await page.evaluate(() => {
          const element = document.activeElement;
          if (element === null || element === document.body) return undefined;
          const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element);
          const isMarked = (outlineStyle !== "none" && outlineWidth !== "0px") || boxShadow !== "none";
          const { width, height } = element.getBoundingClientRect();
          return { isVisible: isMarked && width > 0 && height > 0, html: element.outerHTML.slice(0, 100) };
        });
        if (focus === undefined) break;
        if (!focus.isVisible) hidden.push(focus.html);
      }
      expect(hidden).toEqual([]);
    },
  );

  test("on a phone, the menu is opened and closed", async () => {
    const page = await open(action, { viewport: { width: 360, height: 740 } });
    const link = page.locator("#navigation").getByRole("link", { name: "CreateUMemBackup" });
    expect(await link.isVisible()).toBe(false);
    await page.getByRole("button", { name: "Menu" }).focus();
    await page.keyboard.press("Enter");
    await expect.poll(() => link.isVisible()).toBe(true);
    await page.keyboard.press("Escape");
    await expect.poll(() => link.isVisible()).toBe(false);
    await page.keyboard.press("Enter");
    await link.click();
    await page.waitForURL(/CreateUMemBackup\.html$/);
  });
});

test("at 320 pixels, buttons and links of the header and of the sections are large enough to touch", async () => {
  const page = await open(action, { viewport: { width: 320, height: 640 } });
  const small = await page.evaluate(() =>
    Array.from(document.querySelectorAll(".bar a, .bar button, .sections a, .button"), (element) => {
      const { width, height } = element.getBoundingClientRect();
      return width === 0 || (width >= 24 && height >= 24) ? "" : element.outerHTML;
    }).filter(Boolean),
  );
  expect(small).toEqual([]);
});

test("in print, there is the content only, and what is folded is shown", async () => {
  const page = await open(action);
  await page.pdf({ format: "A4" });
  expect(await page.locator("main details:not([open])").filter({ hasText: "BlockId" }).count()).toBe(0);
  await page.emulateMedia({ media: "print" });
  for (const part of ["#navigation", ".bar button", "#build"])
    expect([part, await page.locator(part).filter({ visible: true }).count()]).toEqual([part, 0]);
  expect(await page.locator("main").innerText()).toContain("BackupURL");
});

test("a missing page leads back to the home page, wherever it is", async () => {
  const { page, errors } = await openPage(browser);
  const response = await page.goto(`${server.url()}umem/inner/Missing.html`);
  expect(response?.status()).toBe(404);
  expect(errors).toEqual([expect.stringContaining("404 (Not Found)")]);
  expect(await page.evaluate(() => document.styleSheets.length)).toBe(1);
  await page.getByRole("link", { name: "All products" }).click();
  await page.waitForURL(`${server.url()}index.html`);
});

test("a page reloads when the site is generated again, within its content security policy", async () => {
  const { page, errors } = await openPage(browser);
  await page.goto(server.url() + action);
  await page.evaluate(() => document.documentElement.setAttribute("data-old", ""));
  await page.waitForFunction(() => document.querySelector("script[src*='after=']") !== null);
  server.publish("/docs/");
  await page.waitForFunction(() => !document.documentElement.hasAttribute("data-old"));
  expect(errors).toEqual([]);
});
