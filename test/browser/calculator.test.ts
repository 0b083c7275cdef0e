import { createHash } from "node:crypto";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { axeViolations } from "../support/axe.js";
import { startChromium } from "../support/browser.js";
import { api } from "../support/seed-action.js";
import { createSite, openPage, type Site } from "../support/site.js";

const { publicKey, privateKey } = api.brand.exampleCredentials;
const correct = "cba5cf5ec4d4233d206b1b54951e3787350a642f";
const query = `Action=DescribeUHostInstance&Region=cn-bj2&Limit=10&PublicKey=${encodeURIComponent(publicKey)}`;
let browser: Browser;
let site: Site;

beforeAll(async () => {
  [browser, site] = await Promise.all([startChromium(), createSite()]);
});
afterAll(async () => {
  await browser?.close();
  await site?.remove();
});

async function open(colorScheme: "light" | "dark" = "light"): Promise<Page> {
  const { page } = await openPage(browser, { colorScheme });
  await page.goto(site.fileUrl("signing.html"));
  return page;
}

async function paste(page: Page, input: string, key = privateKey): Promise<void> {
  await page.getByLabel(/^Parameters as JSON/).fill(input);
  await page.getByLabel("Private key").fill(key);
}

test("the worked example is a click away, and correct", async () => {
  const page = await open();
  await page.getByRole("button", { name: "Fill in the worked example" }).click();
  await page.getByText("The signature of the request is correct.").waitFor();
  const steps = await page.locator("#calculator pre").allInnerTexts();
  expect(steps[0]).toMatch(/^Action DescribeUHostInstance\nLimit 10\nPublicKey/);
  expect(steps[1]).toMatch(/Regioncn-bj2<private key>$/);
  expect(steps[2]).toBe(correct);
});

test("parameters without a signature are signed, with the public key of the pair", async () => {
  const page = await open();
  await page.getByLabel("Public key").fill(publicKey);
  await paste(page, '{"Action": "DescribeUHostInstance", "Region": "cn-bj2", "Limit": 10}');
  await page.locator("#calculator pre", { hasText: correct }).waitFor();
  await page.getByLabel(/^Parameters as JSON/).fill("{");
  await page.getByText("The parameters are not valid JSON.").waitFor();
});

test("a wrong signature is explained, and the explanation leads to its section", async () => {
  const page = await open();
  await paste(page, `https://api.example.com/?${query}&Signature=${"0".repeat(40)}`);
  await page.getByText("No known mistake explains it").waitFor();
  const string = `ActionDescribeUHostInstanceLimit10PublicKey${publicKey}Regioncn-bj2${publicKey}`;
  const signature = createHash("sha1").update(string).digest("hex");
  await paste(page, `${query}&Signature=${signature}`);
  await page.getByText("The public key was used in place of the private key.").waitFor();
  await page.locator("#calculator").getByRole("link", { name: "How to fix it" }).click();
  expect(new URL(page.url()).hash).toBe("#mistake-key");
});

test("the private key is in its control only, and gone when the reader leaves", async () => {
  const page = await open();
  await paste(page, query, "private-of-a-reader");
  await page.locator("#calculator pre", { hasText: /^[0-9a-f]{40}$/ }).waitFor();
  expect(await page.content()).not.toContain("private-of-a-reader");
  await page.evaluate(() => dispatchEvent(new Event("pagehide")));
  expect(await page.getByLabel("Private key").inputValue()).toBe("");
  expect(await page.locator("#calculator pre").last().innerText()).toBe("<signature>");
});

test.each(["light", "dark"] as const)(
  "there is no violation, and it fits 320 px, in %s",
  async (colorScheme) => {
    const page = await open(colorScheme);
    await page.setViewportSize({ width: 320, height: 800 });
    await page.getByRole("button", { name: "Fill in the worked example" }).click();
    await page.getByText("The signature of the request is correct.").waitFor();
    for (const details of await page.locator("details").all())
      await details.evaluate((found) => found.setAttribute("open", ""));
    expect(await axeViolations(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
  },
);
