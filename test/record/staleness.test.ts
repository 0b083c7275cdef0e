import { join } from "node:path";
import { expect, test } from "vitest";
import { readRecordings } from "../../scripts/contract/recording.js";
import { staleRecordings } from "../../scripts/contract/staleness.js";
import { load } from "../../scripts/load.js";
import { recordCall, serveBody } from "../support/recorder.js";
import { documentPath, type Edit, edit, specFolder } from "../support/spec-folder.js";

const params = { Region: "cn-zj", Zone: "cn-zj-01", SpaceId: "s-1", BackupId: "b-1" };
const body = { RetCode: 0, Action: "DescribeUMemBackupURLResponse", BackupURL: ["https://b.example/a"] };

/** What is reported of a recording after its document has changed. */
async function reportAfter(...edits: Edit[]): Promise<string[]> {
  const spec = await specFolder();
  const baseUrl = await serveBody(body);
  const run = await recordCall("DescribeUMemBackupURL", params, baseUrl, { args: ["--spec", spec] });
  expect(run.err).toBe("");
  for (const [path, from, to] of edits) await edit(join(spec, path), from, to);
  const found = staleRecordings(await readRecordings(run.out), await load(spec));
  for (const { file } of found) expect(file).toMatch(/captured-success\.har$/);
  return found.map(({ message }) => message.replace(/^.*?: /, ""));
}

test("a recording of the current document is not reported", async () => {
  expect(await reportAfter()).toEqual([]);
});

test.each<[what: string, edits: Edit[], message: string]>([
  [
    "a parameter that was renamed",
    [[documentPath, "- name: BlockId", "- name: ShardId"]],
    "parameter BlockId was removed; parameter ShardId was added",
  ],
  [
    "another type",
    [[documentPath, "items:\n            type: string\n", "items:\n            type: integer\n"]],
    "field BackupURL was array of string!, and is array of integer!",
  ],
  ["a description", [[documentPath, "summary: ", "summary: New "]], "nothing that a call shows has changed"],
])("reports %s, with what has changed", async (_, edits, message) => {
  expect(await reportAfter(...edits)).toEqual([message]);
});

test.each<[what: string, facts: object, message: string]>([
  [
    "of any type",
    { fields: { RetCode: { toString: 1 } }, retCodes: [{}, [[]]] },
    "nothing that a call shows has changed",
  ],
  [
    "with the name of a member of every object",
    { fields: { constructor: "string" } },
    "field constructor was removed; field RetCode was added; field Action was added; field Message was added; field BackupURL was added",
  ],
])("reads facts %s", async (_, facts, message) => {
  const spec = await specFolder();
  const run = await recordCall("DescribeUMemBackupURL", params, await serveBody(body), {
    args: ["--spec", spec],
  });
  const [recording] = await readRecordings(run.out);
  if (recording?.document === undefined) throw new Error("no recording of a document");
  const document = { ...recording.document, hash: "of an older document", facts };
  const [found] = staleRecordings([{ ...recording, document }], await load(spec));
  expect(found?.message.replace(/^.*?: /, "")).toBe(message);
});
