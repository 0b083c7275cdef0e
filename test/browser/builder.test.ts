import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readRecordings } from "../../scripts/contract/recording.js";
import vectors from "../../templates/docs/signature-vectors.json" with { type: "json" };
import { startChromium } from "../support/browser.js";
import {
  type BuilderPage,
  expectSignature,
  fill,
  fillKeys,
  openBuilder,
  showOptional,
  tab,
} from "../support/builder-page.js";
import { withMadeUpActions } from "../support/made-up-actions.js";
import { createSite, type Site } from "../support/site.js";

const recordings = await readRecordings("test/recordings");
let browser: Browser;
let site: Site;

beforeAll(async () => {
  [browser, site] = await Promise.all([startChromium(), createSite({ spec: withMadeUpActions })]);
});
afterAll(async () => {
  await browser?.close();
  await site?.remove();
});

const open = (action: string): Promise<BuilderPage> =>
  openBuilder(browser, site.fileUrl(`umem/${action}.html`));

describe("signatures", () => {
  const calls = recordings
    .filter(({ file }) => file.includes(".success"))
    .map(({ file, parameters }) => ({ file, parameters }));

  test.each(calls)("are those of $file", async ({ parameters }) => {
    const call = [...parameters].filter(([name]) => !["Action", "PublicKey", "Signature"].includes(name));
    const opened = await open(parameters.get("Action") ?? "");
    await showOptional(opened);
    await fill(opened, call);
    await fillKeys(opened);
    await expectSignature(opened, parameters.get("Signature") ?? "none");
  });

  test("are those that the vendor publishes, for GET and POST", async () => {
    const signature = vectors.find(({ name }) => name.startsWith("the worked example"))?.signature ?? "none";
    const opened = await open("DescribeUHostInstance");
    await fill(opened, [
      ["Region", "cn-bj2"],
      ["Limit", "10"],
    ]);
    await fillKeys(opened);
    await expectSignature(opened, signature);
    await opened.builder.getByLabel("Method").selectOption("POST");
    const request = await tab(opened, "Signed URL");
    expect(request).toMatch(/^POST https:\/\/api\.dezai\.com\/\n/);
    expect(request).toContain(`Signature=${signature}`);
    const steps = await tab(opened, "Signature");
    for (const part of ["Limit10PublicKey", "<private key>", signature]) expect(steps).toContain(part);
  });
});

test("the key pair stays in its controls, and is gone when the reader leaves", async () => {
  const opened = await open("CreateDisks");
  const { page, builder } = opened;
  await fillKeys(opened, { publicKey: "public-of-a-reader", privateKey: "private-of-a-reader" });
  await builder.getByLabel(/^Security token/).fill("token-of-a-reader");
  for (const language of ["TypeScript", "curl", "Python"]) {
    const code = await tab(opened, language);
    expect(code).toContain("DEZAI_PUBLIC_KEY");
    expect(code).not.toContain("of-a-reader");
  }
  await expectSignature(opened, /[0-9a-f]{40}$/);
  expect(await page.content()).not.toContain("private-of-a-reader");
  const kept = await page.evaluate(() =>
    JSON.stringify([
      { ...localStorage },
      { ...sessionStorage },
      document.cookie,
      location.href,
      history.state,
    ]),
  );
  expect(kept).not.toContain("of-a-reader");
  await page.evaluate(() => dispatchEvent(new Event("pagehide")));
  expect(await page.content()).not.toContain("of-a-reader");
  const values = await page
    .locator("input")
    .evaluateAll((all) => all.map((one) => (one as HTMLInputElement).value));
  expect(values.join()).not.toContain("of-a-reader");
});

