import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { displayPath } from "../../scripts/files.js";
import { load } from "../../scripts/load.js";
import { actiongen, isTrace } from "../support/actiongen.js";
import { contents } from "../support/contents.js";
import { shelfPages } from "../support/shelf-pages.js";

const facts = "shelf/pages.json";
const document = "shelf/BorrowBook.openapi.yaml";

describe("the lines of pages", () => {
  test("are not in the documents, so that a line more changes no document", async () => {
    const { pages, out, transcribe } = await shelfPages("BorrowBook", "LendBook");
    const before = await contents(out);
    const page = join(pages, "shelf-api/BorrowBook.md");
    await writeFile(page, `\n${await readFile(page, "utf8")}`);
    const check = await transcribe("--check");
    expect([check.code, check.out]).toEqual([
      1,
      expect.stringContaining(`would write ${displayPath(out)}/${facts}\n`),
    ]);
    expect((await transcribe()).code).toBe(0);
    const { [facts]: after = "", ...others } = await contents(out);
    const { [facts]: old = "", ...same } = before;
    expect(others).toEqual(same);
    const changed = after.split("\n").filter((line, index) => line !== old.split("\n")[index]);
    expect(changed).toEqual([expect.stringMatching(/^"BorrowBook": /)]);
  });

  test("locate what is reported about a transcribed action", async () => {
    const { pages, out } = await shelfPages("BorrowBook");
    const [action] = (await load(out)).products[0]?.actions ?? [];
    const lines = (await readFile(join(pages, "shelf-api/BorrowBook.md"), "utf8")).split("\n");
    expect(action?.source.file).toBe(`${displayPath(pages)}/shelf-api/BorrowBook.md`);
    expect(lines[(action?.source.line ?? 0) - 1]).toContain("BorrowBook");
  });

  test("are those of the document without the file", async () => {
    const { out } = await shelfPages("BorrowBook");
    await rm(join(out, facts));
    const [action] = (await load(out)).products[0]?.actions ?? [];
    const lines = (await readFile(join(out, document), "utf8")).split("\n");
    expect(action?.source.file).toBe(`${displayPath(out)}/${document}`);
    expect(lines[(action?.source.line ?? 0) - 1]).toContain("get:");
  });

  test("of pages that are not read stay", async () => {
    const { pages, out } = await shelfPages("BorrowBook", "LendBook");
    const before = await contents(out);
    const page = join(pages, "shelf-api/BorrowBook.md");
    expect((await actiongen(["transcribe", page, "--out", out])).code).toBe(0);
    expect(await contents(out)).toEqual(before);
  });
});

describe("a file with lines of pages that is not valid", () => {
  test.each([
    ["JSON that was cut off", '{"BorrowBook": {', /pages\.json:1: is not JSON\n {2}help: Delete the file/],
    ["other JSON", '{"BorrowBook": {"line": "1"}}', /pages\.json: is not a list of pages with their lines\n/],
  ])("%s is reported, and nothing is lost", async (_, text, expected) => {
    const { out, transcribe } = await shelfPages("BorrowBook");
    await writeFile(join(out, facts), text);
    for (const result of [
      await transcribe(),
      await actiongen(["bundle", "--form", "virtual", "--spec", out]),
    ]) {
      expect(result.code).toBe(1);
      expect(result.err).toMatch(expected);
      expect(result.err).not.toMatch(isTrace);
    }
    expect(await readFile(join(out, facts), "utf8")).toBe(text);
  });
});
