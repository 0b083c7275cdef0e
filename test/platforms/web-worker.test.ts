import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { build } from "esbuild";
import { expect, inject, onTestFinished, test } from "vitest";
import { startChromium } from "../support/browser.js";
import { mockEnvironment } from "../support/samples.js";
import { api } from "../support/seed-action.js";

/** Serves a page with the bundled example, and temporary credentials. @returns its URL. */
async function serveExample(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: ["examples/web-worker/page.ts", "examples/web-worker/worker.ts"],
    bundle: true,
    format: "esm",
    outdir: "/",
    nodePaths: [`${inject("consumer")}/node_modules`],
    write: false,
  });
  const scripts = new Map(outputFiles.map(({ path, text }) => [path, text]));
  const server = createServer(({ url = "/" }, response) => {
    if (url === "/credentials") return response.end(JSON.stringify(api.brand.exampleCredentials));
    const script = scripts.get(url);
    response.setHeader("Content-Type", script ? "text/javascript" : "text/html");
    return response.end(script ?? "<!doctype html><body><script type=module src=/page.js></script>");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

test("the example lists backups in a web worker of Chromium", async () => {
  const url = await serveExample();
  const { DEZAI_BASE_URL: gateway = "" } = await mockEnvironment();
  const browser = await startChromium();
  onTestFinished(() => browser.close());
  const page = await browser.newPage();
  await page.route(api.brand.baseUrl, async (route) => {
    const response = await route.fetch({ url: gateway });
    await route.fulfill({ response, headers: { ...response.headers(), "Access-Control-Allow-Origin": "*" } });
  });
  await page.goto(url);
  const text = () => page.evaluate(() => document.body.innerText);
  await expect.poll(text, { timeout: 20_000 }).toBe("nightly-20260105: Done\nbefore-upgrade: Starting");
});