describe("the form", () => {
  test("starts with the sample, and sends no optional parameter that is empty", async () => {
    const opened = await open("CreateDisks");
    const code = await tab(opened, "TypeScript");
    expect(code).toContain("createDisks(");
    expect(code).toContain("Size: 20");
    expect(code).not.toContain("Count");
    expect(await tab(opened, "curl")).toContain("Disks.0.Size=20");
    expect(await tab(opened, "Signed URL")).toBe(
      "https://api.dezai.com/?Action=CreateDisks&Region=cn-bj2&Disks.0.Size=20&PublicKey=<public key>&Signature=<signature>",
    );
  });

  test("leaves placeholders of the sample empty, and shows them in code only", async () => {
    const opened = await open("DescribeUMemBackupURL");
    expect(await opened.builder.getByLabel(/^BackupId /).inputValue()).toBe("");
    expect(await tab(opened, "TypeScript")).toContain("<BackupId>");
  });

  test("adds and removes items from the keyboard", async () => {
    const opened = await open("CreateDisks");
    const { page, builder } = opened;
    await builder.getByRole("button", { name: "Add Disks" }).focus();
    await page.keyboard.press("Enter");
    await page.keyboard.type("40");
    await builder.getByRole("button", { name: "Remove Disks.0" }).focus();
    await page.keyboard.press("Enter");
    expect(await tab(opened, "Signed URL")).toContain("&Disks.0.Size=40&");
    await showOptional(opened);
    for (let item = 0; item < 3; item += 1) await builder.getByRole("button", { name: "Add Tags" }).click();
    await fill(opened, [
      ["Tags.0", "a"],
      ["Tags.2", "c"],
    ]);
    await builder.getByRole("button", { name: "Add Filter" }).click();
    await fill(opened, [["Filter.Name", "n"]]);
    const url = await tab(opened, "Signed URL");
    expect(url).toContain("&Tags.0=a&Tags.1=c&");
    expect(url).toContain("&Filter.Name=n&");
    await builder.getByRole("button", { name: "Remove Filter" }).click();
    expect(await tab(opened, "Signed URL")).not.toContain("Filter");
  });

  test("offers known values and takes others, and writes each kind as the client does", async () => {
    const opened = await open("CreateDisks");
    const { page, builder } = opened;
    await showOptional(opened);
    await fill(opened, [
      ["ChargeType", "Year"],
      ["IsBoot", "false"],
      ["Count", "3"],
      ["Extra", '{"a": [1]}'],
      ["UserData", "#!/bin/sh\n"],
    ]);
    const code = await tab(opened, "TypeScript");
    for (const part of ["Count: 3", 'ChargeType: "Year"', "IsBoot: false", '"#!/bin/sh\\n"'])
      expect(code).toContain(part);
    const url = await tab(opened, "Signed URL");
    expect(url).toContain("Count=3&ChargeType=Year&IsBoot=false&");
    expect(url).toContain("Extra.a.0=1&UserData=IyEvYmluL3NoCg%3D%3D");
    await builder.getByLabel(/^ChargeType /).selectOption("other…");
    await page.keyboard.type("Trial");
    expect(await tab(opened, "Signed URL")).toContain("ChargeType=Trial");
  });

  test("shows the problem of a value at its control, and signs nothing until it is corrected", async () => {
    const opened = await open("CreateDisks");
    await fillKeys(opened);
    const size = opened.builder.getByLabel(/^Disks\.0\.Size /);
    await size.fill("large");
    await size.blur();
    expect(await size.getAttribute("aria-invalid")).toBe("true");
    const problem = opened.page.locator(`#${await size.getAttribute("aria-describedby")}`);
    expect(await problem.innerText()).toBe("cannot be sent as integer");
    await expectSignature(opened, /<signature>$/);
    await size.fill("");
    expect(await problem.innerText()).toBe("is required");
    await size.fill("30");
    expect(await size.getAttribute("aria-invalid")).toBe("false");
    await expectSignature(opened, /[0-9a-f]{40}$/);
  });

  test("shows invalid JSON at its control", async () => {
    const opened = await open("CreateDisks");
    await showOptional(opened);
    const extra = opened.builder.getByLabel(/^Extra /);
    const problem = opened.builder.getByText("is not valid JSON");
    await extra.fill('{"a": ');
    await extra.blur();
    expect(await problem.isVisible()).toBe(true);
    await extra.fill("plain");
    expect(await problem.isVisible()).toBe(false);
    expect(await tab(opened, "Signed URL")).toContain("Extra=plain");
  });

  test("selects tabs with the arrow keys", async () => {
    const { page, builder } = await open("CreateDisks");
    await builder.getByRole("tab", { name: "TypeScript" }).focus();
    await page.keyboard.press("ArrowRight");
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe("curl");
    await page.keyboard.press("End");
    await page.keyboard.press("ArrowRight");
    expect(await builder.getByRole("tab", { selected: true }).innerText()).toBe("TypeScript");
    await page.keyboard.press("Tab");
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe("PRE");
  });
});
