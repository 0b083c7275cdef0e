import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { stringify } from "yaml";
import { readTree } from "../../scripts/files.js";
import { actiongen, isTrace } from "../support/actiongen.js";
import { startChromium } from "../support/browser.js";
import { addEvidence } from "../support/evidence.js";
import { batchesOf, hostileStrings } from "../support/hostile-corpus.js";
import { hostilePage, pagePositions } from "../support/hostile-pages.js";
import { hostileConfig } from "../support/hostile-spec.js";
import { mdxSyntax } from "../support/mdx.js";
import { activeParts, readPages } from "../support/page-parts.js";
import { constructsOf } from "../support/program-shape.js";
import { temporaryFolder } from "../support/spec-folder.js";

let browser: Browser;
let empty: Page;
beforeAll(async () => {
  browser = await startChromium();
  empty = await browser.newPage();
});
afterAll(() => browser?.close());

/** What controls a terminal or reorders its characters. */
const controls = /[^\P{Cc}\n]|[\u2028-\u202e\u2066-\u2069]/u;

/** Writes the pages of actions, and an overlay for all of them, in which every string is hostile. @returns the folder. */
async function pagesOf(texts: readonly string[]): Promise<string> {
  const folder = await temporaryFolder();
  await mkdir(join(folder, "pages/store"), { recursive: true });
  await mkdir(join(folder, "spec/overlays"), { recursive: true });
  const config = { ...hostileConfig("harmless"), transcribe: { docsUrl: "https://a.example/docs/" } };
  await writeFile(join(folder, "spec/actiongen.yaml"), stringify(config));
  for (const [index, text] of texts.entries())
    await writeFile(join(folder, `pages/store/Do${index}.md`), hostilePage(`Do${index}`, text));
  const update = { tags: texts, "x-vendor": Object.fromEntries(texts.map((text) => [text, text])) };
  const actions = [{ target: "$.paths['/'].get", description: texts.join(" "), update }];
  const overlay = { overlay: "1.0.0", info: { title: texts.join(" "), version: "1" }, actions };
  await writeFile(join(folder, "spec/overlays/store.yaml"), stringify(overlay));
  return folder;
}

/** Runs a command. @returns what it did that no input may cause. */
async function problemsOf(args: readonly string[]): Promise<string[]> {
  const { code, out, err } = await actiongen(args);
  const printed = controls.exec(out + err) ?? isTrace.exec(out + err);
  return [
    ...(code > 1 || (code === 1 && args[0] === "generate")
      ? [`exits with ${code}: ${err.slice(0, 500)}`]
      : []),
    ...(printed === null ? [] : [`prints ${JSON.stringify(printed[0])}`]),
  ].map((problem) => `${args[0]} ${problem}`);
}

/** Constructs of a generated output that could run something, by file. */
async function activeOf(files: ReadonlyMap<string, string>): Promise<[path: string, what: string][]> {
  const found: [string, string][] = [];
  for (const [path, text] of files) {
    if (path.startsWith("packages/core/")) continue;
    if (/\.[jt]s$/.test(path))
      found.push(...constructsOf(text, path).map((one) => [path, one] as [string, string]));
    if (path.endsWith(".json")) JSON.parse(text);
    if (path.endsWith(".md"))
      found.push(...mdxSyntax(text).map((one) => [path, `MDX ${one}`] as [string, string]));
  }
  for (const [path, parts] of await readPages(empty, files))
    found.push(...activeParts(parts).map((one) => [path, one] as [string, string]));
  return found;
}

/** A page with many long strings is larger than any that exists: how time grows is measured elsewhere. */
const short = hostileStrings.filter((text) => text.length < 1000 && !/\p{Surrogate}/u.test(text));

test("strings of pages and overlays become neither code nor markup", async (context) => {
  const acted: string[] = [];
  const run = async (texts: readonly string[]) => {
    const folder = await pagesOf(texts);
    const [pages, spec, out] = ["pages", "spec", "out"].map((name) => join(folder, name)) as [
      string,
      string,
      string,
    ];
    const problems = [
      ...(await problemsOf(["transcribe", pages, "--out", spec])),
      ...(await problemsOf(["generate", "--spec", spec, "--out", out])),
    ];
    acted.push(...problems.map((problem) => `${JSON.stringify(texts[0])} …: ${problem}`));
    return await readTree(out).catch(() => new Map<string, string>());
  };
  const harmless = await run(Array.from({ length: 40 }, (_, index) => `harmless${index}`));
  const known = new Set((await activeOf(harmless)).map(([, what]) => what));
  for (const batch of batchesOf(40, short)) {
    const added = (await activeOf(await run(batch))).filter(([, what]) => !known.has(what));
    const lines = added.map(
      ([path, what]) => `${batch[Number(/Do(\d+)/.exec(path)?.[1] ?? 0)]} in ${path}: ${what}`,
    );
    acted.push(...new Set(lines));
  }
  const probes = short.length * pagePositions;
  addEvidence(context, {
    what: `hostile strings × positions in pages and overlays (${short.length} × ${pagePositions}): acted`,
    measured: `${acted.length} of ${probes}`,
    limit: "0",
  });
  expect(acted.map((line) => line.slice(0, 400))).toEqual([]);
});
