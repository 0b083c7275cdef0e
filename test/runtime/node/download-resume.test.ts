import { readdir } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import {
  download,
  expectFiles,
  failedDownload,
  randomFile,
  summary,
  visibleFiles,
} from "../../support/downloads.js";
import { cut, fileServer, stall } from "../../support/file-server.js";
import { temporaryFolder } from "../../support/spec-folder.js";

const bytes = randomFile(300_000);

describe("after a lost connection", () => {
  test("requests the missing bytes of the same version", async () => {
    const server = await fileServer((visit) =>
      visit.turn === 1 ? cut(visit, bytes, 100_000) : visit.serve(bytes),
    );
    const directory = await temporaryFolder();
    await download([`${server.origin}/a.rdb`], { directory });
    await expectFiles(directory, { "a.rdb": bytes });
    const [first, second] = server.visits;
    expect([first?.range, first?.ifRange]).toEqual([undefined, undefined]);
    expect(second?.range).toBe("bytes=100000-");
    expect(second?.ifRange).toBe('"one"');
  });

  test("uses Last-Modified if the entity tag is weak", async () => {
    const date = "Tue, 24 Nov 2026 10:00:00 GMT";
    const server = await fileServer((visit) => {
      const headers = { ETag: 'W/"weak"', "Last-Modified": date };
      if (visit.turn === 1) cut(visit, bytes, 100_000, headers);
      else visit.serve(bytes, { ...headers, ETag: date });
    });
    const directory = await temporaryFolder();
    const error = await failedDownload([`${server.origin}/a.rdb`], { directory, maxRetries: 1 });
    // The second response has another tag, so it belongs to another version.
    expect(server.visits[1]?.ifRange).toBe(date);
    expect(summary(error)).toEqual([[0, "a.rdb", "changed"]]);
  });

  test("starts over if the version cannot be recognized", async () => {
    const server = await fileServer((visit) => {
      const headers = { ETag: "" };
      if (visit.turn === 1) cut(visit, bytes, 100_000, headers);
      else visit.serve(bytes, headers);
    });
    const directory = await temporaryFolder();
    await download([`${server.origin}/a.rdb`], { directory });
    await expectFiles(directory, { "a.rdb": bytes });
    expect(server.visits[1]?.range).toBeUndefined();
  });

  test("starts over if the server ignores ranges", async () => {
    const server = await fileServer((visit) => {
      if (visit.turn < 3) cut(visit, bytes, 100_000);
      else visit.response.writeHead(200, { ETag: '"one"', "Content-Length": bytes.length }).end(bytes);
    });
    const directory = await temporaryFolder();
    const seen: number[] = [];
    await download([`${server.origin}/a.rdb`], {
      directory,
      onProgress: ({ received }) => seen.push(received),
    });
    expect(server.visits.map(({ range }) => range)).toEqual([undefined, "bytes=100000-", "bytes=100000-"]);
    expect(seen.filter((received) => received === 0)).toHaveLength(3);
    await expectFiles(directory, { "a.rdb": bytes });
  });

  test("starts over if the file was replaced", async () => {
    const other = randomFile(250_000);
    const server = await fileServer((visit) =>
      visit.turn === 1 ? cut(visit, bytes, 100_000) : visit.serve(other, { ETag: '"two"' }),
    );
    const directory = await temporaryFolder();
    await download([`${server.origin}/a.rdb`], { directory });
    await expectFiles(directory, { "a.rdb": other });
  });

  test.each([
    ["another tag", { ETag: '"two"' }, "bytes 100000-299999/300000"],
    ["another length", {}, "bytes 100000-299999/300001"],
    ["another offset", {}, "bytes 50000-249999/300000"],
    ["an invalid range", {}, "bytes 100000-/*"],
  ])("never appends a range with %s", async (_, headers, range) => {
    const server = await fileServer((visit) => {
      if (visit.turn === 1) cut(visit, bytes, 100_000);
      else if (visit.turn === 2) {
        visit.response
          .writeHead(206, { ETag: '"one"', ...headers, "Content-Range": range, "Content-Length": 200_000 })
          .end(randomFile(200_000));
      } else visit.serve(bytes);
    });
    const directory = await temporaryFolder();
    await download([`${server.origin}/a.rdb`], { directory });
    expect(server.visits).toHaveLength(3);
    expect(server.visits[2]?.range).toBeUndefined();
    await expectFiles(directory, { "a.rdb": bytes });
  });

  test("continues if the server sends less than the requested range", async () => {
    const server = await fileServer((visit) => {
      if (visit.turn === 1) return cut(visit, bytes, 100_000);
      const start = Number(/\d+/.exec(visit.range ?? "")?.[0]);
      const end = Math.min(start + 70_000, bytes.length);
      visit.response
        .writeHead(206, { "Content-Range": `bytes ${start}-${end - 1}/${bytes.length}` })
        .end(bytes.subarray(start, end));
    });
    const directory = await temporaryFolder();
    await download([`${server.origin}/a.rdb`], { directory });
    await expectFiles(directory, { "a.rdb": bytes });
    expect(server.visits).toHaveLength(4);
  });

  test("fails after `maxRetries`, and keeps the bytes received", async () => {
    const server = await fileServer((visit) => cut(visit, bytes, 1000));
    const directory = await temporaryFolder();
    const error = await failedDownload([`${server.origin}/a.rdb?Signature=abcd`], {
      directory,
      maxRetries: 2,
    });
    expect(server.visits).toHaveLength(3);
    expect(summary(error)).toEqual([[0, "a.rdb", "network"]]);
    expect(error.retryable).toBe(true);
    expect(error.message).toMatch(/^DescribeBackup: 1 of 1 files are incomplete\. shard 0 \(a\.rdb\): /);
    expect(await visibleFiles(directory)).toEqual(["a.rdb.part"]);
  });

  test("resets the number of retries after a mebibyte of progress", async () => {
    const long = randomFile(6 * 2 ** 20);
    const server = await fileServer((visit) => {
      const start = Number(/\d+/.exec(visit.range ?? "0")?.[0]);
      const end = start + 1.5 * 2 ** 20;
      if (end >= long.length) return visit.serve(long);
      const range = { "Content-Range": `bytes ${start}-${long.length - 1}/${long.length}` };
      visit.response.writeHead(start === 0 ? 200 : 206, {
        ETag: '"one"',
        "Content-Length": long.length - start,
        ...(start > 0 && range),
      });
      visit.response.write(long.subarray(start, end), () => setTimeout(() => visit.response.destroy(), 20));
    });
    const directory = await temporaryFolder();
    await download([`${server.origin}/a.rdb`], { directory, maxRetries: 1 });
    await expectFiles(directory, { "a.rdb": long });
    expect(server.visits.length).toBeGreaterThan(3);
  });

  test("closes a connection that sends nothing, and resumes", async () => {
    const server = await fileServer((visit) =>
      visit.turn === 1 ? stall(visit, bytes, 100_000) : visit.serve(bytes),
    );
    const directory = await temporaryFolder();
    await download([`${server.origin}/a.rdb`], { directory, stallTimeout: 300 });
    await expectFiles(directory, { "a.rdb": bytes });
    expect(server.visits[1]?.range).toBe("bytes=100000-");
  });

  test("fails with the reason `stalled` if the server never responds", async () => {
    const server = await fileServer(() => {});
    const error = await failedDownload([`${server.origin}/a.rdb`], {
      directory: await temporaryFolder(),
      stallTimeout: 60,
      maxRetries: 1,
    });
    expect(server.visits).toHaveLength(2);
    expect(summary(error)).toEqual([[0, "a.rdb", "stalled"]]);
  });
});

