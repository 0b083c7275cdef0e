import type { Browser, Locator, Page } from "playwright-core";
import { expect, onTestFinished } from "vitest";
import { api } from "./seed-action.js";
import { openPage } from "./site.js";

/** The request builder of an action's page. */
export interface BuilderPage {
  readonly page: Page;
  readonly builder: Locator;
}

/** Opens the page of an action. The test fails if the page reports an error, other than a failed request. */
export async function openBuilder(browser: Browser, url: string): Promise<BuilderPage> {
  const { page, errors } = await openPage(browser);
  onTestFinished(() => expect(errors.filter((text) => !text.includes("ERR_"))).toEqual([]));
  await page.goto(url);
  return { page, builder: page.locator("#build") };
}

/** Fills in controls by the names of their parameters. */
export async function fill(
  { builder }: BuilderPage,
  values: Iterable<readonly [string, string]>,
): Promise<void> {
  for (const [name, value] of values) {
    const control = builder.getByLabel(new RegExp(`^${name} `));
    const isChoice = await control.evaluate((found) => found.tagName === "SELECT");
    await (isChoice ? control.selectOption(value) : control.fill(value));
  }
}

/** Fills in the key pair. Default: that of the recordings. */
export async function fillKeys(
  { builder }: BuilderPage,
  pair: { publicKey: string; privateKey: string } = api.brand.exampleCredentials,
): Promise<void> {
  await builder.getByText("Key pair", { exact: true }).click();
  await builder.getByLabel("Public key").fill(pair.publicKey);
  await builder.getByLabel("Private key").fill(pair.privateKey);
}

/** Unfolds the optional parameters, if they are folded. */
export async function showOptional({ builder }: BuilderPage): Promise<void> {
  const summary = builder.getByText("optional parameters");
  if (await summary.count()) await summary.click();
}

/** Selects a tab. @returns its code. */
export async function tab({ builder }: BuilderPage, name: string): Promise<string> {
  await builder.getByRole("tab", { name }).click();
  return (await builder.getByRole("tabpanel").locator("pre").allInnerTexts()).join("\n");
}

/** Waits for a signature. */
export async function expectSignature(opened: BuilderPage, signature: string | RegExp): Promise<void> {
  const expected = new RegExp(`Signature=${typeof signature === "string" ? signature : signature.source}`);
  await expect.poll(() => tab(opened, "Signed URL")).toMatch(expected);
}
