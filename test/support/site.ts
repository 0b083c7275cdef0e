import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { onTestFinished } from "vitest";
import { parseDocument } from "yaml";
import { loadConfig } from "../../scripts/config.js";
import { configName } from "../../scripts/config-name.js";
import { Diagnostics } from "../../scripts/diagnostic.js";
import { listFolder, toSlashes } from "../../scripts/files.js";
import { generate } from "../../scripts/generate.js";
import { type SiteServer, startSiteServer } from "../../scripts/serve/site-server.js";

/** A generated reference in a temporary folder. */
export interface Site {
  readonly folder: string;
  /** Paths of all files, sorted. */
  readonly files: readonly string[];
  /** Paths of all pages, sorted. */
  readonly pages: readonly string[];
  read(path: string): Promise<string>;
  /** URL of a page that is opened as a file. */
  fileUrl(path: string): string;
  /** Serves it below its base path, with the server of `actiongen docs`. */
  serve(): Promise<SiteServer>;
  /** Stops its servers and removes its folder. */
  remove(): Promise<void>;
}

/** What a site is generated from. */
export interface SiteOptions {
  /** Specification folder. Default: that of this repository. */
  readonly spec?: string | ((folder: string) => Promise<unknown>);
  /** Keys that are replaced in `actiongen.yaml`. */
  readonly config?: Readonly<Record<string, unknown>>;
}

/** Generates a reference with the shipped pipeline. */
export async function createSite({ spec = "spec", config = {} }: SiteOptions = {}): Promise<Site> {
  const root = await mkdtemp(join(tmpdir(), "actiongen-site-"));
  const own = join(root, "spec");
  if (typeof spec === "string") await cp(spec, own, { recursive: true });
  else await spec(own);
  await configure(join(own, configName), config);
  await generate({ spec: own, out: root, check: false });

  const brand = (await loadConfig(join(own, configName), new Diagnostics()))?.brand;
  const folder = join(root, "docs");
  const files = (await listFolder(folder, "")).map((path) => toSlashes(relative(folder, path)));
  const servers: SiteServer[] = [];
  return {
    folder,
    files,
    pages: files.filter((path) => path.endsWith(".html")),
    read: (path) => readFile(join(folder, path), "utf8"),
    fileUrl: (path) => `${pathToFileURL(folder).href}/${path}`,
    async serve() {
      const server = await startSiteServer(folder, 0);
      servers.push(server);
      server.publish(brand?.docs.basePath ?? "/");
      return server;
    },
    async remove() {
      await Promise.all(servers.map((server) => server.close()));
      await rm(root, { recursive: true, force: true });
    },
  };
}

async function configure(path: string, config: Readonly<Record<string, unknown>>): Promise<void> {
  const yaml = parseDocument(await readFile(path, "utf8"));
  for (const [key, value] of Object.entries(config)) yaml.set(key, value);
  await writeFile(path, yaml.toString());
}

/** The configuration of another brand, which sets everything that the reference shows. */
export const otherBrand = {
  brand: "星云 Nebula",
  baseUrl: "https://api.nebula.example/",
  environmentPrefix: "NEBULA",
  products: { umem: "内存数据库 UMem" },
  docs: {
    url: "https://docs.nebula.example/reference/",
    language: "zh",
    endpoint: "http://127.0.0.1:4010/",
    consoleUrl: "https://console.nebula.example/keys",
    links: [{ title: "状态 Status", url: "https://status.nebula.example/" }],
    logo: '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"><circle cx="12" cy="12" r="10" fill="#7a1fa2"/></svg>',
    accent: { light: "#7a1fa2", dark: "#e1a5ff" },
  },
};

/** A page of the browser, and what it reported. */
export interface OpenPage {
  readonly page: Page;
  /** Errors of the console, such as violations of the content security policy, and exceptions. */
  readonly errors: string[];
  /** URLs of all requests. */
  readonly requests: string[];
}

/**
 * Opens a page of the browser that records errors and requests, and is closed when the test finishes; `goto` of its `page`
 * opens a page of a site.
 */
export async function openPage(browser: Browser, options: BrowserContextOptions = {}): Promise<OpenPage> {
  const context = await browser.newContext(options);
  onTestFinished(() => context.close());
  const page = await context.newPage();
  const [errors, requests]: [string[], string[]] = [[], []];
  page.on("console", (message) => {
    // Chromium requests this file of a server whose pages have no icon.
    const isIcon = message.location().url.endsWith("/favicon.ico");
    if (message.type() === "error" && !isIcon) errors.push(message.text());
  });
  page.on("pageerror", (error) => errors.push(`${error}`));
  page.on("request", (request) => requests.push(request.url()));
  return { page, errors, requests };
}
