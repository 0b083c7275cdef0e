import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";
import { listFolder } from "../files.js";
import { toolkitFolder } from "../toolkit.js";
import { chromiumPath, startChromium } from "./chromium.js";
import { type DocsCost, measureDocs } from "./docs-cost.js";
import { actionsPerProduct, openWorkspace } from "./generate.js";
import { type Check, checkTable, installed, inTemporaryFolder, measure, median } from "./measure.js";
import { eachPage, heightOnPhone, printedPages, slowestKeystroke, widthsThatScroll } from "./page-figures.js";

export interface DocsBenchOptions {
  /** Number of actions, copies of the pages in `spec/pages`. */
  readonly actions: number;
  /** Number of time measurements. */
  readonly runs: number;
  /** Specification folder to measure instead of the copies. */
  readonly spec?: string;
}

/**
 * Measures the reference, and prints the figures and how they compare with their limits. Without Chromium, those of a
 * browser are left out.
 *
 * @throws CommandError if a measured command fails.
 */
export async function benchDocs({ actions, runs, spec }: DocsBenchOptions): Promise<void> {
  await inTemporaryFolder(async (folder) => {
    await measure(installed("typescript/bin/tsc"), "-p", join(toolkitFolder, "tsconfig.build.json"));
    const measured = spec ?? (await transcribeCopies(join(folder, "copies"), actions));
    const costs: DocsCost[] = [];
    for (let run = 0; run < runs; run += 1) costs.push(await measureDocs(measured, join(folder, `${run}`)));
    const site = join(folder, "0/out/docs");
    console.log(checkTable([...costChecks(costs), ...(await sizeChecks(site))]));
    if (existsSync(chromiumPath)) console.log(checkTable(await browserChecks(site)));
    else console.log(`${chromiumPath} does not exist, so the figures of a browser are left out.`);
  });
}

async function transcribeCopies(folder: string, actions: number): Promise<string> {
  const { spec, transcribe } = await openWorkspace(folder, actions, actionsPerProduct);
  await transcribe();
  return spec;
}

function costChecks(costs: readonly DocsCost[]): Check[] {
  const ratio = costs.map(
    ({ docs, load, openapiTypeScript }) =>
      (docs.wallSeconds - load.wallSeconds) / openapiTypeScript.wallSeconds,
  );
  const peak = median(costs.map(({ generate }) => generate.peakMegabytes));
  return [
    { name: "the reference / openapi-typescript", figure: median(ratio), limit: 1 },
    { name: "peak memory of generate", figure: peak, limit: 500, unit: "MB" },
  ];
}

async function sizeChecks(site: string): Promise<Check[]> {
  const gzip = async (path: string) => gzipSync(await readFile(path), { level: 9 }).length / 1000;
  const pages = await listFolder(site, ".html");
  const isAction = (path: string) => dirname(path) !== site && basename(path) !== "index.html";
  const actions = await Promise.all(pages.filter(isAction).map(gzip));
  // A page of an action loads the most. Its reader's first search loads search.js. Tables of data are not code.
  const javaScript = (await gzip(join(site, "site.js"))) + (await gzip(join(site, "action.js")));
  const withSearch = javaScript + (await gzip(join(site, "search.js")));
  const file = async (name: string, path: string, limit: number): Promise<Check> => {
    return { name: `${name}, gzip`, figure: await gzip(join(site, path)), limit, unit: "kB" };
  };
  return [
    { name: "action page, gzip, median", figure: median(actions), limit: 4, unit: "kB" },
    { name: "action page, gzip, largest", figure: Math.max(...actions), limit: 14, unit: "kB" },
    { name: "JavaScript of an action page, gzip", figure: javaScript, limit: 12, unit: "kB" },
    { name: "the same with the search in use", figure: withSearch, limit: 12, unit: "kB" },
    await file("CSS", "style.css", 4),
    await file("search table", "search-data.js", 65),
    await file("home page", "index.html", 10),
  ];
}

async function browserChecks(site: string): Promise<Check[]> {
  const urls = (await listFolder(site, ".html")).map((path) => pathToFileURL(path).href);
  const example = urls.find((url) => /\/DescribeUMemBackupURL(0000)?\.html$/.test(url));
  const browser = await startChromium();
  try {
    const scrolling: string[] = [];
    await eachPage(browser, urls, async (page, url) => {
      const widths = await widthsThatScroll(page);
      if (widths.length > 0) scrolling.push(`${url} at ${widths.join(", ")} px`);
    });
    for (const line of scrolling.slice(0, 10)) console.log(line);
    const page = await browser.newPage();
    await page.goto(pathToFileURL(join(site, "index.html")).href);
    const keystroke = await slowestKeystroke(page);
    const checks: Check[] = [
      { name: "slowest keystroke of the search", figure: keystroke, limit: 16, unit: "ms" },
      { name: "pages that scroll sideways", figure: scrolling.length, limit: 0 },
    ];
    if (example === undefined) return checks;
    await page.goto(example);
    const height = await heightOnPhone(page);
    return [
      ...checks,
      { name: "DescribeUMemBackupURL at 360 px, height", figure: height, limit: 4000, unit: "px" },
      { name: "DescribeUMemBackupURL in print, A4 pages", figure: await printedPages(page), limit: 3 },
    ];
  } finally {
    await browser.close();
  }
}
