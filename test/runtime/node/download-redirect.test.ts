import { describe, expect, test } from "vitest";
import { download, expectFiles, failedDownload, randomFile, summary } from "../../support/downloads.js";
import { fileServer } from "../../support/file-server.js";
import { temporaryFolder } from "../../support/spec-folder.js";

const bytes = randomFile(1000);

/** A `fetch` that redirects from every URL of the first host, and responds with a file otherwise. */
function redirecting(from: string, to: string) {
  const requests: { url: string; headers: Record<string, string> }[] = [];
  const fetch = async (url: string, { headers }: { headers: Record<string, string> }) => {
    requests.push({ url, headers });
    if (new URL(url).host === new URL(from).host)
      return new Response(null, { status: 302, headers: { Location: to } });
    return new Response(bytes, { headers: { "Content-Length": `${bytes.length}`, ETag: '"one"' } });
  };
  return { fetch, requests };
}

test("redirects are followed, but not forever", async () => {
  const server = await fileServer(({ path, response, serve }) => {
    if (path === "/a.rdb") response.writeHead(302, { Location: "/moved/a" }).end();
    else if (path === "/b.rdb") response.writeHead(302, { Location: "/b.rdb" }).end();
    else serve(bytes);
  });
  const directory = await temporaryFolder();
  const error = await failedDownload([`${server.origin}/a.rdb`, `${server.origin}/b.rdb`], { directory });
  expect(summary(error)).toEqual([[1, "b.rdb", "http"]]);
  await expectFiles(directory, { "a.rdb": bytes });
});

test("Node's HTTP client sends nothing to a URL with a password", async () => {
  const server = await fileServer(({ response }) => {
    const location = server.origin.replace("http://", "http://me:hunter2@");
    response.writeHead(302, { Location: `${location}/b.rdb` }).end();
  });
  const error = await failedDownload([`${server.origin}/a.rdb`], { directory: await temporaryFolder() });
  expect(summary(error)).toEqual([[0, "a.rdb", "http"]]);
  expect(server.visits.map(({ path }) => path)).toEqual(["/a.rdb"]);
});

describe("a redirect is refused", () => {
  const link = "https://203.0.113.9/a.rdb?Signature=abcd";

  test.each<[to: string, problem: string]>([
    ["http://203.0.113.10/plain", "a URL with http:, but only https: is allowed"],
    ["file:///etc/passwd", "a URL with file:, but only https: is allowed"],
    ["http://", "an invalid URL"],
    ["https://me:hunter2@203.0.113.10/a", "a URL with a user name or a password"],
    ["https://me@203.0.113.10/a", "a URL with a user name or a password"],
  ])("to %s", async (to, problem) => {
    const { fetch, requests } = redirecting(link, to);
    const error = await failedDownload([link], { directory: await temporaryFolder(), fetch });
    expect(summary(error)).toEqual([[0, "a.rdb", "http"]]);
    expect(error.failures[0]).toMatchObject({ status: 302, problem: `HTTP 302 redirects to ${problem}` });
    expect(JSON.stringify(error) + error.stack).not.toContain("hunter2");
    expect(requests).toHaveLength(1);
    expect(Object.keys(requests[0]?.headers ?? {})).not.toContain("Authorization");
  });

  test.each([
    "127.0.0.1",
    "127.8.8.8",
    "2130706433",
    "0x7f.1",
    "0177.0.0.1",
    "127.1",
    "0.0.0.0",
    "localhost",
    "LOCALHOST.",
    "files.localhost",
    "10.1.2.3",
    "172.31.0.1",
    "192.168.1.1",
    "100.100.100.200",
    "169.254.169.254",
    "[::1]",
    "[::]",
    "[::ffff:127.0.0.1]",
    "[::ffff:a00:1]",
    "[::7f00:1]",
    "[64:ff9b::10.0.0.1]",
    "[64:ff9b::a9fe:a9fe]",
    "[fe80::1]",
    "[fd00:ec2::254]",
  ])("from a public host to %s, unless it is allowed", async (host) => {
    const { fetch, requests } = redirecting(link, `https://${host}/a.rdb`);
    const directory = await temporaryFolder();
    const error = await failedDownload([link], { directory, fetch });
    expect(summary(error)).toEqual([[0, "a.rdb", "http"]]);
    expect(error.message).toContain("a private address");
    expect(error.message).toContain("pass `allowPrivateRedirects: true` if that is intended");
    expect(requests).toHaveLength(1);
    await download([link], { directory, fetch, allowPrivateRedirects: true });
    await expectFiles(directory, { "a.rdb": bytes });
  });

  test("if a public host is in between", async () => {
    const fetch = async (url: string) =>
      url.includes("/a.rdb")
        ? Response.redirect("https://203.0.113.10/b", 302)
        : Response.redirect("https://127.0.0.1/c", 307);
    const directory = await temporaryFolder();
    const error = await failedDownload(["https://127.0.0.1/a.rdb"], { directory, fetch });
    expect(error.failures[0]?.problem).toMatch(/^HTTP 307 redirects to a private address, 127\.0\.0\.1:/);
  });
});

test.each<[from: string, to: string]>([
  ["203.0.113.9", "203.0.113.10"],
  ["203.0.113.9", "172.32.0.1"],
  ["203.0.113.9", "[2001:db8::1]"],
  ["203.0.113.9", "[64:ff9b::203.0.113.10]"],
  ["10.0.0.1", "192.168.1.1"],
  ["localhost", "127.0.0.2"],
])("a redirect from %s to %s is followed", async (from, to) => {
  const link = `https://${from}/a.rdb`;
  const { fetch } = redirecting(link, `https://${to}/b`);
  const directory = await temporaryFolder();
  await download([link], { directory, fetch });
  await expectFiles(directory, { "a.rdb": bytes });
});
