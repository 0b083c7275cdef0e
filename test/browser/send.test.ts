import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readRecordings } from "../../scripts/contract/recording.js";
import { type MockServer, startMock } from "../../scripts/mock/server.js";
import { axeViolations } from "../support/axe.js";
import { startChromium } from "../support/browser.js";
import { type BuilderPage, fill, fillKeys, openBuilder, showOptional } from "../support/builder-page.js";
import { withMadeUpActions } from "../support/made-up-actions.js";
import { api } from "../support/seed-action.js";
import { createSite, type Site } from "../support/site.js";

const recordings = await readRecordings("test/recordings");
const log: string[] = [];
let browser: Browser;
let mock: MockServer;
let site: Site;

beforeAll(async () => {
  mock = await startMock(api, recordings, { port: 0, cors: true, log: (line) => log.push(line) });
  const config = { docs: { endpoint: mock.baseUrl } };
  [browser, site] = await Promise.all([startChromium(), createSite({ spec: withMadeUpActions, config })]);
});
afterAll(async () => {
  await browser?.close();
  await mock?.close();
  await site?.remove();
});

const read = "DescribeUMemBackupURL";
const place = [
  ["Region", "cn-zj"],
  ["Zone", "cn-zj-01"],
  ["ProjectId", "lIDfEOmM"],
  ["SpaceId", "WfTAPwME"],
] as const;

/** Opens the page of an action, and fills in parameters. */
async function open(action: string, values: readonly (readonly [string, string])[] = []) {
  const opened = await openBuilder(browser, site.fileUrl(`umem/${action}.html`));
  await fill(opened, values);
  return opened;
}

const send = ({ builder }: BuilderPage) => builder.getByRole("button", { name: "Send" }).click();
const isFocused = (control: ReturnType<BuilderPage["builder"]["locator"]>) =>
  control.evaluate((element) => element === document.activeElement);

test("is missing without an endpoint", async () => {
  const own = await createSite();
  try {
    const { builder } = await openBuilder(browser, own.fileUrl(`umem/${read}.html`));
    expect(await builder.getByLabel("Method").isVisible()).toBe(true);
    expect(await builder.getByRole("button", { name: "Send" }).count()).toBe(0);
  } finally {
    await own.remove();
  }
});

test.each(["GET", "POST"])("shows the response to a read by %s", async (method) => {
  const opened = await open(read, [...place, ["BackupId", "HnsnJnXX"]]);
  await fillKeys(opened);
  await opened.builder.getByLabel("Method").selectOption(method);
  await send(opened);
  const response = opened.builder.locator(".response");
  await response.getByText(/^HTTP 200 · RetCode 0 · \S+/).waitFor();
  expect(await response.locator("pre").innerText()).toContain('\n  "RetCode": 0');
  expect(log.at(-1)).toMatch(new RegExp(`^${method} ${read}: from`));
});

test("explains a wrong key with the errors page", async () => {
  const opened = await open(read, [...place, ["BackupId", "HnsnJnXX"]]);
  await fillKeys(opened, { ...api.brand.exampleCredentials, privateKey: "wrong" });
  await send(opened);
  await opened.builder.getByText(/RetCode 171/).waitFor();
  await opened.builder.getByRole("link", { name: "Causes and fixes of this RetCode" }).click();
  await opened.page.waitForURL(/errors\.html#171$/);
  expect(await opened.page.getByRole("heading", { name: /^171 / }).isVisible()).toBe(true);
});

test("asks for the name of an action that changes something", async () => {
  const sent = log.length;
  const opened = await open("CreateUMemBackup", [...place, ["BackupName", "before-upgrade"]]);
  const { page, builder } = opened;
  await fillKeys(opened);
  await builder.getByRole("button", { name: "Send" }).focus();
  await page.keyboard.press("Enter");
  const name = builder.getByLabel("Type the name of the action to send it");
  await name.fill("createumembackup");
  await page.keyboard.press("Enter");
  expect(await name.getAttribute("aria-invalid")).toBe("true");
  await page.keyboard.press("Escape");
  expect(log.length).toBe(sent);
  await send(opened);
  await name.fill("CreateUMemBackup");
  await page.keyboard.press("Enter");
  await builder
    .locator(".response")
    .getByText(/^HTTP 200 · RetCode 0/)
    .waitFor();
  expect(log.at(-1)).toContain("CreateUMemBackup: from");
});

test("shows what is missing, and moves the focus there", async () => {
  const opened = await open(read, [["BackupId", "HnsnJnXX"]]);
  const { builder } = opened;
  const space = builder.getByLabel(/^SpaceId /);
  await send(opened);
  expect(await isFocused(space)).toBe(true);
  await space.fill("WfTAPwME");
  await send(opened);
  await builder.getByText("Fill in the key pair first.").waitFor();
  expect(await isFocused(builder.getByLabel("Public key"))).toBe(true);
});

test("says what can cause a request without a response", async () => {
  const opened = await open(read, [...place, ["BackupId", "HnsnJnXX"]]);
  await opened.page.route(`${mock.baseUrl}**`, (route) => route.abort());
  await fillKeys(opened);
  await send(opened);
  await opened.builder.getByText(/CORS/).waitFor();
});

describe("with everything open", () => {
  test.each(["light", "dark"] as const)("has no violation, and fits 320 px, in %s", async (colorScheme) => {
    const opened = await open("CreateDisks");
    const { page, builder } = opened;
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width: 320, height: 800 });
    await fillKeys(opened);
    await showOptional(opened);
    await builder.getByRole("button", { name: "Add Tags" }).click();
    await builder.getByRole("button", { name: "Add Filter" }).click();
    await send(opened);
    for (const name of ["Signature", "Signed URL", "TypeScript"]) {
      await builder.getByRole("tab", { name }).click();
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
    }
    expect(await axeViolations(page, colorScheme === "light" ? "all" : "colours")).toEqual([]);
    await fill(opened, [["Filter.Name", "n"]]);
    await send(opened);
    await page.getByRole("dialog").waitFor();
    expect(await axeViolations(page)).toEqual([]);
  });
});
