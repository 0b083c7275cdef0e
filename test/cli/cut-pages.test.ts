import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { displayPath } from "../../scripts/files.js";
import { fieldsOf } from "../support/rows.js";
import { pageOf, shelfPages } from "../support/shelf-pages.js";
import { edit } from "../support/spec-folder.js";

const page = "shelf-api/BorrowBook.md";
const made = "shelf/BorrowBook.openapi.yaml";
const parameter = (name: string) => new RegExp(`^\\| \\*\\*${name}\\*\\* .*\\n`, "m");

/** A transcribed page that has lost what a pattern matches, and the result of transcribing it again. */
async function cutPage(...lost: readonly RegExp[]) {
  const { pages, out, transcribe } = await shelfPages("BorrowBook");
  const file = join(pages, page);
  const document = () => readFile(join(out, made), "utf8");
  const before = await document();
  let text = await readFile(file, "utf8");
  for (const pattern of lost) {
    expect(text).toMatch(pattern);
    text = text.replace(pattern, "");
  }
  await writeFile(file, text);
  return { out, file, document, before, transcribe, result: await transcribe() };
}

test("no field is lost in silence, at whatever line a page is cut", async () => {
  const lines = (await pageOf("BorrowBook")).split("\n");
  const actions = lines.map((_, index) => `Borrow${index}`);
  const { pages, out, transcribe } = await shelfPages(...actions);
  const read = async (action: string) =>
    fieldsOf(parse(await readFile(join(out, `shelf/${action}.openapi.yaml`), "utf8")));
  const before = await Promise.all(actions.map(read));
  for (const [index, action] of actions.entries()) {
    const text = (await pageOf(action)).split("\n").slice(0, index).join("\n");
    await writeFile(join(pages, `shelf-api/${action}.md`), text);
  }
  const { code, err } = await transcribe();
  expect(code).toBe(1);
  expect(await Promise.all(actions.map(read))).toEqual(before);
  const lastLine = lines.findIndex((line) => line.includes("DueTime** | int"));
  for (const action of actions.slice(0, lastLine + 1)) expect(err).toContain(`/${action}.md:`);
});

describe("a page that has lost", () => {
  test.each<[what: string, lost: RegExp[], names: string]>([
    ["all response fields", [parameter("DueTime")], "the response field DueTime"],
    [
      "a third of its fields",
      ["Days", "Deposit", "Notes"].map(parameter),
      "the parameters Days, Deposit, Notes",
    ],
    [
      "a field and the response example",
      [parameter("Days"), /&Days.*\n/, /### Response Example[\s\S]*/],
      "the parameter Days; the response example",
    ],
  ])("%s is rejected, and its document kept", async (_, lost, names) => {
    const { out, file, before, document, transcribe, result } = await cutPage(...lost);
    const path = `${displayPath(out)}/${made}`;
    expect(result.code).toBe(1);
    expect(result.err).toContain(
      `${displayPath(file)}:1: has lost so much that it may have been cut off: ${names}
  help: ${path} was not changed. Complete the page; if it is complete, delete the document, and run again.\n`,
    );
    expect(await document()).toBe(before);
    await rm(join(out, made));
    expect((await transcribe()).code).toBe(0);
    expect((await transcribe("--check")).code).toBe(0);
  });

  test("a parameter is reported once", async () => {
    const { before, document, transcribe, result } = await cutPage(parameter("Days"), /&Days.*\n/);
    expect(result).toMatchObject({ code: 0, err: expect.stringContaining("has lost the parameter Days\n") });
    expect(await document()).not.toBe(before);
    expect(await transcribe()).toMatchObject({ code: 0, err: "" });
  });
});

describe("nothing is lost", () => {
  test("if an overlay adds and removes fields", async () => {
    const { pages, out, transcribe } = await shelfPages("BorrowBook");
    const overlay = `overlay: 1.0.0
info: { title: Facts, version: 1.0.0 }
actions:
  - { target: "$..parameters[?@.name == 'Days']", remove: true }
  - { target: "$..parameters[?@.name == 'Notes']", remove: true }
  - { target: "$..parameters[?@.name == 'Silent']", remove: true }
  - { target: "$.components.schemas.BorrowBookResponse.properties", update: { Fee: { type: number } } }
`;
    await writeFile(join(out, "../facts.yaml"), overlay);
    const options = ["--overlay", join(out, "../facts.yaml")];
    expect(await transcribe(...options)).toMatchObject({ code: 0, err: "" });
    await edit(join(pages, page), "Which book", "The book");
    expect(await transcribe(...options)).toMatchObject({ code: 0, err: "" });
  });

  test("if a data model is renamed", async () => {
    const { pages, transcribe } = await shelfPages("BorrowBook");
    const columns = "| Field Name | Type | Description Information | Required |\n|:-|:-|:-|:-|\n";
    const table = `#### Card\n\n${columns}| **Owner** | string | Who |No|\n| **Since** | int | When |No|\n\n`;
    const file = join(pages, page);
    await edit(file, "| **DueTime**", "| **Cards** | array[[*Card*](#Card)] | All |No|\n| **DueTime**");
    await edit(file, "## Example", `${table}## Example`);
    expect((await transcribe()).code).toBe(0);
    await writeFile(file, (await readFile(file, "utf8")).replaceAll(/\bCard\b/g, "Ticket"));
    const { code, err } = await transcribe();
    expect([code, err]).toEqual([0, expect.not.stringContaining("lost")]);
  });
});
