import { expect, test } from "vitest";
import { pagesFolder } from "../support/pages-run.js";
import { smallPage } from "../support/small-page.js";

const pages = {
  "a.md": smallPage({ action: "DoA", request: "?Action=DoA&Hue=red" }),
  "b.md": smallPage({ action: "DoB", request: "?Action=DoB&Hue=red" }),
  "readme.md": "# About the shelf\n",
  "empty.md": "",
};

/** Transcribes with entries of `transcribe.ignore`. */
async function ignoring(...entries: readonly string[]) {
  const folder = await pagesFolder(pages);
  await folder.configure(`  ignore:\n${entries.map((entry) => `    - { ${entry} }`).join("\n")}`);
  return await folder.transcribe();
}

test.each<[what: string, entry: string, code: number, reported: string[]]>([
  ["a code", "code: example-unknown-field, reason: Known", 1, ["readme.md", "empty.md"]],
  ["a page, errors included", "path: empty.md, reason: Not written yet", 0, ["a.md", "readme.md"]],
  ["a folder", 'path: "shelf-api/**", reason: Read by nobody', 0, []],
  [
    "a pattern of pages and a code",
    "path: '{a,b}.md', code: example-unknown-field, reason: x",
    1,
    ["readme.md", "empty.md"],
  ],
  [
    "a code of one page",
    "path: shelf-api/b.md, code: example-unknown-field, reason: x",
    1,
    ["a.md", "readme.md", "empty.md"],
  ],
])("ignores the findings of %s", async (_, entry, code, reported) => {
  const result = await ignoring(entry);
  expect(result.code).toBe(code);
  const found = Object.keys(pages).filter((name) => result.err.includes(`/${name}:`));
  expect(found).toEqual(reported);
  expect(result.err).not.toContain("transcribe.ignore that match nothing");
});

test("reports an entry that matches nothing, with its line", async () => {
  const { code, err } = await ignoring(
    'path: "shelf-api/**", reason: Read by nobody',
    "code: row-omitted, path: c.md, reason: It has two tables",
  );
  expect(code).toBe(0);
  expect(err).toMatch(
    /^note: entries of transcribe\.ignore that match nothing: 1: .*actiongen\.yaml:13: the entry with the code "row-omitted" and the path "c\.md" matches no finding of these pages\n$/,
  );
});

test("suggests the code that was meant", async () => {
  const { err } = await ignoring("code: row-omited, reason: x", "code: exampel-type, reason: x");
  expect(err).toContain(
    '12: the entry with the code "row-omited" matches no finding of these pages (did you mean row-omitted?)\n',
  );
  expect(err).toContain(
    '13: the entry with the code "exampel-type" matches no finding of these pages (did you mean example-type?)\n',
  );
});

test.each<[entry: string, message: string]>([
  ["code: row-omitted", "reason"],
  [
    "reason: Everything is fine",
    "transcribe › ignore › 0 has neither a code nor a path, so it would ignore everything",
  ],
])("rejects the entry { %s }", async (entry, message) => {
  const { code, err } = await ignoring(entry);
  expect(code).toBe(1);
  expect(err).toMatch(/actiongen\.yaml:12: /);
  expect(err).toContain(message);
});