describe("with a response of another length", () => {
  test("rejects more bytes than announced", async () => {
    let calls = 0;
    const fetch = async () => {
      calls += 1;
      return new Response(bytes, { headers: { "Content-Length": "1000", ETag: '"one"' } });
    };
    const directory = await temporaryFolder();
    const error = await failedDownload(["http://files.test/a.rdb"], { directory, fetch, maxRetries: 1 });
    expect(calls).toBe(2);
    expect(summary(error)).toEqual([[0, "a.rdb", "length"]]);
    expect(await readdir(directory)).toEqual([]);
  });

  test("requests the missing bytes if the body ends early without an error", async () => {
    const ranges: (string | undefined)[] = [];
    const fetch = async (_: string, { headers }: { headers: Record<string, string> }) => {
      ranges.push(headers.Range);
      return headers.Range === undefined
        ? new Response(bytes.subarray(0, 1000), { headers: { "Content-Length": "300000", ETag: '"one"' } })
        : new Response(bytes.subarray(1000), {
            status: 206,
            headers: { "Content-Range": "bytes 1000-299999/300000" },
          });
    };
    const directory = await temporaryFolder();
    await download(["http://files.test/a.rdb"], { directory, fetch });
    expect(ranges).toEqual([undefined, "bytes=1000-"]);
    await expectFiles(directory, { "a.rdb": bytes });
  });

  test("rejects a response without a length and a compressed one", async () => {
    const server = await fileServer(({ path, response }) => {
      const isZipped = path === "/zipped.rdb";
      response.writeHead(200, isZipped ? { "Content-Length": 3, "Content-Encoding": "br" } : {}).end("abc");
    });
    const directory = await temporaryFolder();
    const links = [`${server.origin}/unknown.rdb`, `${server.origin}/zipped.rdb`];
    const error = await failedDownload(links, { directory });
    expect(summary(error)).toEqual([
      [0, "unknown.rdb", "length"],
      [1, "zipped.rdb", "length"],
    ]);
    expect(server.visits).toHaveLength(2);
  });
});
