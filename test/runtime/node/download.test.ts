import { mkdir, readdir, readFile, readlink, stat, symlink, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { AbortError, ConfigurationError } from "@dezai/core";
import { type DownloadProgress, downloadLinks } from "@dezai/core/node";
import { describe, expect, test } from "vitest";
import { brief, download, expectFiles, failedDownload, randomFile } from "../../support/downloaded.js";
import { cut, fileServer, stall } from "../../support/file-server.js";
import { temporaryFolder } from "../../support/spec-folder.js";

const bytes = randomFile(300_000);

describe("a download", () => {
  test("gives the files in the order of the links, tells how far it is and leaves nothing else behind", async () => {
    const files = [randomFile(200_000), randomFile(0), randomFile(1)];
    const server = await fileServer(({ path, response, serve }) => {
      // The first comes last.
      const number = Number(path.at(-5));
      setTimeout(() => (response.destroyed ? undefined : serve(files[number] as Buffer)), 60 - number * 30);
    });
    const directory = join(await temporaryFolder(), "not", "there", "yet");
    const seen: DownloadProgress[] = [];
    const done = await download(
      files.map((_, index) => `${server.origin}/b/shard-${index}.rdb?Signature=abcd`),
      { directory, onProgress: (progress) => seen.push(progress) },
    );
    expect(done.map(({ file, size }) => [basename(file), size])).toEqual([
      ["shard-0.rdb", 200_000],
      ["shard-1.rdb", 0],
      ["shard-2.rdb", 1],
    ]);
    await expectFiles(directory, Object.fromEntries(files.map((one, index) => [`shard-${index}.rdb`, one])));
    const ofFirst = seen.filter(({ shard }) => shard === 0).map(({ received }) => received);
    expect(ofFirst).toEqual([...ofFirst].sort((a, b) => a - b));
    expect([ofFirst[0], ofFirst.at(-1)]).toEqual([0, 200_000]);
    expect(seen.filter(({ shard }) => shard === 0).every(({ total }) => total === 200_000)).toBe(true);
    expect(server.visits.every(({ request }) => request.headers["accept-encoding"] === "identity")).toBe(
      true,
    );
  });

  test("fetches no more at once than it may, and more than one", async () => {
    const server = await fileServer(({ serve }) => setTimeout(() => serve(bytes.subarray(0, 1000)), 10));
    const links = Array.from({ length: 20 }, (_, index) => `${server.origin}/${index}.rdb`);
    const directory = await temporaryFolder();
    expect(await download(links, { directory, concurrency: 3 })).toHaveLength(20);
    expect(server.most()).toBe(3);
    expect(await readdir(directory)).toHaveLength(20);
  });

  test("fetches four at once unless told otherwise", async () => {
    const server = await fileServer(({ serve }) => setTimeout(() => serve(bytes.subarray(0, 10)), 10));
    const links = Array.from({ length: 9 }, (_, index) => `${server.origin}/${index}.rdb`);
    await download(links, { directory: await temporaryFolder() });
    expect(server.most()).toBe(4);
  });

  test("leaves no file open, no timer and no listener", async () => {
    const server = await fileServer((visit) =>
      visit.turn === 1 ? cut(visit, bytes, 1000) : visit.serve(bytes),
    );
    const directory = await temporaryFolder();
    // Where there is no such folder, the number of warnings and listeners has to do.
    const opened = async () => {
      const fds = await readdir("/proc/self/fd").catch(() => []);
      const targets = await Promise.all(fds.map((fd) => readlink(`/proc/self/fd/${fd}`).catch(() => "")));
      return targets.filter((target) => target.startsWith(directory));
    };
    const links = Array.from({ length: 15 }, (_, index) => `${server.origin}/${index}.rdb`);
    const warnings: Error[] = [];
    const warn = (warning: Error) => warnings.push(warning);
    process.on("warning", warn);
    const { signal } = new AbortController();
    const listeners: unknown[] = [];
    const add = signal.addEventListener.bind(signal);
    const remove = signal.removeEventListener.bind(signal);
    signal.addEventListener = (...args: Parameters<typeof add>) => {
      listeners.push(args[1]);
      add(...args);
    };
    signal.removeEventListener = (...args: Parameters<typeof remove>) => {
      listeners.splice(listeners.indexOf(args[1]), 1);
      remove(...args);
    };
    await download(links, { directory, concurrency: 15, signal });
    expect(await opened()).toEqual([]);
    expect(listeners).toEqual([]);
    process.off("warning", warn);
    expect(warnings).toEqual([]);
  });

  test.each([
    [{ directory: "" }, "directory"],
    [{ concurrency: 0 }, "concurrency"],
    [{ concurrency: 1.5 }, "concurrency"],
    [{ maxRetries: -1 }, "maxRetries"],
    [{ stallTimeout: Number.NaN }, "stallTimeout"],
  ])("refuses %j before it does anything", async (wrong, name) => {
    let asked = 0;
    const source = async () => {
      asked += 1;
      return [];
    };
    const error = await downloadLinks(source, { directory: "unused", ...wrong }).catch((thrown) => thrown);
    expect(error).toBeInstanceOf(ConfigurationError);
    expect(error.message).toContain(name);
    expect(asked).toBe(0);
  });
});

describe("a broken connection", () => {
  test("is resumed where it broke, on the same file only", async () => {
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

  test("is resumed by the date of the last change where there is no tag that can be relied on", async () => {
    const date = "Tue, 24 Nov 2026 10:00:00 GMT";
    const server = await fileServer((visit) => {
      const headers = { ETag: 'W/"weak"', "Last-Modified": date };
      if (visit.turn === 1) cut(visit, bytes, 100_000, headers);
      else visit.serve(bytes, { ...headers, ETag: date });
    });
    const directory = await temporaryFolder();
    const error = await failedDownload([`${server.origin}/a.rdb`], { directory, maxRetries: 1 });
    // The tag differs, so that the part is of another file: the server says so in the end.
    expect(server.visits[1]?.ifRange).toBe(date);
    expect(brief(error)).toEqual([[0, "a.rdb", "changed"]]);
  });

  test("starts anew where the file cannot be known again", async () => {
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

  test("starts anew with a server that ignores ranges", async () => {
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

  test("starts anew where the file was replaced", async () => {
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
    ["another place", {}, "bytes 50000-249999/300000"],
    ["no range that can be read", {}, "bytes 100000-/*"],
  ])("never joins a part that comes with %s", async (_, headers, range) => {
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

  test("goes on where a server sends a range in pieces", async () => {
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

  test("is given up after so many retries, and what arrived is kept", async () => {
    const server = await fileServer((visit) => cut(visit, bytes, 1000));
    const directory = await temporaryFolder();
    const error = await failedDownload([`${server.origin}/a.rdb?Signature=abcd`], {
      directory,
      maxRetries: 2,
    });
    expect(server.visits).toHaveLength(3);
    expect(brief(error)).toEqual([[0, "a.rdb", "network"]]);
    expect(error.retryable).toBe(true);
    expect(error.message).toMatch(/^DescribeBackup: 1 of 1 files are not complete\. shard 0 \(a\.rdb\): /);
    expect((await readdir(directory)).sort()).toEqual(["a.rdb.part", "a.rdb.part.json"]);
  });

  test("is made up for by headway", async () => {
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

  test("a server that stops sending is left and asked again", async () => {
    const server = await fileServer((visit) =>
      visit.turn === 1 ? stall(visit, bytes, 100_000) : visit.serve(bytes),
    );
    const directory = await temporaryFolder();
    await download([`${server.origin}/a.rdb`], { directory, stallTimeout: 300 });
    await expectFiles(directory, { "a.rdb": bytes });
    expect(server.visits[1]?.range).toBe("bytes=100000-");
  });

  test("a server that never answers is a failure that says so", async () => {
    const server = await fileServer(() => {});
    const error = await failedDownload([`${server.origin}/a.rdb`], {
      directory: await temporaryFolder(),
      stallTimeout: 60,
      maxRetries: 1,
    });
    expect(server.visits).toHaveLength(2);
    expect(brief(error)).toEqual([[0, "a.rdb", "stalled"]]);
  });
});

describe("the length", () => {
  test("more bytes than were said are never a file", async () => {
    let calls = 0;
    const fetch = async () => {
      calls += 1;
      return new Response(bytes, { headers: { "Content-Length": "1000", ETag: '"one"' } });
    };
    const directory = await temporaryFolder();
    const error = await failedDownload(["http://files.test/a.rdb"], { directory, fetch, maxRetries: 1 });
    expect(calls).toBe(2);
    expect(brief(error)).toEqual([[0, "a.rdb", "length"]]);
    expect((await stat(join(directory, "a.rdb.part"))).size).toBe(0);
  });

  test("fewer bytes than were said, in an answer that ends as if it were whole, are asked for again", async () => {
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

  test("an answer that says none, or is compressed, is refused", async () => {
    const server = await fileServer(({ path, response }) => {
      const isZipped = path === "/zipped.rdb";
      response.writeHead(200, isZipped ? { "Content-Length": 3, "Content-Encoding": "br" } : {}).end("abc");
    });
    const directory = await temporaryFolder();
    const links = [`${server.origin}/unsaid.rdb`, `${server.origin}/zipped.rdb`];
    const error = await failedDownload(links, { directory });
    expect(brief(error)).toEqual([
      [0, "unsaid.rdb", "length"],
      [1, "zipped.rdb", "length"],
    ]);
    expect(server.visits).toHaveLength(2);
  });
});

describe("a server that refuses", () => {
  test.each([400, 401, 403, 404, 410])("with %i is asked again with a fresh link", async (status) => {
    const server = await fileServer(({ request, response, serve }) =>
      request.url?.endsWith("?Signature=fresh-1") ? serve(bytes) : response.writeHead(status).end("<Error/>"),
    );
    let calls = 0;
    const source = async () => {
      calls += 1;
      return [`${server.origin}/a.rdb?Signature=${calls === 1 ? "stale" : "fresh-1"}`];
    };
    const directory = await temporaryFolder();
    await download(source, { directory });
    expect(calls).toBe(2);
    await expectFiles(directory, { "a.rdb": bytes });
  });

  test("in the middle of a file is asked for the rest with a fresh link", async () => {
    const server = await fileServer((visit) => {
      if (visit.turn === 1) cut(visit, bytes, 100_000);
      else if (visit.turn === 2) visit.response.writeHead(403).end();
      else visit.serve(bytes);
    });
    const directory = await temporaryFolder();
    let calls = 0;
    await download(
      async () => {
        calls += 1;
        return `${server.origin}/a.rdb?Signature=number-${calls}`;
      },
      { directory },
    );
    expect(server.visits.map(({ range }) => range)).toEqual([undefined, "bytes=100000-", "bytes=100000-"]);
    await expectFiles(directory, { "a.rdb": bytes });
  });

  test("many files at once is asked for fresh links once", async () => {
    const server = await fileServer(({ request, response, serve }) =>
      request.url?.endsWith("fresh") ? serve(bytes) : response.writeHead(403).end(),
    );
    let calls = 0;
    const source = async () => {
      calls += 1;
      const state = calls === 1 ? "stale" : "fresh";
      await wait(20);
      return [0, 1, 2, 3].map((number) => `${server.origin}/${number}.rdb?Signature=${state}`);
    };
    await download(source, { directory: await temporaryFolder() });
    expect(calls).toBe(2);
  });

  test("fresh links as well is a failure after a few", async () => {
    const server = await fileServer(({ response }) => response.writeHead(403).end());
    let calls = 0;
    const source = async () => {
      calls += 1;
      return [`${server.origin}/a.rdb?Signature=number-${calls}`];
    };
    const error = await failedDownload(source, { directory: await temporaryFolder() });
    expect(brief(error)).toEqual([[0, "a.rdb", "expired"]]);
    expect(error.failures[0]?.status).toBe(403);
    expect(calls).toBe(4);
  });

  test("links that cannot be renewed is a failure at once", async () => {
    const server = await fileServer(({ response }) => response.writeHead(403).end());
    const error = await failedDownload([`${server.origin}/a.rdb`], { directory: await temporaryFolder() });
    expect(brief(error)).toEqual([[0, "a.rdb", "expired"]]);
    expect(server.visits).toHaveLength(1);
  });

  test.each([429, 500, 503])("with %i for a while is waited for", async (status) => {
    const server = await fileServer(({ turn, response, serve }) =>
      turn < 3 ? response.writeHead(status, { "Retry-After": "7" }).end() : serve(bytes),
    );
    const moments: unknown[] = [];
    const directory = await temporaryFolder();
    await download([`${server.origin}/a.rdb`], {
      directory,
      retryDelay: (moment) => {
        moments.push(moment);
        return 0;
      },
    });
    const throttled = status !== 500;
    expect(moments).toEqual([
      { attempt: 1, throttled, retryAfter: 7000 },
      { attempt: 2, throttled, retryAfter: 7000 },
    ]);
    await expectFiles(directory, { "a.rdb": bytes });
  });

  test("one file does not keep the others from being complete, and every one that failed is named", async () => {
    const server = await fileServer(({ path, response, serve }) =>
      /[13]/.test(path) ? response.writeHead(path === "/1.rdb" ? 500 : 451).end() : serve(bytes),
    );
    const directory = await temporaryFolder();
    const links = Array.from({ length: 5 }, (_, index) => `${server.origin}/${index}.rdb`);
    const error = await failedDownload(links, { directory, concurrency: 2, maxRetries: 1 });
    expect(brief(error)).toEqual([
      [1, "1.rdb", "http"],
      [3, "3.rdb", "http"],
    ]);
    expect(error.failures.map(({ status }) => status)).toEqual([500, 451]);
    expect(error.message).toContain(
      "2 of 5 files are not complete. shard 1 (1.rdb): HTTP 500; shard 3 (3.rdb): HTTP 451.",
    );
    expect(error.files.map(({ file }) => basename(file))).toEqual(["0.rdb", "2.rdb", "4.rdb"]);
    expect(error.retryable).toBe(false);
    expect(JSON.parse(JSON.stringify(error))).toMatchObject({
      name: "DownloadError",
      action: "DescribeBackup",
    });
  });

  test("is followed to where it sends, but not away from https and not for ever", async () => {
    const server = await fileServer(({ path, response, serve }) => {
      if (path === "/a.rdb") response.writeHead(302, { Location: "/moved/a" }).end();
      else if (path === "/b.rdb") response.writeHead(302, { Location: "/b.rdb" }).end();
      else if (path === "/c.rdb") response.writeHead(302, { Location: "file:///etc/passwd" }).end();
      else serve(bytes);
    });
    const directory = await temporaryFolder();
    const links = ["a", "b", "c"].map((name) => `${server.origin}/${name}.rdb`);
    const error = await failedDownload(links, { directory });
    expect(brief(error)).toEqual([
      [1, "b.rdb", "http"],
      [2, "c.rdb", "http"],
    ]);
    const fetch = async () => Response.redirect("http://files.test/plain", 302);
    const fromHttps = await failedDownload(["https://files.test/d.rdb"], { directory, fetch });
    expect(brief(fromHttps)).toEqual([[0, "d.rdb", "http"]]);
  });
});

describe("links", () => {
  test.each<[what: string, links: unknown, problem: string]>([
    ["no list", undefined, "the answer holds no link"],
    ["an empty list", [], "the answer holds no link"],
    ["a file of the machine", ["file:///etc/passwd"], "link 0 is no http or https URL"],
    ["what is no URL", ["http://files.test/a", "nonsense"], "link 1 is no http or https URL"],
    ["no text", [7], "link 0 is no http or https URL"],
    ["a password", ["http://me:secret@files.test/a"], "link 0 holds a user name or a password"],
    [
      "one link twice",
      ["http://a.test/a", "http://a.test/b", "http://a.test/a"],
      "link 2 is the same as another one",
    ],
  ])("that are %s are refused before anything is fetched", async (_, links, problem) => {
    let calls = 0;
    const fetch = async () => {
      calls += 1;
      return new Response("");
    };
    const error = await failedDownload(async () => links as string[], {
      directory: await temporaryFolder(),
      fetch,
    });
    expect(error.message).toBe(`DescribeBackup: ${problem}. Nothing was downloaded.`);
    expect(calls).toBe(0);
  });

  const expiring = (path: string, turn: number) => `${path}?Signature=number-${turn}`;

  test("of a later answer that are fewer are a failure", async () => {
    const server = await fileServer(({ path, response, serve }) =>
      path === "/1.rdb" ? response.writeHead(403).end() : serve(bytes),
    );
    let calls = 0;
    const source = async () => {
      calls += 1;
      const links = [0, 1, 2].map((number) => expiring(`${server.origin}/${number}.rdb`, calls));
      return calls === 1 ? links : links.slice(1);
    };
    const error = await failedDownload(source, { directory: await temporaryFolder() });
    expect(brief(error)).toEqual([[1, "1.rdb", "link"]]);
    expect(error.message).toContain("the answer held 3 links first and 2 later");
  });

  test("of a later answer in another order are put in the first one's", async () => {
    const files = [randomFile(1000), randomFile(2000), randomFile(3000)];
    const server = await fileServer(({ path, request, response, serve }) =>
      request.url?.endsWith("number-1")
        ? response.writeHead(403).end()
        : serve(files[Number(path.at(-5))] as Buffer),
    );
    let calls = 0;
    const source = async () => {
      calls += 1;
      const links = [0, 1, 2].map((number) => expiring(`${server.origin}/${number}.rdb`, calls));
      return calls === 1 ? links : links.reverse();
    };
    const directory = await temporaryFolder();
    await download(source, { directory });
    await expectFiles(directory, Object.fromEntries(files.map((one, number) => [`${number}.rdb`, one])));
  });

  test("of a later answer that lead to other files are a failure", async () => {
    const server = await fileServer(({ path, response, serve }) =>
      path.startsWith("/first") ? response.writeHead(403).end() : serve(bytes),
    );
    let calls = 0;
    const source = async () => {
      calls += 1;
      const names = calls === 1 ? ["first-0", "first-1"] : ["other-0", "other-1"];
      return names.map((name) => `${server.origin}/${name}.rdb`);
    };
    const error = await failedDownload(source, { directory: await temporaryFolder() });
    expect(brief(error)).toEqual([
      [0, "first-0.rdb", "link"],
      [1, "first-1.rdb", "link"],
    ]);
  });

  test("with a signature in the path are known by their file names", async () => {
    const server = await fileServer(({ path, response, serve }) =>
      path.startsWith("/token-1/") ? response.writeHead(410).end() : serve(Buffer.from(path.slice(-5))),
    );
    let calls = 0;
    const source = async () => {
      calls += 1;
      return ["0.rdb", "1.rdb"].map((name) => `${server.origin}/token-${calls}/${name}`);
    };
    const directory = await temporaryFolder();
    await download(source, { directory });
    await expectFiles(directory, { "0.rdb": Buffer.from("0.rdb"), "1.rdb": Buffer.from("1.rdb") });
  });
});

describe("the folder", () => {
  test("that cannot be made is an error before links are asked for", async () => {
    const folder = await temporaryFolder();
    await writeFile(join(folder, "file"), "");
    let calls = 0;
    const source = async () => {
      calls += 1;
      return [];
    };
    const error = await failedDownload(source, { directory: join(folder, "file", "below") });
    expect(error.message).toBe("DescribeBackup: the directory cannot be made (ENOTDIR).");
    expect([error.failures, calls]).toEqual([[], 0]);
  });

  test("in which a file cannot be written is a failure of that file, which is not tried again", async () => {
    const server = await fileServer(({ serve }) => serve(bytes));
    const directory = await temporaryFolder();
    await mkdir(join(directory, "a.rdb.part"));
    await symlink(join(directory, "elsewhere"), join(directory, "b.rdb.part"));
    const links = ["a", "b", "c"].map((name) => `${server.origin}/${name}.rdb`);
    const error = await failedDownload(links, { directory });
    expect(error.failures.map(({ shard, reason, code }) => [shard, reason, code])).toEqual([
      [0, "disk", "EISDIR"],
      [1, "disk", "ELOOP"],
    ]);
    expect(await readFile(join(directory, "c.rdb"))).toEqual(bytes);
    expect(await readdir(directory)).not.toContain("elsewhere");
  });

  test("that has a file of that name keeps it, unless it may be replaced", async () => {
    const server = await fileServer(({ serve }) => serve(bytes));
    const directory = await temporaryFolder();
    await writeFile(join(directory, "a.rdb"), "of another backup");
    const links = [`${server.origin}/a.rdb`];
    const error = await failedDownload(links, { directory });
    expect(brief(error)).toEqual([[0, "a.rdb", "exists"]]);
    expect(server.visits).toHaveLength(0);
    await expectFiles(directory, { "a.rdb": Buffer.from("of another backup") });
    await download(links, { directory, overwrite: true });
    await expectFiles(directory, { "a.rdb": bytes });
  });

  test("that got a file of that name meanwhile keeps it", async () => {
    const directory = await temporaryFolder();
    const server = await fileServer(async ({ serve }) => {
      await writeFile(join(directory, "a.rdb"), "of somebody else");
      serve(bytes);
    });
    const error = await failedDownload([`${server.origin}/a.rdb`], { directory });
    expect(brief(error)).toEqual([[0, "a.rdb", "exists"]]);
    expect(await readFile(join(directory, "a.rdb"), "utf8")).toBe("of somebody else");
  });

  test("is not written by two downloads at once", async () => {
    let answer = () => {};
    let arrive = () => {};
    const arrived = new Promise<void>((resolve) => {
      arrive = resolve;
    });
    const server = await fileServer(({ serve }) => {
      answer = () => serve(bytes);
      arrive();
    });
    const directory = await temporaryFolder();
    const links = [`${server.origin}/a.rdb`];
    const first = download(links, { directory });
    await arrived;
    const error = await failedDownload(links, { directory });
    expect(brief(error)).toEqual([[0, "a.rdb", "busy"]]);
    answer();
    await first;
    await expectFiles(directory, { "a.rdb": bytes });
  });
});

describe("a signal", () => {
  /** Ends a download of two files after the first and a half, and hands over what it has left. */
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
    let ended = 0;
    const error = await download(links, {
      directory,
      concurrency: 1,
      signal: controller.signal,
      onProgress: ({ shard, received }) => {
        if (shard !== 1 || received < 90_000 || ended > 0) return;
        ended = Date.now();
        setTimeout(() => controller.abort(reason), 10);
      },
    }).catch((thrown) => thrown);
    expect(error).toBeInstanceOf(AbortError);
    expect(error.cause).toBe(reason);
    expect(error.message).toBe("DescribeBackup: aborted by its signal; what has arrived is in `.part` files.");
    // The server would have been waited for for half a minute.
    expect(Date.now() - ended).toBeLessThan(3000);
    expect((await readdir(directory)).sort()).toEqual([
      "a.rdb",
      "a.rdb.part.json",
      "b.rdb.part",
      "b.rdb.part.json",
    ]);
    isSlow = false;
    server.visits.length = 0;
    return { server, files, directory, links: links.map((link) => link.replace("=1", "=2")) };
  }

  test("ends everything at once, and the next run goes on to the same bytes", async () => {
    const { server, files, directory, links } = await interrupted();
    const done = await download(links, { directory });
    expect(done.map(({ size }) => size)).toEqual([300_000, 200_000]);
    expect(server.visits.map(({ path, range, ifRange }) => [path, range, ifRange]).sort()).toEqual([
      ["/a.rdb", "bytes=0-0", '"one"'],
      ["/b.rdb", "bytes=90000-", '"one"'],
    ]);
    await expectFiles(directory, { "a.rdb": files["/a.rdb"] as Buffer, "b.rdb": files["/b.rdb"] as Buffer });
  });

  test("and where the files have changed since, none is joined or taken for whole", async () => {
    const { server, files, directory, links } = await interrupted();
    for (const path of ["/a.rdb", "/b.rdb"]) files[path] = randomFile(files[path]?.length ?? 0);
    const changed = await fileServer((visit) => visit.serve(files[visit.path] as Buffer, { ETag: '"two"' }));
    const moved = links.map((link) => link.replace(server.origin, changed.origin));
    const error = await failedDownload(moved, { directory });
    expect(brief(error)).toEqual([[0, "a.rdb", "exists"]]);
    expect(await readFile(join(directory, "b.rdb"))).toEqual(files["/b.rdb"]);
    await download(moved, { directory, overwrite: true });
    await expectFiles(directory, { "a.rdb": files["/a.rdb"] as Buffer, "b.rdb": files["/b.rdb"] as Buffer });
  });

  test("and where the part is another link's, it is not gone on from", async () => {
    const { server, directory } = await interrupted();
    const other = randomFile(200_000);
    const elsewhere = await fileServer((visit) => visit.serve(other));
    const error = await failedDownload(
      [`${elsewhere.origin}/other/a.rdb`, `${elsewhere.origin}/other/b.rdb`],
      { directory },
    );
    expect(brief(error)).toEqual([[0, "a.rdb", "exists"]]);
    expect(elsewhere.visits.map(({ range }) => range)).toEqual([undefined]);
    expect(await readFile(join(directory, "b.rdb"))).toEqual(other);
    expect(server.visits).toHaveLength(0);
  });

  test.each<[what: string, change: (text: string) => string]>([
    ["is broken", (text) => text.slice(0, 20)],
    ["is no object", () => "7"],
    ["says less than is there", (text) => text.replace('"size":200000', '"size":80000')],
  ])("and where what is said of a part %s, it is fetched anew", async (_, change) => {
    const { files, directory, links, server } = await interrupted();
    const sidecar = join(directory, "b.rdb.part.json");
    await writeFile(sidecar, change(await readFile(sidecar, "utf8")));
    await download(links, { directory });
    expect(server.visits.find(({ path }) => path === "/b.rdb")?.range).toBeUndefined();
    await expectFiles(directory, { "a.rdb": files["/a.rdb"] as Buffer, "b.rdb": files["/b.rdb"] as Buffer });
  });

  test("and a part that is whole is confirmed by the server before it gets its name", async () => {
    const { files, directory, links, server } = await interrupted();
    await writeFile(join(directory, "b.rdb.part"), files["/b.rdb"] as Buffer);
    await download(links, { directory });
    expect(server.visits.find(({ path }) => path === "/b.rdb")?.range).toBe("bytes=199999-");
    await expectFiles(directory, { "a.rdb": files["/a.rdb"] as Buffer, "b.rdb": files["/b.rdb"] as Buffer });
  });

  test("ends a wait for a retry, a call for links, and a download that has not begun", async () => {
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

test("what onProgress throws ends the download, and the others with it", async () => {
  const server = await fileServer((visit) =>
    visit.path === "/b.rdb" ? stall(visit, bytes, 10) : visit.serve(bytes),
  );
  const mistake = new Error("a bug");
  const work = download([`${server.origin}/a.rdb`, `${server.origin}/b.rdb`], {
    directory: await temporaryFolder(),
    onProgress: ({ shard, received }) => {
      if (shard === 0 && received > 1000) throw mistake;
    },
  });
  await expect(work).rejects.toBe(mistake);
});
