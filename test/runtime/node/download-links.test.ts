import { setTimeout as wait } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import {
  countingSource,
  download,
  expectFiles,
  failedDownload,
  randomFile,
  summary,
} from "../../support/downloads.js";
import { cut, fileServer } from "../../support/file-server.js";
import { temporaryFolder } from "../../support/spec-folder.js";

const bytes = randomFile(300_000);

describe("invalid links", () => {
  test.each<[what: string, links: unknown, problem: string]>([
    ["no list", undefined, "the response contains no links"],
    ["an empty list", [], "the response contains no links"],
    ["a local file", ["file:///etc/passwd"], "link 0 is not an http or https URL"],
    ["not a URL", ["http://files.test/a", "nonsense"], "link 1 is not an http or https URL"],
    ["not a string", [7], "link 0 is not an http or https URL"],
    ["a password", ["http://me:secret@files.test/a"], "link 0 contains a user name or a password"],
    [
      "a duplicate",
      ["http://a.test/a", "http://a.test/b", "http://a.test/a"],
      "link 2 is the same as an earlier link",
    ],
  ])("are rejected before a download starts: %s", async (_, links, problem) => {
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
});

describe("a rejected link", () => {
  test.each([400, 401, 403, 404, 410])("is renewed after HTTP %i", async (status) => {
    const server = await fileServer(({ request, response, serve }) =>
      request.url?.endsWith("?Signature=fresh-1") ? serve(bytes) : response.writeHead(status).end("<Error/>"),
    );
    const source = countingSource((call) => [
      `${server.origin}/a.rdb?Signature=${call === 1 ? "stale" : "fresh-1"}`,
    ]);
    const directory = await temporaryFolder();
    await download(source.request, { directory });
    expect(source.calls).toBe(2);
    await expectFiles(directory, { "a.rdb": bytes });
  });

  test("is renewed in the middle of a file, for the missing bytes", async () => {
    const server = await fileServer((visit) => {
      if (visit.turn === 1) cut(visit, bytes, 100_000);
      else if (visit.turn === 2) visit.response.writeHead(403).end();
      else visit.serve(bytes);
    });
    const directory = await temporaryFolder();
    const source = countingSource((call) => `${server.origin}/a.rdb?Signature=number-${call}`);
    await download(source.request, { directory });
    expect(server.visits.map(({ range }) => range)).toEqual([undefined, "bytes=100000-", "bytes=100000-"]);
    await expectFiles(directory, { "a.rdb": bytes });
  });

  test("is renewed once for all files", async () => {
    const server = await fileServer(({ request, response, serve }) =>
      request.url?.endsWith("fresh") ? serve(bytes) : response.writeHead(403).end(),
    );
    const source = countingSource(async (call) => {
      await wait(20);
      const state = call === 1 ? "stale" : "fresh";
      return [0, 1, 2, 3].map((number) => `${server.origin}/${number}.rdb?Signature=${state}`);
    });
    await download(source.request, { directory: await temporaryFolder() });
    expect(source.calls).toBe(2);
  });

  test("is a failure if a few fresh links are rejected too", async () => {
    const server = await fileServer(({ response }) => response.writeHead(403).end());
    const source = countingSource((call) => [`${server.origin}/a.rdb?Signature=number-${call}`]);
    const error = await failedDownload(source.request, { directory: await temporaryFolder() });
    expect(summary(error)).toEqual([[0, "a.rdb", "expired"]]);
    expect(error.failures[0]?.status).toBe(403);
    expect(source.calls).toBe(4);
  });

  test("is a failure at once if it cannot be renewed", async () => {
    const server = await fileServer(({ response }) => response.writeHead(403).end());
    const error = await failedDownload([`${server.origin}/a.rdb`], { directory: await temporaryFolder() });
    expect(summary(error)).toEqual([[0, "a.rdb", "expired"]]);
    expect(server.visits).toHaveLength(1);
  });
});

describe("fresh links", () => {
  const signed = (path: string, call: number) => `${path}?Signature=number-${call}`;

  test("are a failure if their number has changed", async () => {
    const server = await fileServer(({ path, response, serve }) =>
      path === "/1.rdb" ? response.writeHead(403).end() : serve(bytes),
    );
    const source = countingSource((call) => {
      const links = [0, 1, 2].map((number) => signed(`${server.origin}/${number}.rdb`, call));
      return call === 1 ? links : links.slice(1);
    });
    const error = await failedDownload(source.request, { directory: await temporaryFolder() });
    expect(summary(error)).toEqual([[1, "1.rdb", "link"]]);
    expect(error.message).toContain("the first response had 3 links, a later one 2");
  });

  test("may be in another order", async () => {
    const files = [randomFile(1000), randomFile(2000), randomFile(3000)];
    const server = await fileServer(({ path, request, response, serve }) =>
      request.url?.endsWith("number-1")
        ? response.writeHead(403).end()
        : serve(files[Number(path.at(-5))] as Buffer),
    );
    const source = countingSource((call) => {
      const links = [0, 1, 2].map((number) => signed(`${server.origin}/${number}.rdb`, call));
      return call === 1 ? links : links.reverse();
    });
    const directory = await temporaryFolder();
    await download(source.request, { directory });
    await expectFiles(directory, Object.fromEntries(files.map((one, number) => [`${number}.rdb`, one])));
  });

  test("are a failure if they lead to other files", async () => {
    const server = await fileServer(({ path, response, serve }) =>
      path.startsWith("/first") ? response.writeHead(403).end() : serve(bytes),
    );
    const source = countingSource((call) => {
      const names = call === 1 ? ["first-0", "first-1"] : ["other-0", "other-1"];
      return names.map((name) => `${server.origin}/${name}.rdb`);
    });
    const error = await failedDownload(source.request, { directory: await temporaryFolder() });
    expect(summary(error)).toEqual([
      [0, "first-0.rdb", "link"],
      [1, "first-1.rdb", "link"],
    ]);
  });

  test("are matched by file name if the signature is in the path", async () => {
    const server = await fileServer(({ path, response, serve }) =>
      path.startsWith("/token-1/") ? response.writeHead(410).end() : serve(Buffer.from(path.slice(-5))),
    );
    const source = countingSource((call) =>
      ["0.rdb", "1.rdb"].map((name) => `${server.origin}/token-${call}/${name}`),
    );
    const directory = await temporaryFolder();
    await download(source.request, { directory });
    await expectFiles(directory, { "0.rdb": Buffer.from("0.rdb"), "1.rdb": Buffer.from("1.rdb") });
  });
});
