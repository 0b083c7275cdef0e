import { createWriteStream } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { Writable } from "node:stream";
import { setTimeout as wait } from "node:timers/promises";
import { AbortError, ConfigurationError } from "@dezai/core";
import { downloadLinks, type SinkItem } from "@dezai/core/node";
import { describe, expect, test } from "vitest";
import { download, failedDownload, randomFile, summary } from "../../support/downloads.js";
import { cut, fileServer, stall } from "../../support/file-server.js";
import { temporaryFolder } from "../../support/spec-folder.js";

const bytes = randomFile(300_000);

/** An object storage whose uploads appear when their streams are closed. */
function storage(slow = 0) {
  const uploads: { item: SinkItem; state: string; chunks: Uint8Array[]; reason?: unknown }[] = [];
  const sink = (item: SinkItem) => {
    const upload: (typeof uploads)[number] = { item, state: "open", chunks: [] };
    uploads.push(upload);
    return new WritableStream<Uint8Array>({
      async write(chunk) {
        if (slow > 0) await wait(slow);
        upload.chunks.push(chunk);
      },
      close() {
        upload.state = "closed";
      },
      abort(reason) {
        Object.assign(upload, { state: "aborted", reason });
      },
    });
  };
  return { sink, uploads, content: (index: number) => Buffer.concat(uploads[index]?.chunks ?? []) };
}

