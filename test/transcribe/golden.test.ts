import { readdir } from "node:fs/promises";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { displayPath } from "../../scripts/files.js";
import { formatFindings, loadDocuments, transcribedFolder } from "../support/transcribed.js";

/**
 * Each folder in golden/ is a case: `pages/`, optionally with `overlay.yaml` and `actiongen.yaml`, and the resulting
 * documents and findings in `expected/`. After an intended change, run `npx vitest run test/transcribe/golden -u` to
 * update `expected/`, and review the difference.
 */
const here = fileURLToPath(new URL("golden", import.meta.url));
const entries = await readdir(here, { withFileTypes: true });
const cases = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);

/** Results of a case, by path in its `expected/`. */
async function results(name: string): Promise<Map<string, string>> {
  const folder = join(here, name);
  const { documents, pageFacts, findings } = await transcribedFolder(folder, join(here, "actiongen.yaml"));
  const report = formatFindings(findings).replaceAll(`${displayPath(folder)}/`, "");
  return new Map([
    ...documents.map(({ path, content }): [string, string] => [path, content]),
    ...pageFacts.map(({ path, content = "" }): [string, string] => [path, content]),
    ["findings.txt", `${report}\n`],
  ]);
}

describe.each(cases)("%s", async (name) => {
  const files = await results(name);
  const expected = join(here, name, "expected");

  test.each([...files])("%s", async (path, content) => {
    await expect(content).toMatchFileSnapshot(join(expected, path));
  });

  const documents = new Map([...files].filter(([path]) => path.endsWith(".openapi.yaml")));
  test("its documents can be loaded", async () => {
    if (documents.size === 0) return expect(name).toBe("rejected");
    const { products } = await loadDocuments(documents);
    const paths = products.flatMap((product) =>
      product.actions.map(({ name: action }) => `${product.name}/${action}.openapi.yaml`),
    );
    expect(paths.sort()).toEqual([...documents.keys()].sort());
  });

  test("expected/ has no other files", async () => {
    const found = await readdir(expected, { recursive: true, withFileTypes: true }).catch(() => []);
    const paths = found
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name: file }) => relative(expected, join(parentPath, file)));
    expect(paths.sort()).toEqual([...files.keys()].sort());
  });
});

/** A document without the parts that depend on the language of its page. */
function shapeOf(text: string): unknown {
  const { paths, components } = parse(text) as Record<string, unknown>;
  return JSON.parse(
    JSON.stringify({ paths, components }, (key, value: unknown) =>
      ["description", "summary"].includes(key) && typeof value === "string" ? undefined : value,
    ),
  );
}

test("a page in both languages results in the same document, except for prose", async () => {
  const [english, chinese] = await Promise.all([results("english"), results("chinese")]);
  const path = "shelf/BorrowBook.openapi.yaml";
  expect(shapeOf(chinese.get(path) ?? "")).toEqual(shapeOf(english.get(path) ?? ""));
});
