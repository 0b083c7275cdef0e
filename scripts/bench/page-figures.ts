import type { Browser, Page } from "playwright-core";
import { median } from "./measure.js";

/** Widths of windows in CSS pixels: the smallest phone, a phone, a tablet and a desktop. */
const widths = [320, 360, 768, 1440] as const;

/**
 * Widths at which a page scrolls sideways.
 *
 * @param page page of the browser, which is resized.
 */
export async function widthsThatScroll(page: Page): Promise<number[]> {
  const found: number[] = [];
  for (const width of widths) {
    await page.setViewportSize({ width, height: 800 });
    const { clientWidth, scrollWidth } = await page.evaluate(() => {
      const { clientWidth, scrollWidth } = document.documentElement;
      return { clientWidth, scrollWidth };
    });
    if (scrollWidth > clientWidth) found.push(width);
  }
  return found;
}

/** Height of a page on a phone in CSS pixels. */
export async function heightOnPhone(page: Page): Promise<number> {
  await page.setViewportSize({ width: 360, height: 800 });
  return await page.evaluate(() => document.documentElement.scrollHeight);
}

/** Number of A4 pages that a page is printed on. */
export async function printedPages(page: Page): Promise<number> {
  const pdf = await page.pdf({ format: "A4" });
  return pdf.toString("latin1").match(/\/Type\s*\/Page\b/g)?.length ?? 0;
}

/** Opens URLs one by one in each of two windows, and calls a function for each. */
export async function eachPage(
  browser: Browser,
  urls: readonly string[],
  use: (page: Page, url: string) => Promise<void>,
): Promise<void> {
  const left = [...urls].reverse();
  const work = async () => {
    const page = await browser.newPage();
    for (let url = left.pop(); url !== undefined; url = left.pop()) {
      await page.goto(url);
      await use(page, url);
    }
    await page.close();
  };
  await Promise.all([work(), work()]);
}

/** Texts that are typed into the search. */
const queries = ["describe umem backup url", "bakcup", "备份下载", "UMemBackup0001", "RetCode 230"];

/**
 * Time of the slowest keystroke in the search of the home page, until its results are laid out, in milliseconds. Each is measured
 * five times, and the median counts.
 */
export async function slowestKeystroke(page: Page): Promise<number> {
  await page.locator("[role=combobox]").first().focus();
  await page.waitForFunction(() => "actiongenSearch" in globalThis);
  const prefixes = queries.flatMap((query) =>
    [...query].map((_, end) => [...query].slice(0, end + 1).join("")),
  );
  const rounds = await page.evaluate((texts) => {
    const input = document.querySelector<HTMLInputElement>("[role=combobox]");
    if (input === null) throw new Error("the page has no search");
    // No function has a name here: tsx would add a call to a helper that the page does not have.
    return [0, 1, 2, 3, 4].map(() =>
      texts.map((text) => {
        const started = performance.now();
        input.value = text;
        input.dispatchEvent(new InputEvent("input", { bubbles: true }));
        document.body.getBoundingClientRect();
        return performance.now() - started;
      }),
    );
  }, prefixes);
  if ((await page.locator("[role=listbox] [role=option]").count()) === 0)
    throw new Error("the search shows no results");
  return Math.max(...prefixes.map((_, at) => median(rounds.map((round) => round[at] ?? Number.NaN))));
}
