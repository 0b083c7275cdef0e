import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { AbortError } from "@dezai/core";
import { describe, expect, test } from "vitest";
import {
  download,
  expectFiles,
  failedDownload,
  randomFile,
  recordOf,
  summary,
  visibleFiles,
} from "../../support/downloads.js";
import { fileServer, stall } from "../../support/file-server.js";
import { temporaryFolder } from "../../support/spec-folder.js";

const bytes = randomFile(300_000);

describe("an aborted download", () => {
  /** Aborts a download of two files in the middle of the second, and returns what is left of it. */
  async function interrupted() {
    const second = randomFile(200_000);
    const files: Record<string, Buffer> = { "/a.rdb": bytes, "/b.rdb": second };
    let isSlow = true;
    const server = await fileServer((visit) => {
      const file = files[visit.path] as Buffer;
      if (visit.path === "/b.rdb" && isSlow) stall(visit, file, 90_000);
      else visit.serve(file);
    });
    const directory = await temporaryFolder();
    const controller = new AbortController();
    const links = [`${server.origin}/a.rdb?Signature=1`, `${server.origin}/b.rdb?Signature=1`];
    const reason = new Error("enough");
    let abortedAt = 0;
    const error = await download(links, {
      directory,
      concurrency: 1,
      signal: controller.signal,
      onProgress: ({ shard, received }) => {
        if (shard !== 1 || received < 90_000 || abortedAt > 0) return;
        abortedAt = Date.now();
        setTimeout(() => controller.abort(reason), 10);
      },
    }).catch((thrown) => thrown);
    expect(error).toBeInstanceOf(AbortError);
    expect(error.cause).toBe(reason);
    expect(error.message).toBe(
      "DescribeBackup: aborted by its signal; the bytes received are in `.part` files.",
    );
    // Well below the stall timeout.
    expect(Date.now() - abortedAt).toBeLessThan(3000);
    expect(await visibleFiles(directory)).toEqual(["a.rdb", "b.rdb.part"]);
    isSlow = false;
    server.visits.length = 0;
    return { server, files, directory, links: links.map((link) => link.replace("=1", "=2")) };
  }

  test("stops at once, and a later download completes it", async () => {
    const { server, files, directory, links } = await interrupted();
    const done = await download(links, { directory });
    expect(done.map(({ size }) => size)).toEqual([300_000, 200_000]);
    expect(server.visits.map(({ path, range, ifRange }) => [path, range, ifRange]).sort()).toEqual([
      ["/a.rdb", "bytes=0-0", '"one"'],
      ["/b.rdb", "bytes=90000-", '"one"'],
    ]);
    await expectFiles(directory, { "a.rdb": files["/a.rdb"] as Buffer, "b.rdb": files["/b.rdb"] as Buffer });
  });

  test("starts over later for files that have changed", async () => {
    const { server, files, directory, links } = await interrupted();
    for (const path of ["/a.rdb", "/b.rdb"]) files[path] = randomFile(files[path]?.length ?? 0);
    const changed = await fileServer((visit) => visit.serve(files[visit.path] as Buffer, { ETag: '"two"' }));
    const moved = links.map((link) => link.replace(server.origin, changed.origin));
    const error = await failedDownload(moved, { directory });
    expect(summary(error)).toEqual([[0, "a.rdb", "exists"]]);
    expect(await readFile(join(directory, "b.rdb"))).toEqual(files["/b.rdb"]);
    await download(moved, { directory, existing: "replace" });
    await expectFiles(directory, { "a.rdb": files["/a.rdb"] as Buffer, "b.rdb": files["/b.rdb"] as Buffer });
  });

  test("is not resumed from another link", async () => {
    const { server, directory } = await interrupted();
    const other = randomFile(200_000);
    const elsewhere = await fileServer((visit) => visit.serve(other));
    const error = await failedDownload(
      [`${elsewhere.origin}/other/a.rdb`, `${elsewhere.origin}/other/b.rdb`],
      { directory },
    );
    expect(summary(error)).toEqual([[0, "a.rdb", "exists"]]);
    expect(elsewhere.visits.map(({ range }) => range)).toEqual([undefined, undefined]);
    expect(await readFile(join(directory, "b.rdb"))).toEqual(other);
    expect(server.visits).toHaveLength(0);
  });

  test.each<[what: string, change: (json: string) => string]>([
    ["incomplete", (json) => json.slice(0, 20)],
    ["not an object", () => "7"],
    ["for a smaller file than is on disk", (json) => json.replace('"size":200000', '"size":80000')],
  ])("starts over if the record is %s", async (_, change) => {
    const { files, directory, links, server } = await interrupted();
    const record = recordOf(join(directory, "b.rdb"));
    await writeFile(record, change(await readFile(record, "utf8")));
    await download(links, { directory });
    expect(server.visits.find(({ path }) => path === "/b.rdb")?.range).toBeUndefined();
    await expectFiles(directory, { "a.rdb": files["/a.rdb"] as Buffer, "b.rdb": files["/b.rdb"] as Buffer });
  });

  test("asks the server to confirm a complete partial file", async () => {
    const { files, directory, links, server } = await interrupted();
    await writeFile(join(directory, "b.rdb.part"), files["/b.rdb"] as Buffer);
    await download(links, { directory });
    expect(server.visits.find(({ path }) => path === "/b.rdb")?.range).toBe("bytes=199999-");
    await expectFiles(directory, { "a.rdb": files["/a.rdb"] as Buffer, "b.rdb": files["/b.rdb"] as Buffer });
  });

  test("stops a wait for a retry, a call for links, and a download that has not started", async () => {
    const server = await fileServer(({ response }) => response.writeHead(500).end());
    const directory = await temporaryFolder();
    const started = Date.now();
    const waiting = download([`${server.origin}/a.rdb`], {
      directory,
      retryDelay: () => 60_000,
      signal: AbortSignal.timeout(100),
    });
    await expect(waiting).rejects.toBeInstanceOf(AbortError);
    const calling = download(
      (signal) =>
        new Promise((_, reject) =>
          (signal as AbortSignal).addEventListener("abort", () => reject(new Error("ended"))),
        ),
      { directory, signal: AbortSignal.timeout(50) },
    );
    await expect(calling).rejects.toThrow("ended");
    const never = download([`${server.origin}/a.rdb`], { directory, signal: AbortSignal.abort() });
    await expect(never).rejects.toBeInstanceOf(AbortError);
    expect(server.visits).toHaveLength(1);
    expect(Date.now() - started).toBeLessThan(2000);
  });
});
