import { mkdir, symlink, writeFile } from "node:fs/promises";
import { request } from "node:http";
import { join } from "node:path";
import { beforeEach, describe, expect, onTestFinished, test } from "vitest";
import { type SiteServer, startSiteServer } from "../../scripts/serve/site-server.js";
import { temporaryFolder } from "../support/spec-folder.js";

const page = (title: string) =>
  `<!doctype html><html><head><title>${title}</title></head><body></body></html>`;

interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: string;
}

/** Requests a path as it is; `fetch` would resolve `..`. */
function get(url: string, path: string, { method = "GET", host = "" } = {}): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(url);
    const headers = host === "" ? {} : { Host: host };
    request({ hostname, port, path, method, headers, agent: false }, async (response) => {
      let body = "";
      for await (const chunk of response) body += chunk;
      resolve({ status: response.statusCode ?? 0, headers: response.headers, body });
    })
      .on("error", reject)
      .end();
  });
}

let server: SiteServer;
let url: string;

beforeEach(async () => {
  const folder = join(await temporaryFolder(), "docs");
  await mkdir(join(folder, "umem"), { recursive: true });
  await writeFile(join(folder, "../secret.txt"), "secret");
  await writeFile(join(folder, ".hidden"), "secret");
  await symlink(join(folder, "../secret.txt"), join(folder, "link.txt"));
  await symlink(join(folder, ".."), join(folder, "up"));
  for (const [path, content] of [
    ["index.html", page("Home")],
    ["404.html", page("Not found")],
    ["umem/index.html", page("UMem")],
    ["umem/index.md", "# UMem 备份\n"],
    ["site.js", "1;\n"],
    ["style.css", "a{}\n"],
    ["sitemap.xml", "<urlset/>"],
    ["llms.txt", "text"],
  ] as const)
    await writeFile(join(folder, path), content);
  server = await startSiteServer(folder, 0);
  onTestFinished(() => server.close());
  server.publish("/docs/");
  url = server.url();
});

test.each([
  ["/docs/", "text/html; charset=utf-8", "<title>Home</title>"],
  ["/docs/?q=1", "text/html; charset=utf-8", "<title>Home</title>"],
  ["/docs/umem/", "text/html; charset=utf-8", "<title>UMem</title>"],
  ["/docs/umem/index.md", "text/markdown; charset=utf-8", "# UMem 备份"],
  ["/docs/site.js", "text/javascript; charset=utf-8", "1;"],
  ["/docs/style.css", "text/css; charset=utf-8", "a{}"],
  ["/docs/sitemap.xml", "application/xml", "<urlset/>"],
  ["/docs/llms.txt", "text/plain; charset=utf-8", "text"],
])("%s is served with its type, and not cached", async (path, type, content) => {
  const { status, headers, body } = await get(url, path);
  expect([status, headers["content-type"], headers["cache-control"]]).toEqual([200, type, "no-store"]);
  expect(body).toContain(content);
});

test.each(["/", "/docs"])("%s leads to the home page", async (path) => {
  expect(await get(url, path)).toMatchObject({ status: 302, headers: { location: "/docs/" } });
});

test.each([
  "/docs/missing.html",
  "/docs/umem",
  "/other/",
  "/docs/../secret.txt",
  "/docs/%2e%2e/secret.txt",
  "/docs/..%2fsecret.txt",
  "/docs/..%5csecret.txt",
  "/docs//etc/passwd",
  "//",
  "http://[",
  "/docs/.hidden",
  "/docs/link.txt",
  "/docs/up/secret.txt",
  "/docs/index.html%00",
  "/docs/%E0%A4%A",
])("%s is the page for missing pages, with status 404", async (path) => {
  const { status, body } = await get(url, path);
  expect([status, body]).toEqual([404, expect.stringContaining("<title>Not found</title>")]);
});

test("requests of other hosts and methods are refused", async () => {
  expect(await get(url, "/docs/", { host: "attacker.example" })).toMatchObject({ status: 403, body: "" });
  expect(await get(url, "/docs/", { method: "POST" })).toMatchObject({ status: 405, body: "" });
  expect(await get(url, "/docs/", { method: "HEAD" })).toMatchObject({ status: 200, body: "" });
});

describe("reload", () => {
  /** Path of the script that a page waits with. */
  async function waitingPath(): Promise<string> {
    const [, script = ""] = /<script src="([^"]+)" defer>/.exec((await get(url, "/docs/")).body) ?? [];
    const [, path = ""] = /script\.src = "([^"]+)"/.exec((await get(url, script)).body) ?? [];
    return path;
  }

  test("a page that waits gets the script that reloads it when a new site is published", async () => {
    const reply = get(url, await waitingPath());
    const early = await Promise.race([reply, new Promise((resolve) => setTimeout(resolve, 50, "waits"))]);
    expect(early).toBe("waits");
    server.publish("/docs/");
    expect((await reply).body).toBe("location.reload();\n");
  });

  test("a page of an older site, or of a server that was restarted, is reloaded at once", async () => {
    const path = await waitingPath();
    server.publish("/docs/");
    expect((await get(url, path)).body).toBe("location.reload();\n");
  });
});

test("a page is shown until there is a site", async () => {
  const empty = await startSiteServer(join(await temporaryFolder(), "docs"), 0);
  onTestFinished(() => empty.close());
  expect(await get(empty.url(), "/")).toMatchObject({
    status: 404,
    body: expect.stringContaining("~reload.js"),
  });
});

test("a port in use is reported", async () => {
  await expect(startSiteServer("docs", Number(new URL(url).port))).rejects.toThrow(
    /^docs: cannot listen on port \d+: .*\n {2}help: Choose another one with --port/,
  );
});