describe("a sink", () => {
  test("gets a stream for each file, and the bytes of all of them", async () => {
    const files = [bytes, randomFile(0), randomFile(1)];
    const server = await fileServer(({ path, serve }) => serve(files[Number(path.at(-5))] as Buffer));
    const { sink, uploads, content } = storage();
    const links = files.map((_, index) => `${server.origin}/b/shard-${index}.rdb?Signature=abc`);
    const done = await download(links, { sink, concurrency: 1 });
    expect(done).toEqual([
      { file: "shard-0.rdb", size: 300_000, skipped: false },
      { file: "shard-1.rdb", size: 0, skipped: false },
      { file: "shard-2.rdb", size: 1, skipped: false },
    ]);
    expect(uploads.map(({ item, state }) => [item, state])).toEqual(
      files.map(({ length }, shard) => [
        { shard, name: `shard-${shard}.rdb`, path: `/b/shard-${shard}.rdb`, size: length },
        "closed",
      ]),
    );
    expect(files.every((file, index) => content(index).equals(file))).toBe(true);
  });

  test("can be a stream of Node", async () => {
    const server = await fileServer(({ serve }) => serve(bytes));
    const file = join(await temporaryFolder(), "uploaded");
    await download([`${server.origin}/a.rdb`], { sink: () => Writable.toWeb(createWriteStream(file)) });
    expect(bytes.equals(await readFile(file))).toBe(true);
  });

  test("keeps its stream when a lost connection is resumed or a link renewed", async () => {
    const server = await fileServer((visit) => {
      if (visit.turn === 1) cut(visit, bytes, 100_000);
      else if (visit.turn === 2) visit.response.writeHead(403).end();
      else visit.serve(bytes);
    });
    const { sink, uploads, content } = storage();
    await download(async () => [`${server.origin}/a.rdb?Signature=${server.visits.length}`], { sink });
    expect(server.visits.map(({ range }) => range)).toEqual([undefined, "bytes=100000-", "bytes=100000-"]);
    expect(uploads.map(({ state }) => state)).toEqual(["closed"]);
    expect(content(0).equals(bytes)).toBe(true);
  });

  test("is complete when the connection is lost after the last byte", async () => {
    let calls = 0;
    const fetch = async () => {
      calls += 1;
      let isSent = false;
      const body = new ReadableStream({
        pull(controller) {
          if (isSent) return controller.error(new Error("reset"));
          isSent = true;
          controller.enqueue(new Uint8Array(bytes));
        },
      });
      return new Response(body, { headers: { "Content-Length": "300000", ETag: '"one"' } });
    };
    const { sink, uploads, content } = storage();
    await download(["http://files.test/a.rdb"], { sink, fetch });
    expect([calls, uploads.map(({ state }) => state)]).toEqual([1, ["closed"]]);
    expect(content(0).equals(bytes)).toBe(true);
  });

  test.each<[what: string, headers: Record<string, string>]>([
    ["the file has changed", { ETag: '"two"' }],
    ["its version cannot be recognized", { ETag: "" }],
  ])("gets another stream if the file starts over because %s", async (_, headers) => {
    const other = randomFile(200_000);
    const server = await fileServer((visit) =>
      visit.turn === 1
        ? cut(visit, bytes, 100_000, headers.ETag ? {} : headers)
        : visit.serve(other, headers),
    );
    const { sink, uploads, content } = storage();
    await download([`${server.origin}/a.rdb`], { sink });
    expect(uploads.map(({ item: { size }, state }) => [size, state])).toEqual([
      [300_000, "aborted"],
      [200_000, "closed"],
    ]);
    expect(content(1).equals(other)).toBe(true);
  });

  test("has its stream aborted when the file fails, while others complete", async () => {
    const server = await fileServer((visit) =>
      visit.path === "/a.rdb" ? cut(visit, bytes, 1000) : visit.serve(bytes),
    );
    const { sink, uploads } = storage();
    const links = [`${server.origin}/a.rdb`, `${server.origin}/b.rdb`];
    const error = await failedDownload(links, { sink, maxRetries: 0, concurrency: 1 });
    expect(summary(error)).toEqual([[0, "a.rdb", "network"]]);
    expect(error.files).toEqual([{ file: "b.rdb", size: 300_000, skipped: false }]);
    expect(uploads.map(({ state }) => state)).toEqual(["aborted", "closed"]);
    expect(String(uploads[0]?.reason)).toContain("the connection");
  });

  test("has every stream aborted with the reason when the download is aborted", async () => {
    const server = await fileServer((visit) => stall(visit, bytes, 50_000));
    const { sink, uploads } = storage();
    const controller = new AbortController();
    const reason = new Error("enough");
    const links = [`${server.origin}/a.rdb`, `${server.origin}/b.rdb`];
    const error = await download(links, {
      sink,
      signal: controller.signal,
      onProgress: ({ shard, received }) => {
        if (shard === 1 && received === 50_000) controller.abort(reason);
      },
    }).catch((thrown) => thrown);
    expect(error).toBeInstanceOf(AbortError);
    expect(error.message).toContain("aborted by its signal; its streams are aborted");
    expect(uploads.map((upload) => [upload.state, upload.reason])).toEqual([
      ["aborted", reason],
      ["aborted", reason],
    ]);
  });

  test("that opens its stream after the download is aborted has it aborted too", async () => {
    const server = await fileServer(({ serve }) => serve(bytes));
    const { sink, uploads } = storage();
    const controller = new AbortController();
    const late = async (item: SinkItem) => {
      controller.abort();
      await wait(20);
      return sink(item);
    };
    const work = download([`${server.origin}/a.rdb`], { sink: late, signal: controller.signal });
    await expect(work).rejects.toBeInstanceOf(AbortError);
    await expect.poll(() => uploads[0]?.state).toBe("aborted");
  });

  test("that never takes its bytes does not delay an abort", async () => {
    const server = await fileServer(({ serve }) => serve(bytes));
    const sink = () => new WritableStream({ write: () => new Promise(() => {}) });
    const work = download([`${server.origin}/a.rdb`], { sink, signal: AbortSignal.timeout(100) });
    await expect(work).rejects.toBeInstanceOf(AbortError);
  });

  test("that is slow has at most one chunk at a time", async () => {
    const server = await fileServer(({ serve }) => serve(bytes));
    let pending = 0;
    let most = 0;
    const sink = () =>
      new WritableStream(
        {
          async write() {
            await wait(5);
            pending -= 1;
          },
        },
        {
          highWaterMark: 100,
          size() {
            pending += 1;
            most = Math.max(most, pending);
            return 1;
          },
        },
      );
    await download([`${server.origin}/a.rdb`], { sink });
    expect(most).toBe(1);
  });

  const failure = Object.assign(new Error("bucket is full"), { code: "QuotaExceeded" });
  test.each<[what: string, sink: () => unknown]>([
    [
      "it throws",
      () => {
        throw failure;
      },
    ],
    ["it rejects", () => Promise.reject(failure)],
    ["it returns no stream", () => "not a stream"],
    ["its stream fails", () => new WritableStream({ write: () => Promise.reject(failure) })],
    ["closing fails", () => new WritableStream({ close: () => Promise.reject(failure) })],
    ["nothing is thrown", () => Promise.reject(undefined)],
  ])("is a failure of the file without a retry if %s", async (_, sink) => {
    const server = await fileServer(({ serve }) => serve(bytes));
    const error = await failedDownload([`${server.origin}/a.rdb`], { sink: sink as never });
    expect(summary(error)).toEqual([[0, "a.rdb", "sink"]]);
    expect(error.retryable).toBe(false);
    expect(server.visits).toHaveLength(1);
    if (error.cause === failure) expect(error.failures[0]?.code).toBe("QuotaExceeded");
  });

  test.each([
    [{ directory: "d" }, "omit them, or the sink"],
    [{ existing: "skip" }, "omit them, or the sink"],
    [{ sink: "s3" }, "sink must be a function"],
  ])("cannot be combined with %j", async (options, problem) => {
    const work = downloadLinks(["http://files.test/a"], { sink: storage().sink, ...options } as never);
    await expect(work).rejects.toBeInstanceOf(ConfigurationError);
    await expect(work).rejects.toThrow(problem);
  });
});
