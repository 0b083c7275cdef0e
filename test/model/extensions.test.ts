import { describe, expect, test } from "vitest";
import { load } from "../../scripts/load.js";
import { document, errorsOf } from "../support/errors.js";
import { type Edit, specFolder } from "../support/spec-folder.js";

/** Adds an extension to the operation. */
const extension = (text: string): Edit => document("      responses:\n", `      ${text}\n      responses:\n`);

test("paging and download are in the model", async () => {
  const folder = await specFolder(
    extension("x-actiongen-download: { function: downloadBackup, links: BackupURL }"),
    extension("x-actiongen-paging: { offset: First, limit: Most, total: Count, items: BackupURL }"),
    document(
      "        - name: BlockId\n",
      `${["First", "Most"].map((name) => `        - name: ${name}\n          in: query\n          schema:\n            type: integer\n`).join("")}        - name: BlockId\n`,
    ),
    document(
      "        BackupURL:\n          type",
      "        Count:\n          type: integer\n        BackupURL:\n          type",
    ),
  );
  const [action] = (await load(folder)).products.flatMap(({ actions }) => actions);
  expect(action?.download).toEqual({ function: "downloadBackup", links: "BackupURL" });
  expect(action?.paging).toEqual({ offset: "First", limit: "Most", total: "Count", items: "BackupURL" });
});

describe("a name that no field has is reported", () => {
  test.each<[what: string, text: string, message: string]>([
    [
      "links that do not exist",
      "x-actiongen-download: { function: downloadBackup, links: Links }",
      'links is "Links", which does not exist',
    ],
    [
      "links that are not strings",
      "x-actiongen-download: { function: downloadBackup, links: RetCode }",
      'links is "RetCode", which is of type const',
    ],
    [
      "a function name that is not an identifier",
      "x-actiongen-download: { function: down load, links: BackupURL }",
      "function, an unused name that begins with a lower-case letter",
    ],
    [
      "an offset that is not a number",
      "x-actiongen-paging: { offset: BlockId, limit: BlockId, total: RetCode, items: BackupURL }",
      'offset is "BlockId", which is of type string',
    ],
    [
      "items that are not an array",
      "x-actiongen-paging: { offset: BlockId, limit: BlockId, total: RetCode, items: Message }",
      'items is "Message", which is of type string',
    ],
  ])("%s", async (_, text, message) => {
    const report = await errorsOf(await specFolder(extension(text)));
    expect(report).toContain(message);
  });
});
