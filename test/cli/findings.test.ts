import { expect, test } from "vitest";
import type { Result } from "../support/actiongen.js";
import { pagesFolder } from "../support/pages-run.js";
import { row, smallPage } from "../support/small-page.js";

/** Transcribes pages by file name. `at` is their folder in messages. */
async function transcribe(pages: Readonly<Record<string, string>>): Promise<Result & { at: string }> {
  const folder = await pagesFolder(pages);
  return { ...(await folder.transcribe()), at: folder.at };
}

test("prints warnings by kind, what is lost first, with a line for each page", async () => {
  const a = { action: "DoA", rows: row("Count", "int"), request: "?Action=DoA&Count=many&Hue=red&Size=big" };
  const { code, err, at } = await transcribe({
    "a.md": smallPage(a),
    "b.md": smallPage({ action: "DoB", fields: row("Id", "string", "x", "**Yes**") }),
  });
  expect(code).toBe(0);
  const help = "  help: Fix the table or the example, whichever is wrong. Neither was corrected.";
  expect(err.trim().split("\n")).toEqual([
    "warning: parameters and fields of examples that no table has: 2",
    `  ${at}/a.md:19: Hue is in the request example, but not in the table at line 7 (and 1 more on this page)`,
    help,
    "warning: types that disagree between an example and its table: 1",
    `  ${at}/a.md:19: Count is "many" in the request example, but of type integer at line 7`,
    help,
    "warning: required parameters and fields that an example lacks: 1",
    `  ${at}/b.md:25: Id is required at line 14, but the response example does not contain it`,
    help,
    "--report FILE writes each of them to a file.",
  ]);
});

test("prints the same difference on several pages as one line", async () => {
  const pages = ["DoA", "DoB", "DoC"].map((action) => [
    `${action}.md`,
    smallPage({ action, response: '{ "RetCode": 0, "Request_uuid": "made-up-1" }' }),
  ]);
  const { err, at } = await transcribe(Object.fromEntries(pages));
  expect(err).toContain("no table has: 3\n");
  expect(err).toContain(
    `  ${at}/DoA.md:25: Request_uuid is in the response example, but not in the table at line 13 (and on 2 more pages)\n`,
  );
  expect(err.match(/Request_uuid/g)).toHaveLength(1);
});

test("prints one line for all notes of a kind, with an example", async () => {
  const pages = ["DoA", "DoB"].map((action) => [
    `${action}.md`,
    smallPage({ action, request: `?Action=${action}\n&Token=WfTAPwME\n&Owner=HnsnJnXX` }),
  ]);
  const { err, at } = await transcribe(Object.fromEntries(pages));
  expect(err).toBe(
    `note: differences caused by random values of examples: 4, such as ${at}/DoA.md:20: Token is in the request example, but not in the table at line 1\n--report FILE writes each of them to a file.\n`,
  );
});

test("names pages that do not describe an action in a line each, and exits with 0", async () => {
  const rest = smallPage({ action: "PutFile", request: "PUT /files/1 HTTP/1.1\nHost: shelf" });
  const { code, out, err, at } = await transcribe({
    "index.md": "# All commands\n\n- [Borrow a book](borrow_book.md)\n",
    "put_file.md": rest,
  });
  expect(code).toBe(0);
  expect(out).toMatch(/2 pages read, 0 actions \(2 pages without one\), .* 0 rejected/);
  expect(err.trim().split("\n")).toEqual([
    "note: pages that do not describe an action: 2",
    `  ${at}/index.md:1: has the title "All commands", which does not name an action`,
    `  ${at}/put_file.md:19: the request example is "PUT /files/1 HTTP/1.1", which is not a query with an Action`,
    "  help: No action needed, unless it is the page of an action: transcribe.ignore can name it.",
  ]);
});
