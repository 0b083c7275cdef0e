import { readdir } from "node:fs/promises";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { load as loadYaml } from "js-yaml";
import { describe, expect, test } from "vitest";
import { displayPath } from "../../scripts/files.js";
import { formatFindings, loadDocuments, transcribedFolder } from "../support/transcribed.js";

/**
 * A folder in golden/ is a case: `pages/` are transcribed with `overlay.yaml` and `actiongen.yaml` if they are there,
 * and `expected/` is what comes out, the findings too. After a change that is meant,
 * `npx vitest run test/transcribe/golden -u` writes `expected/` anew: read the difference.
 */
const here = fileURLToPath(new URL("golden", import.meta.url));
const entries = await readdir(here, { withFileTypes: true });
const cases = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);

/** What comes of a case, by path in its `expected/`. */
async function results(name: string): Promise<Map<string, string>> {
  const folder = join(here, name);
  const { documents, findings } = await transcribedFolder(folder, join(here, "actiongen.yaml"));
  const said = formatFindings(findings).replaceAll(`${displayPath(folder)}/`, "");
  return new Map([
    ...documents.map(({ path, content }): [string, string] => [path, content]),
    ["findings.txt", `${said}\n`],
  ]);
}

describe.each(cases)("%s", async (name) => {
  const files = await results(name);
  const expected = join(here, name, "expected");

  test.each([...files])("%s", async (path, content) => {
    await expect(content).toMatchFileSnapshot(join(expected, path));
  });

  const documents = new Map([...files].filter(([path]) => path.endsWith(".openapi.yaml")));
  test("its documents can be generated from", async () => {
    if (documents.size === 0) return expect(name).toBe("refused");
    const { products } = await loadDocuments(documents);
    const paths = products.flatMap((product) =>
      product.actions.map(({ name: action }) => `${product.name}/${action}.openapi.yaml`),
    );
    expect(paths.sort()).toEqual([...documents.keys()].sort());
  });

  test("nothing else is expected", async () => {
    const there = await readdir(expected, { recursive: true, withFileTypes: true }).catch(() => []);
    const paths = there
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name: file }) => relative(expected, join(parentPath, file)));
    expect(paths.sort()).toEqual([...files.keys()].sort());
  });
});

/** A document without what a language decides: its descriptions, and the lines that rows stand on. */
function shapeOf(text: string): unknown {
  const { paths, components } = loadYaml(text) as Record<string, unknown>;
  return JSON.parse(
    JSON.stringify({ paths, components }, (key, value: unknown) =>
      ["description", "summary"].includes(key) && typeof value === "string" ? undefined : value,
    ),
  );
}

test("a page and its twin in the other language give the same document but for the prose", async () => {
  const [english, chinese] = await Promise.all([results("english"), results("chinese")]);
  const path = "shelf/BorrowBook.openapi.yaml";
  expect(shapeOf(chinese.get(path) ?? "")).toEqual(shapeOf(english.get(path) ?? ""));
});
