import { describe, expect, test } from "vitest";
import { pageOf } from "../support/shelf-pages.js";
import { formatFindings, transcribed } from "../support/transcribed.js";

const whole = await pageOf("BorrowBook");
const lastRow = "| **DueTime** | int | When the book has to be back |**Yes**|";
const responseHead = "### Response Field\n\n| Field Name | Type | Description Information | Required |\n";
const model = "\n\n#### Card\n\n| Field Name | Type | Description Information | Required |\n|:-|:-|:-|:-|\n";

/** The whole page without what follows a part of it. */
function cutAfter(part: string): string {
  const at = whole.indexOf(part);
  if (at < 0) throw new Error(`the page does not contain ${JSON.stringify(part)}`);
  return whole.slice(0, at + part.length);
}

describe("rejects a page", () => {
  test.each<[what: string, text: string, problem: string]>([
    [
      "without rows of response fields",
      cutAfter(`${responseHead}|:---|:---|:---|:---|`),
      "the table of response fields has no rows",
    ],
    [
      "without a table of response fields",
      cutAfter("### Response Field"),
      "the section of response fields has no table",
    ],
    [
      "that ends in a row",
      cutAfter(lastRow.slice(0, -5)),
      'the page ends in the middle of the row "| **DueTime** | int | When the book has to be back |**Y"',
    ],
    [
      "that ends before the end of a row",
      cutAfter(lastRow.slice(0, -1)),
      `the page ends in the middle of the row ${JSON.stringify(lastRow.slice(0, -1))}`,
    ],
    ["that ends in an example", cutAfter('"RetCode": 0,'), "the code block that begins here does not end"],
    [
      "whose sections are code, since a block begins above them",
      whole.replace("\n## ", "\n```\n## "),
      'the code block that begins here contains the section "Overview"',
    ],
    [
      "that ends where an example begins",
      cutAfter("```json"),
      "the code block that begins here does not end",
    ],
    [
      "with an example that other marks end",
      whole.replace("```json", "~~~json"),
      "the code block that begins here does not end",
    ],
  ])("%s", (_, text, problem) => {
    const { document, findings } = transcribed(text);
    expect(document).toBeUndefined();
    expect(formatFindings(findings)).toContain(`: error: ${problem}\n`);
  });
});

test("locates the beginning of a code block", () => {
  const line = whole.slice(0, whole.indexOf("```json")).split("\n").length;
  const { findings } = transcribed(cutAfter('"RetCode": 0,'));
  expect(findings.map((finding) => finding.line)).toEqual([line]);
});

describe("warns about a page", () => {
  test.each<[what: string, text: string, problem: string]>([
    [
      "with a data model without rows",
      whole.replace(lastRow, `| **Card** | [*Card*](#Card) | It |No|${model}`),
      "the table of the data model Card has no rows",
    ],
    ["that ends after a table", cutAfter(lastRow), "the page ends with a table, before a response example"],
    [
      "that ends after a heading",
      cutAfter("### Response Example"),
      "the page ends with a heading, before a response example",
    ],
    [
      "that ends after the request example",
      cutAfter("&Notes.1=second\n```"),
      "the page ends with the request example, before a response example",
    ],
    [
      "with JSON that does not end",
      whole.replace(/"RetCode": 0,\n[^`]*/, ""),
      "the example is not valid JSON",
    ],
  ])("%s", (_, text, problem) => {
    const { document, findings } = transcribed(text);
    expect(document).toBeDefined();
    expect(formatFindings(findings)).toContain(`: warning: ${problem}`);
  });
});

test.each<[what: string, text: string]>([
  ["is whole", whole],
  ["has Windows line ends", whole.replaceAll("\n", "\r\n")],
  ["ends with the marks of its last example", whole.trimEnd()],
  ["has longer marks at the end of an example", whole.replace(/```\s*$/, "`````")],
  [
    "has an indented example",
    whole.replace(/```json\n([^`]*)```/, (_, json: string) => `\n${json.replace(/^/gm, "    ")}\n`),
  ],
  ["has rows without an outer pipe at the end", whole.replaceAll(/\|$/gm, "")],
])("reports nothing about a page that %s", (_, text) => {
  const { document, findings } = transcribed(text);
  expect([formatFindings(findings), document]).toEqual(["", expect.anything()]);
});

test("accepts an action without parameters, whose table has no rows", () => {
  const text = whole
    .replace(/(?<=### Request Parameters\n\n.*\n.*\n)(?:\|.*\n)+/, "")
    .replace(/&\w+.*\n/g, "");
  expect(formatFindings(transcribed(text).findings)).toBe("");
});
