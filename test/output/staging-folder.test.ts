import { mkdir, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { checkFinished, finishChanges } from "../../scripts/output/journal.js";
import { contents } from "../support/contents.js";
import { temporaryFolder } from "../support/spec-folder.js";

/** Creates an output folder with what a run of a process left in it, between its changes. */
async function leftBy(pid: number): Promise<string> {
  const folder = await temporaryFolder();
  const staging = join(folder, ".actiongen-staging");
  await mkdir(staging);
  const journal = '{"files":["a"],"removed":[],"last":"b"}';
  for (const [name, text] of Object.entries({ 0: "0", 1: "1", [`owner-${pid}-a`]: "", journal }))
    await writeFile(join(staging, name), text);
  return folder;
}

test("what a killed run left in a container, where the next process has the same ID, is finished", async () => {
  const folder = await leftBy(process.pid);
  expect(() => checkFinished(folder)).toThrow("contains a part of the changes of a run that was interrupted");
  await finishChanges(folder);
  expect(await contents(folder)).toEqual({ a: "0", b: "1" });
});

test("several runs finish at once what a killed run left", async () => {
  // No process has the largest ID.
  const folder = await leftBy(4_194_304);
  await Promise.all([finishChanges(folder), finishChanges(folder), finishChanges(folder)]);
  expect(await contents(folder)).toEqual({ a: "0", b: "1" });
});

test("a run that is killed as it starts is not in the way of the next one", async () => {
  const folder = await temporaryFolder();
  await mkdir(join(folder, ".actiongen-staging"));
  await finishChanges(folder);
  expect(await readdir(folder)).toEqual([]);
});

test("a folder that another process changes right now is reported", async () => {
  const folder = await leftBy(process.ppid);
  expect(() => checkFinished(folder)).toThrow(`is being written to by process ${process.ppid}`);
});
