import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { searchTable } from "../../scripts/emit/docs/search-table.js";
import { axeViolations } from "../support/axe.js";
import { startChromium } from "../support/browser.js";
import { searchBrand, searchVendor } from "../support/search-vendor.js";
import { createSite, openPage, type Site } from "../support/site.js";

let browser: Browser;
let site: Site;
let page: Page;

beforeAll(async () => {
  [browser, site] = await Promise.all([startChromium(), createSite()]);
});
afterAll(async () => {
  await browser?.close();
  await site?.remove();
});

async function open(path: string): Promise<void> {
  await page.goto(site.fileUrl(path));
}

beforeEach(async () => {
  ({ page } = await openPage(browser));
  await open("umem/index.html");
});

/** Opens the search of a page, and types a query. @returns the names of the results. */
async function search(query: string): Promise<(string | null)[]> {
  await page.keyboard.press("/");
  await page.getByRole("combobox").fill(query);
  await page
    .getByRole("status")
    .getByText(/results?$|结果$/)
    .waitFor();
  return await names();
}

async function names(): Promise<(string | null)[]> {
  await page.getByRole("option").first().waitFor();
  return await page.locator(".search-name").allTextContents();
}

/** The option that is selected for assistive technology. */
async function selected(): Promise<string> {
  const id = await page.getByRole("combobox").getAttribute("aria-activedescendant");
  const option = page.locator(`[id="${id}"]`);
  expect(await option.getAttribute("aria-selected")).toBe("true");
  return (await option.locator(".search-name").textContent()) ?? "";
}

const dialog = () => page.locator("dialog.search-dialog");

describe("the search of the site", () => {
  test.each<[what: string, query: string, name: string, target: RegExp]>([
    [
      "an action, by the words of its name",
      "umem backup url",
      "DescribeUMemBackupURL",
      /DescribeUMemBackupURL\.html$/,
    ],
    ["a summary", "download links", "DescribeUMemBackupURL", /DescribeUMemBackupURL\.html$/],
    ["an action, in Chinese", "创建备份", "CreateUMemBackup", /CreateUMemBackup\.html$/],
    ["a parameter", "BlockId", "DescribeUMemBackupURL", /DescribeUMemBackupURL\.html#p-BlockId$/],
    ["a RetCode", "RetCode 171", "171 SignatureMismatch", /errors\.html#171$/],
    ["a RetCode, in Chinese", "错误码 171", "171 SignatureMismatch", /errors\.html#171$/],
    ["a RetCode of a product", "20104", "20104 ResourceExpired", /errors\.html#20104$/],
    ["a concept", "paging", "Paging", /\.html(#.*)?$/],
    ["a concept, in Chinese", "签名", "Signing a request", /signing\.html$/],
  ])("finds %s", async (_, query, name, target) => {
    expect((await search(query))[0]).toContain(name);
    await page.keyboard.press("Enter");
    await page.waitForURL(target);
    const { hash } = new URL(page.url());
    if (hash !== "") expect(await page.locator(`[id="${hash.slice(1)}"]`).isVisible()).toBe(true);
  });

  test("/ and Ctrl-K open it, Escape closes it, and the query is kept", async () => {
    expect(await search("backup")).toContain("CreateUMemBackup");
    await page.keyboard.press("Escape");
    expect(await dialog().isVisible()).toBe(false);
    await page.keyboard.press("Control+k");
    expect(await page.getByRole("combobox").inputValue()).toBe("backup");
  });

  test("the button opens it, and / in an input is a character", async () => {
    await page.getByLabel("Filter").press("/");
    expect(await page.getByLabel("Filter").inputValue()).toBe("/");
    await page.getByRole("button", { name: "Search" }).click();
    expect(await names()).toContain("Signing a request");
    await page.getByRole("button", { name: "Close" }).click();
    expect(await dialog().isVisible()).toBe(false);
  });

  test("arrow keys select a result, and Enter opens it", async () => {
    const [first, second, ...more] = await search("backup");
    expect(await selected()).toBe(first);
    await page.keyboard.press("ArrowDown");
    expect(await selected()).toBe(second);
    await page.keyboard.press("ArrowUp");
    await page.keyboard.press("ArrowUp");
    expect(await selected()).toBe(more.at(-1));
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await page.waitForURL(new RegExp(`/${second}\\.html`));
  });

  test("the interface is Chinese after the switch, also where nothing is found", async () => {
    await page.getByRole("button", { name: "中文" }).click();
    await page.getByRole("button", { name: "English" }).waitFor();
    expect(await search("签名")).toContain("请求签名");
    await page.getByRole("combobox").fill("qqxyzzyqq");
    const status = page.getByRole("status");
    await expect.poll(() => status.textContent()).toContain("没有结果：");
    expect(await status.textContent()).toContain("qqxyzzyqq");
    expect(await page.getByRole("option").count()).toBe(0);
  });

  test("the home page has it in its place, with the focus in it", async () => {
    await open("index.html");
    await page.locator("[role=combobox]:focus").waitFor();
    expect(await page.getByRole("listbox").count()).toBe(0);
    await page.keyboard.type("create backup");
    expect((await names())[0]).toBe("CreateUMemBackup");
    await page.keyboard.press("Escape");
    expect(await page.getByRole("combobox").inputValue()).toBe("");
    expect(await page.getByRole("option").count()).toBe(0);
  });

  test("a table that cannot be loaded is reported", async () => {
    const server = await site.serve();
    await page.goto(`${server.url()}umem/index.html`);
    await page.route("**/search-data.js", (route) => route.abort());
    await page.keyboard.press("/");
    await expect.poll(() => page.getByRole("status").textContent()).toContain("could not be loaded");
  });

  test("it fits into 320 px, and has no accessibility violation", async () => {
    await page.setViewportSize({ width: 320, height: 640 });
    await search("backup");
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
    const overflow = await page
      .locator(".search-list")
      .evaluate((list) => list.scrollWidth - list.clientWidth);
    expect(overflow).toBe(0);
    expect(await axeViolations(page)).toEqual([]);
  });
});

describe("the search of a large vendor", () => {
  beforeAll(async () => {
    await writeFile(join(site.folder, "search-data.js"), searchTable(searchBrand, searchVendor));
  });

  test("marks matches, and gives summaries their own language", async () => {
    expect((await search("绑定弹性IP"))[0]).toBe("BindEIP");
    const first = page.getByRole("option").first();
    expect(await first.locator("mark").allTextContents()).toEqual(expect.arrayContaining(["绑定"]));
    expect(await first.locator(".search-detail [lang=zh]").count()).toBe(1);
  });

  test.each([
    ["create uhost", "CreateUHostInstance"],
    ["snapshto udisk", "DescribeUDiskSnapshot"],
    ["云主机续费要多少钱", "GetUHostRenewPrice"],
  ])("finds %s", async (query, name) => {
    expect((await search(query)).slice(0, 5)).toContain(name);
  });
});
