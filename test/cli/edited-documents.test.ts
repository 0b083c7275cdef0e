import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parse, stringify } from "yaml";
import { displayPath } from "../../scripts/files.js";
import type { Result } from "../support/actiongen.js";
import { shelfPages } from "../support/shelf-pages.js";
import { edit } from "../support/spec-folder.js";

const page = "shelf-api/BorrowBook.md";
const made = "shelf/BorrowBook.openapi.yaml";

/** A transcribed document that was edited since. */
async function editedDocument(...edits: readonly (readonly [from: string, to: string])[]) {
  const { pages, out, transcribe } = await shelfPages("BorrowBook");
  const document = join(out, made);
  for (const [from, to] of edits) await edit(document, from, to);
  const text = () => readFile(document, "utf8");
  const editPage = (from: string, to: string) => edit(join(pages, page), from, to);
  return { document, out, transcribe, text, editPage, before: await text() };
}

/** Saves the overlay of an error where the error says. */
async function saveOverlay({ err }: Result, out: string): Promise<void> {
  const [, path = "", overlay = ""] = /save this as (\S+) and run again:\n\n([\s\S]*)$/.exec(err) ?? [];
  expect(path).toBe(`${displayPath(out)}/overlays/shelf_BorrowBook.yaml`);
  await mkdir(join(out, "overlays"));
  await writeFile(path, overlay);
}

/** The data of a document, without its source. */
function dataOf(text: string): unknown {
  const { "x-actiongen-source": _, ...data } = parse(text);
  return data;
}

test("reports each edited value with that of the page, changes nothing, and prints an overlay", async () => {
  const { out, transcribe, text, before } = await editedDocument(
    ["description: For how many days", "description: Days until it is due"],
    ["type: number\n", "type: number\n            minimum: 0\n"],
    ["          example: true\n", ""],
  );
  const { code, err } = await transcribe();
  expect(code).toBe(1);
  expect(await text()).toBe(before);
  const lineOf = (part: string) => before.slice(0, before.indexOf(part)).split("\n").length;
  const file = `${displayPath(out)}/${made}`;
  const problems = err.split("\n").filter((line) => line.startsWith(file));
  expect(problems).toEqual([
    `${file}:${lineOf("Days until")}: parameters › Days › description was edited by hand: it is "Days until it is due", but "For how many days" on the page`,
    `${file}:${lineOf("minimum")}: parameters › Deposit › schema › minimum was edited by hand: it is 0, but is not on the page`,
    `${file}:${lineOf("name: Silent")}: parameters › Silent › example was removed by hand, but is true on the page`,
  ]);
  expect(err).toContain(`
overlay: 1.0.0
info:
  title: "Corrections of shelf: BorrowBook"
  version: 1.0.0
extends: ../shelf/BorrowBook.openapi.yaml
actions:
  - target: $.paths['/'].get.parameters[?@.name == 'Days']
    update:
      description: Days until it is due
`);
});

describe("the printed overlay keeps", () => {
  test.each<[what: string, ...edits: [from: string, to: string][]]>([
    ["a description", ["Which book", "The book"]],
    ["text with control characters", ["Which book", String.raw`"\e[31m\u009b it's \u202e \"\\"`]],
    ["an added value", ["type: number\n", "type: number\n            minimum: 0\n"]],
    ["a removed value", ["          example: true\n", ""]],
    ["a value of another kind", ["type: boolean", "type: [boolean, string]"]],
    [
      "an added parameter",
      ["        - name: Days\n", "        - { name: Copy, in: query, schema: {} }\n        - name: Days\n"],
    ],
    ["a removed parameter", [/ {8}- name: Days\n(?: {10}.*\n)+/.source, ""]],
    ["a renamed field", ["        DueTime:\n          type", "        Due-Time's:\n          type"]],
    ["a list", ["        - RetCode\n        - Message\n", "        - Message\n"]],
    [
      "several of them",
      ["Which book", "The book"],
      ["type: boolean", "type: [boolean, string]"],
      ["title:", "x-a: { b: [1] }\n  title:"],
    ],
  ])("%s", async (_, ...edits) => {
    const { out, document, transcribe, text } = await editedDocument();
    let edited = await text();
    for (const [from, to] of edits) {
      const pattern = from.startsWith(" {8}") ? new RegExp(from) : from;
      const after = edited.replace(pattern, () => to);
      expect(after).not.toBe(edited);
      edited = after;
    }
    await writeFile(document, edited);
    const first = await transcribe();
    expect(first).toMatchObject({ code: 1, err: expect.not.stringMatching(/(?!\n)\p{Cc}/u) });
    await saveOverlay(first, out);
    expect(await transcribe()).toMatchObject({ code: 0, err: "" });
    expect(sortParameters(dataOf(await text()))).toEqual(sortParameters(dataOf(edited)));
    expect(await transcribe("--check")).toMatchObject({ code: 0, err: "" });
  });
});

/** Parameters have no order. */
function sortParameters(data: unknown) {
  const { paths, ...rest } = data as { paths: { "/": { get: { parameters: { name: string }[] } } } };
  const { parameters, ...get } = paths["/"].get;
  return { ...rest, get, parameters: [...parameters].sort((a, b) => (a.name < b.name ? -1 : 1)) };
}

describe("nothing is reported", () => {
  test("about an edit that the page agrees with", async () => {
    const { transcribe, text, editPage } = await editedDocument(["Which book", "The book"]);
    await editPage("Which book", "The book");
    expect(await transcribe()).toMatchObject({ code: 0, err: "" });
    await editPage("The book", "Which one");
    expect(await transcribe()).toMatchObject({ code: 0, err: "" });
    expect(await text()).toContain("description: Which one");
  });

  test("about comments, formatting, the order of keys and of parameters", async () => {
    const { document, transcribe, text, editPage } = await editedDocument();
    const { openapi, ...rest } = parse(await text());
    const { get } = rest.paths["/"];
    get.parameters.reverse();
    await writeFile(document, `# Seen by hand.\n${stringify({ ...rest, openapi }, { indentSeq: false })}`);
    await editPage("Which book", "The book");
    expect(await transcribe()).toMatchObject({ code: 0, err: "" });
    expect(await text()).toMatch(/^# Seen by hand\.\n[\s\S]*description: The book\n/);
  });

  test("about changes of line numbers only", async () => {
    const { transcribe, text, editPage, before } = await editedDocument();
    await editPage("## Overview", "\n\n## Overview");
    expect(await transcribe()).toMatchObject({ code: 0, err: "" });
    expect(dataOf(await text())).toEqual(dataOf(before));
  });

  test("about a document without a hash, whose edits are replaced", async () => {
    const { document, transcribe, text } = await editedDocument(["Which book", "The book"]);
    await writeFile(document, (await text()).replace(/^ {2}hash: .*\n/m, ""));
    expect(await transcribe()).toMatchObject({ code: 0, err: "" });
    expect(await text()).toContain("description: Which book");
  });
});
