import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { build } from "esbuild";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, inject, onTestFinished, test } from "vitest";
import { readRecordings } from "../../scripts/contract/recording.js";
import { type MockServer, startMock } from "../../scripts/mock/server.js";
import { startChromium } from "../support/browser.js";
import { faultServer } from "../support/fault-server.js";
import { action, api, example } from "../support/seed-action.js";

/** Serves a page with the bundled packages. The gateway has another origin. */
async function servePage(): Promise<{ url: string; close: () => void }> {
  const { outputFiles } = await build({
    stdin: { contents: 'export * from "@dezai/umem";', resolveDir: inject("consumer") },
    bundle: true,
    format: "iife",
    globalName: "umem",
    platform: "browser",
    write: false,
  });
  const script = outputFiles[0]?.text ?? "";
  const server = createServer(({ url }, response) => {
    const isScript = url === "/umem.js";
    response.setHeader("Content-Type", isScript ? "text/javascript" : "text/html");
    response.end(isScript ? script : "<!doctype html><script src=/umem.js></script>");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, close: () => server.close() };
}

async function gateway(cors: boolean): Promise<MockServer & { log: string[] }> {
  const log: string[] = [];
  const recordings = await readRecordings("test/recordings");
  const server = await startMock(api, recordings, {
    port: 0,
    log: (line) => log.push(line),
    cors,
  });
  onTestFinished(() => server.close());
  return { ...server, log };
}

/** Calls the action. Runs in the page. */
async function callFromPage({ options, call, params }: { options: object; call: object; params: object }) {
  const { umem } = globalThis as unknown as { umem: typeof import("@dezai/umem") };
  const client = umem.createClient(options as Parameters<typeof umem.createClient>[0]);
  const outcome = await client.describeUMemBackupURL(params as never, call).result();
  return outcome.ok
    ? {
        links: outcome.data.BackupURL,
        id: outcome.requestId ?? "none",
        url: (outcome.response as Response).url,
      }
    : { error: outcome.error.name, attempts: outcome.error.attempts, message: outcome.error.message };
}

describe("Chromium", () => {
  let browser: Browser | undefined;
  let page: Page;
  let host: Awaited<ReturnType<typeof servePage>> | undefined;

  beforeAll(async () => {
    host = await servePage();
    browser = await startChromium();
    page = await browser.newPage();
    await page.goto(host.url);
  });
  afterAll(async () => {
    await browser?.close();
    host?.close();
  });

  const credentials = api.brand.exampleCredentials;
  const links = (example.response as { BackupURL: string[] }).BackupURL;
  const params = example.parameters;
  const call = (baseUrl: string, more: object = {}, own: object = {}) =>
    page.evaluate(callFromPage, {
      options: { credentials, baseUrl, maxRetries: 0, ...more },
      call: own,
      params,
    });

  test.each<[what: string, options: object, own: object, asked: RegExp[]]>([
    ["GET", {}, {}, [/^GET Describe/]],
    ["POST", { method: "POST" }, {}, [/^POST Describe/]],
    [
      "GET with a custom header, after a preflight",
      {},
      { headers: { "X-Trace": "7" } },
      [/^OPTIONS$/, /^GET D/],
    ],
  ])(
    `${action.name} is signed with WebCrypto and succeeds cross-origin: %s`,
    async (_, options, own, asked) => {
      const { baseUrl, log } = await gateway(true);
      const result = await call(baseUrl, options, own);
      expect(result).toEqual({ links, id: expect.stringMatching(/^fake-\d+$/), url: "" });
      expect(log).toEqual(asked.map((pattern) => expect.stringMatching(pattern)));
    },
  );

  test("a gateway without CORS causes a network error that does not contain the signed URL", async () => {
    const { baseUrl } = await gateway(false);
    const result = await call(baseUrl);
    expect(result).toMatchObject({ error: "NetworkError", attempts: 1 });
    expect(JSON.stringify(result)).not.toMatch(/Signature|[0-9a-f]{40}/);
  });

  test("a redirect is not followed", async () => {
    const { baseUrl, received } = await faultServer({
      kind: "response",
      status: 302,
      headers: { Location: "/elsewhere", "Access-Control-Allow-Origin": "*" },
      body: "",
    });
    expect(await call(baseUrl)).toMatchObject({ error: "InvalidResponseError", attempts: 1 });
    expect(received).toHaveLength(1);
  });

  test("a deadline ends a call", async () => {
    const { baseUrl } = await faultServer({ kind: "stalled headers" });
    expect(await call(baseUrl, { timeout: 100 })).toMatchObject({ error: "TimeoutError", attempts: 1 });
  });
});
