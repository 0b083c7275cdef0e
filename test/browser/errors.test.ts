import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startChromium } from "../support/browser.js";
import { createSite, openPage, type Site } from "../support/site.js";

let site: Site;
let browser: Browser;
let page: Page;
const requests: string[] = [];

beforeAll(async () => {
  [browser, site] = await Promise.all([startChromium(), createSite()]);
  page = await browser.newPage();
  page.on("request", (request) => requests.push(request.url()));
  await page.goto(site.fileUrl("errors.html"));
});

afterAll(async () => {
  await browser?.close();
  await site?.remove();
});

/** Text that the box shows for a pasted one. */
async function explanationOf(text: string): Promise<string> {
  await page.getByLabel("Paste an error response or message").fill(text);
  return await page.getByRole("status").innerText();
}

test.each<[what: string, text: string, names: readonly string[]]>([
  [
    "a response",
    '{"RetCode": 171, "Action": "DescribeDiskResponse", "Message": "no"}',
    ["SignatureMismatch"],
  ],
  ["a RetCode that is a string", '{"RetCode":"20208","Message":"x"}', ["BackupLimitReached"]],
  [
    "the failed items of a batch, each once",
    '{"RetCode": 0, "DataSet": [{"Size": 110}, {"RetCode": 230}, {"RetCode":\n  "153"}, {"RetCode": 230}]}',
    ["InvalidParameter", "RequestThrottled"],
  ],
  ["a response that is cut off", '"RetCode": 299, "Mess', ["AccessDenied"]],
  [
    "a message of the client",
    'DescribeDisk: RetCode 171 (SignatureMismatch): "no". It differs. Request id: 123e4567-172.',
    ["SignatureMismatch"],
  ],
  ["an error that a program printed", "{ retCode: 172, attempts: 1 }", ["UnknownPublicKey"]],
  ["a message of the vendor", "[230] Params [BackupId] not available", ["InvalidParameter"]],
  ["a RetCode", " 110\n", ["BackendTimeout"]],
  ["a link to the page", "https://docs.example.com/errors.html#174", ["UnknownSecurityToken"]],
])("%s is explained", async (_, text, names) => {
  const shown = await explanationOf(text);
  expect(shown.match(/(?<=^\d+ )\w+$/gm)).toEqual(names);
  expect(shown).not.toContain("key or a signature");
});

test("the explanation is the section of the page, without a second id", async () => {
  await explanationOf("RetCode: 171");
  const status = page.getByRole("status");
  expect(await status.locator("li").count()).toBe(5);
  expect(await status.getByRole("link", { name: "Common mistakes when signing" }).getAttribute("href")).toBe(
    "signing.html#mistakes",
  );
  expect(await page.locator('[id="171"]').count()).toBe(1);
});

test.each<[what: string, text: string, message: RegExp]>([
  ["an unknown RetCode", '{"RetCode": -1}', /^-1 This reference does not describe this RetCode\.$/],
  ["success", '{"RetCode": 0, "Size": 230}', /^The text contains no RetCode other than 0\.$/],
  [
    "a text without a RetCode",
    "it failed after 17 attempts",
    /^The text contains no RetCode other than 0\.$/,
  ],
  ["an empty text", " \n", /^$/],
])("%s: says so", async (_, text, message) => {
  expect(await explanationOf(text)).toMatch(message);
});

const signature = "cba5cf5ec4d4233d206b1b54951e3787350a642f";
test.each<[what: string, text: string]>([
  ["signed URL", `https://api.example.com/?Action=A&Signature=${signature} RetCode 171`],
  ["signature", `RetCode 171: ${signature}`],
  ["private key of the environment", "EXAMPLE_PRIVATE_KEY=46f09bb9fa RetCode: 171"],
  ["public key in JSON", '{"RetCode": 171, "PublicKey": "someone@example.com129623"}'],
])("a pasted %s is warned of, and only the box has it", async (_, text) => {
  const shown = await explanationOf(text);
  expect(shown).toContain("The text contains a key or a signature.");
  expect(shown).toContain("SignatureMismatch");
  expect(await page.content()).not.toContain(text.slice(-20));
  expect(await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }]))).toBe(
    "[{},{}]",
  );
  expect(requests.filter((url) => !/(errors\.html|(site|errors)\.js|style\.css)$/.test(url))).toEqual([]);
});

test("markup in a pasted text is never markup of the page", async () => {
  const [title, before] = [await page.title(), await page.locator("body *").count()];
  await explanationOf('<img src=x onerror="document.title = 1"> {"Message": "<b>x</b>"}');
  expect(await page.title()).toBe(title);
  expect(await page.locator("#explain img, #explain b").count()).toBe(0);
  await explanationOf("");
  expect(await page.locator("body *").count()).toBeLessThanOrEqual(before);
});

test("the box is in the language of the interface", async () => {
  const { page: chinese } = await openPage(browser);
  await chinese.goto(site.fileUrl("errors.html"));
  await chinese.getByRole("button", { name: "中文" }).click();
  await chinese.getByRole("button", { name: "English" }).waitFor();
  const shown: string[] = [];
  for (const text of ["RetCode 7", "RetCode 0", `RetCode 7 ${signature}`]) {
    await chinese.locator("#explain textarea").fill(text);
    shown.push(await chinese.locator("#explain").innerText());
  }
  expect(shown.join("\n").replaceAll("RetCode", "")).not.toMatch(/[A-Za-z]/);
  expect(new Set(shown.join("\n").match(/.*\p{Script=Han}.*/gu)).size).toBe(5);
});

test("without JavaScript, the page has every section and no box", async () => {
  const { page: plain } = await openPage(browser, { javaScriptEnabled: false });
  await plain.goto(`${site.fileUrl("errors.html")}#171`);
  expect(await plain.locator("#explain").isVisible()).toBe(false);
  const heading = plain.getByRole("heading", { name: "171 SignatureMismatch" });
  expect(await heading.isVisible()).toBe(true);
  expect(await heading.evaluate((element) => element.getBoundingClientRect().top < innerHeight)).toBe(true);
});

test("the page does not scroll sideways at 320 px", async () => {
  await page.setViewportSize({ width: 320, height: 640 });
  await explanationOf("171");
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
});
