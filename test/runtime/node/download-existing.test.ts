import { readFile, rm, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  download,
  expectFiles,
  failedDownload,
  randomFile,
  recordOf,
  summary,
} from "../../support/downloads.js";
import { cut, fileServer } from "../../support/file-server.js";
import { temporaryFolder } from "../../support/spec-folder.js";

const bytes = randomFile(300_000);
const date = "Tue, 24 Nov 2026 10:00:00 GMT";

/** A finished download of one file from a server whose file and headers a test can change. */
async function finished(headers: Record<string, string> = {}) {
  const remote = { bytes, headers };
  const server = await fileServer((visit) => visit.serve(remote.bytes, remote.headers));
  const directory = await temporaryFolder();
  const links = [`${server.origin}/a.rdb?Signature=1`];
  expect(await download(links, { directory })).toMatchObject([{ size: 300_000, skipped: false }]);
  server.visits.length = 0;
  const file = join(directory, "a.rdb");
  return { remote, server, directory, file, links: links.map((link) => link.replace("=1", "=2")) };
}

/** The ranges that were requested. */
const rangesOf = ({ visits }: { visits: readonly { range: string | undefined }[] }) =>
  visits.map(({ range }) => range);

describe("a second run of a finished download", () => {
  test.each([
    ["ETag", {}],
    ["Last-Modified, if the tag is weak", { ETag: 'W/"weak"', "Last-Modified": date }],
    ["Last-Modified, if there is no tag", { ETag: "", "Last-Modified": date }],
  ])("downloads nothing if the server confirms the length and %s", async (_, headers) => {
    const { server, directory, links, file } = await finished(headers);
    const seen: unknown[] = [];
    const files = await download(links, { directory, onProgress: (progress) => seen.push(progress) });
    expect(files).toEqual([{ file, size: 300_000, skipped: true }]);
    expect(seen).toEqual([{ shard: 0, file, received: 300_000, total: 300_000 }]);
    expect(rangesOf(server)).toEqual(["bytes=0-0"]);
    expect(await download(links, { directory, existing: "replace" })).toMatchObject([{ skipped: true }]);
    expect(rangesOf(server)).toEqual(["bytes=0-0", "bytes=0-0"]);
  });

  test.each<[what: string, change: (file: string) => Promise<unknown>]>([
    ["there is no record", (file) => rm(recordOf(file))],
    ["the file was touched", (file) => utimes(file, new Date(), new Date(1))],
  ])("compares the content if %s, and the next run need not", async (_, change) => {
    const { server, directory, links, file } = await finished();
    await change(file);
    expect(await download(links, { directory })).toEqual([{ file, size: 300_000, skipped: true }]);
    expect(rangesOf(server)).toEqual([undefined]);
    await download(links, { directory });
    expect(rangesOf(server)).toEqual([undefined, "bytes=0-0"]);
    await expectFiles(directory, { "a.rdb": bytes });
  });

  test("compares the content each time if the server sends neither ETag nor Last-Modified", async () => {
    const { server, directory, links } = await finished({ ETag: "" });
    expect(await download(links, { directory })).toMatchObject([{ skipped: true }]);
    expect(rangesOf(server)).toEqual([undefined]);
  });

  test("resumes an interrupted comparison", async () => {
    const { directory, file } = await finished();
    await rm(recordOf(file));
    const server = await fileServer((visit) =>
      visit.turn === 1 ? cut(visit, bytes, 100_000) : visit.serve(bytes),
    );
    expect(await download([`${server.origin}/a.rdb`], { directory })).toMatchObject([{ skipped: true }]);
    expect(rangesOf(server)).toEqual([undefined, "bytes=100000-"]);
  });

  test.each<[what: string, headers: Record<string, string>, other: Buffer]>([
    ["of another length", { ETag: '"two"' }, randomFile(299_999)],
    ["of the same length and another tag", { ETag: '"two"' }, randomFile(300_000)],
    ["of the same length and no tag", { ETag: "" }, randomFile(300_000)],
  ])("never skips a file %s", async (_, headers, other) => {
    const { remote, directory, links, file } = await finished();
    Object.assign(remote, { bytes: other, headers });
    const error = await failedDownload(links, { directory });
    expect(summary(error)).toEqual([[0, "a.rdb", "exists"]]);
    expect(error.message).toContain(
      'another file with that name exists: choose another directory or pass `existing: "replace"`',
    );
    expect(error.retryable).toBe(false);
    await expectFiles(directory, { "a.rdb": bytes });
    expect(await download(links, { directory, existing: "replace" })).toEqual([
      { file, size: other.length, skipped: false },
    ]);
    await expectFiles(directory, { "a.rdb": other });
  });

  test("with `existing: error` fails", async () => {
    const { server, directory, links } = await finished();
    expect(summary(await failedDownload(links, { directory, existing: "error" }))).toEqual([
      [0, "a.rdb", "exists"],
    ]);
    expect(server.visits).toHaveLength(0);
  });

  test("replaces a modified file if asked to", async () => {
    const { directory, links, file } = await finished();
    await writeFile(file, randomFile(300_000));
    await download(links, { directory, existing: "replace" });
    await expectFiles(directory, { "a.rdb": bytes });
  });
});

test("a skipped file equals the remote one, whatever has changed in between", async () => {
  const change = fc.record({
    remote: fc.constantFrom("same", "other bytes", "shorter"),
    headers: fc.constantFrom("tag", "weak tag", "none"),
    local: fc.constantFrom("same", "modified", "shorter", "without record"),
  });
  let version = 0;
  const counts = { skipped: 0, exists: 0 };
  const remote = { bytes, headers: {} as Record<string, string> };
  const server = await fileServer((visit) => visit.serve(remote.bytes, remote.headers));
  await fc.assert(
    fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 4 }), async (changes) => {
      const directory = await temporaryFolder();
      const file = join(directory, "a.rdb");
      for (const { remote: remoteChange, headers, local } of [
        { remote: "other bytes", headers: changes[0]?.headers, local: "same" },
        ...changes,
      ]) {
        if (remoteChange !== "same") {
          version += 1;
          remote.bytes = randomFile(remoteChange === "shorter" ? 999 : 1000);
        }
        remote.headers = { ETag: headers === "none" ? "" : `${headers === "tag" ? "" : "W/"}"${version}"` };
        if (local === "modified") await writeFile(file, randomFile(1000)).catch(() => {});
        if (local === "shorter") await writeFile(file, randomFile(999)).catch(() => {});
        if (local === "without record") await rm(recordOf(file), { force: true });
        const done = await download([`${server.origin}/a.rdb`], { directory }).catch(() => undefined);
        if (done === undefined) {
          counts.exists += 1;
          expect((await readFile(file)).equals(remote.bytes)).toBe(false);
          await download([`${server.origin}/a.rdb`], { directory, existing: "replace" });
        } else if (done[0]?.skipped) counts.skipped += 1;
        expect((await readFile(file)).equals(remote.bytes)).toBe(true);
      }
    }),
    { numRuns: 60 },
  );
  expect(Math.min(counts.skipped, counts.exists)).toBeGreaterThan(10);
});
