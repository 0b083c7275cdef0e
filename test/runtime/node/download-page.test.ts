import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import {
  download,
  expectFiles,
  failedDownload,
  randomFile,
  summary,
  visibleFiles,
} from "../../support/downloads.js";
import { cut, fileServer, type Visit } from "../../support/file-server.js";
import { temporaryFolder } from "../../support/spec-folder.js";

const bytes = randomFile(300_000);
const page = "<!DOCTYPE html>\n<html><title>Login to the network</title></html>";

const send = ({ response }: Visit, type: string | undefined, body: Buffer | string) =>
  response
    .writeHead(200, { ...(type !== undefined && { "Content-Type": type }), "Content-Length": body.length })
    .end(body);

describe("an HTML page instead of the file", () => {
  test.each<[what: string, type: string | undefined, body: Buffer | string]>([
    ["a portal", "text/html; charset=utf-8", page],
    ["no doctype", "TEXT/HTML", "\r\n  <html>"],
    ["a comment first", "text/html", "<!-- error --><html>"],
    ["a byte order mark", "text/html", `\uFEFF${page}`],
    ["UTF-16", "text/html; charset=utf-16", Buffer.from(`\uFEFF${page}`, "utf16le")],
    ["XHTML", "application/xhtml+xml", '<?xml version="1.0"?><html/>'],
    ["no type", undefined, page],
  ])("is not saved: %s", async (_, type, body) => {
    const server = await fileServer((visit) => send(visit, type, Buffer.from(body)));
    const directory = await temporaryFolder();
    const error = await failedDownload([`${server.origin}/a.rdb?Signature=abcd`], { directory });
    expect(summary(error)).toEqual([[0, "a.rdb", "page"]]);
    expect(error.message).toContain(
      `${new URL(server.origin).host} sent an HTML page instead of the file: log in`,
    );
    expect(error.retryable).toBe(false);
    expect(server.visits).toHaveLength(1);
    expect(await readdir(directory)).toEqual([]);
  });

  test("is recognized in small pieces and without a length", async () => {
    const server = await fileServer(({ response }) => {
      response.writeHead(200, { "Content-Type": "text/html" });
      response.write("<!DOC", () => setTimeout(() => response.end("TYPE html><p>"), 50));
    });
    const error = await failedDownload([`${server.origin}/a.rdb`], { directory: await temporaryFolder() });
    expect(summary(error)).toEqual([[0, "a.rdb", "page"]]);
  });

  test("is not saved after a redirect to it, which the error reports", async () => {
    const portal = await fileServer((visit) => send(visit, "text/html", page));
    const server = await fileServer(({ response }) =>
      response.writeHead(302, { Location: `${portal.origin}/login` }).end(),
    );
    const error = await failedDownload([`${server.origin}/a.rdb`], { directory: await temporaryFolder() });
    expect(error.message).toContain(`${new URL(portal.origin).host} sent an HTML page`);
  });

  test("keeps the bytes so far, which a later download resumes", async () => {
    let isPortal = true;
    const server = await fileServer((visit) => {
      if (visit.turn === 1) cut(visit, bytes, 100_000);
      else if (isPortal) send(visit, "text/html", page);
      else visit.serve(bytes);
    });
    const directory = await temporaryFolder();
    const links = [`${server.origin}/a.rdb`];
    expect(summary(await failedDownload(links, { directory }))).toEqual([[0, "a.rdb", "page"]]);
    expect(await visibleFiles(directory)).toEqual(["a.rdb.part"]);
    isPortal = false;
    await download(links, { directory });
    expect(server.visits.at(-1)?.range).toBe("bytes=100000-");
    await expectFiles(directory, { "a.rdb": bytes });
  });

  test("is not mistaken for another version of a complete file", async () => {
    let isPortal = false;
    const server = await fileServer((visit) =>
      isPortal ? send(visit, "text/html", page) : visit.serve(bytes),
    );
    const directory = await temporaryFolder();
    const links = [`${server.origin}/a.rdb`];
    await download(links, { directory });
    isPortal = true;
    expect(summary(await failedDownload(links, { directory }))).toEqual([[0, "a.rdb", "page"]]);
    await expectFiles(directory, { "a.rdb": bytes });
  });
});

test.each<[what: string, name: string, type: string | undefined, body: Buffer | string]>([
  ["a page that the link names", "report.html", "text/html", page],
  ["bytes with a wrong type", "a.rdb", "text/html", bytes],
  ["no bytes with a wrong type", "a.rdb", "text/html", ""],
  ["a file that starts like a page, with another type", "a.rdb", "application/octet-stream", page],
  ["markup that is not HTML", "a.svg", "text/html", "<svg/>"],
])("is saved: %s", async (_, name, type, body) => {
  const server = await fileServer((visit) => send(visit, type, Buffer.from(body)));
  const directory = await temporaryFolder();
  await download([`${server.origin}/${name}`], { directory });
  expect(Buffer.from(body).equals(await readFile(join(directory, name)))).toBe(true);
});
