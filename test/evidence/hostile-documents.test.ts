import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startChromium } from "../support/browser.js";
import { addEvidence } from "../support/evidence.js";
import { generated } from "../support/generated.js";
import { batchesOf, hostileStrings } from "../support/hostile-corpus.js";
import { documentPositions, specOf } from "../support/hostile-spec.js";
import { mdxSyntax } from "../support/mdx.js";
import { addedParts, readPages } from "../support/page-parts.js";
import { shape } from "../support/program-shape.js";

let browser: Browser;
let empty: Page;
beforeAll(async () => {
  browser = await startChromium();
  empty = await browser.newPage();
});
afterAll(() => browser?.close());

/** Control characters, and those that show a program in another order than it is read. */
const controls = /[^\P{Cc}\n\t]|[\u2028-\u202e\u2066-\u2069]/u;

/** What a program, or another file that is not a page, has more or less than expected. */
function problemOf(path: string, text: string, expected: string): string | undefined {
  if (/\.[jt]s$/.test(path) && controls.test(text))
    return `contains ${JSON.stringify(controls.exec(text)?.[0])}`;
  if (path.endsWith(".json")) {
    const keys = (json: string) => Object.keys(JSON.parse(json)).join();
    return keys(text) === keys(expected) ? undefined : "has other keys";
  }
  if (!/\.[jt]s$/.test(path)) return undefined;
  try {
    return shape(text, path) === shape(expected, path) ? undefined : "is another program";
  } catch (error) {
    return `cannot be parsed: ${error}`;
  }
}

/**
 * An action without sentences has fewer comments and elements than the one it is compared with. Strings with half a character
 * are reported as problems of the input.
 */
const visible = hostileStrings.filter((text) => text.trim() !== "" && !/\p{Surrogate}/u.test(text));

test("strings of documents, RetCodes and the configuration become neither code nor markup", async (context) => {
  const harmless = Array.from({ length: 40 }, (_, index) => `harmless${index}`);
  const expected = await generated(await specOf(harmless));
  const expectedPages = new Map(await readPages(empty, expected));
  const acted: string[] = [];
  for (const batch of batchesOf(40, visible)) {
    const texts = [...batch, ...harmless.slice(batch.length)];
    const files = await generated(await specOf(texts));
    const note = (path: string, problem: string) => {
      const [, number] = /Do(\d+)\./.exec(path) ?? [];
      const text = number === undefined ? `${texts[0]} …` : texts[Number(number)];
      acted.push(`${JSON.stringify(text).slice(0, 200)} in ${path}: ${problem.slice(0, 500)}`);
    };
    expect([...files.keys()]).toEqual([...expected.keys()]);
    for (const [path, text] of files) {
      const isPage = /\.(?:html|md|txt)$/.test(path);
      const problem = isPage ? undefined : problemOf(path, text, expected.get(path) ?? "");
      if (problem !== undefined) note(path, problem);
      if (path.endsWith(".md") && mdxSyntax(text).length > 0) note(path, `is MDX with ${mdxSyntax(text)}`);
    }
    for (const [path, parts] of await readPages(empty, files)) {
      const different = addedParts(parts, expectedPages.get(path) ?? {});
      if (different.length > 0) note(path, different.join(", "));
    }
  }
  for (const name of Object.keys(Object.prototype)) acted.push(`every object has ${name}`);

  const probes = visible.length * documentPositions;
  addEvidence(context, {
    what: `hostile strings × positions in documents, RetCodes and the configuration (${visible.length} × ${documentPositions}): acted`,
    measured: `${acted.length} of ${probes}`,
    limit: "0",
  });
  expect(visible.length).toBeGreaterThanOrEqual(450);
  expect(acted).toEqual([]);
});
