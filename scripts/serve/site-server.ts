import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { extname } from "node:path";
import { Diagnostics } from "../diagnostic.js";
import { listen, stop } from "../listen.js";
import { existingFiles } from "../output/existing-files.js";
import { isInside } from "../output/manifest.js";

/** Server of a generated reference, on loopback. */
export interface SiteServer {
  /** URL of the home page. */
  url(): string;
  /** Serves the site as it is now, below a path that starts and ends in `/`, and reloads open pages. */
  publish(basePath: string): void;
  /** Stops at once; open connections are closed. */
  close(): Promise<void>;
}

const types: Readonly<Record<string, string>> = {
  ".css": "text/css",
  ".html": "text/html",
  ".js": "text/javascript",
  ".json": "application/json",
  ".md": "text/markdown",
  ".svg": "image/svg+xml",
  ".txt": "text/plain",
  ".xml": "application/xml",
};

/** Name of the script that reloads pages. No generated file begins with `~`. */
const reloadScript = "~reload.js";

/** Shown until the first site is generated. */
const noSite = "<!doctype html><title>No reference yet</title><head></head>The terminal shows what to fix.";

/**
 * Serves a folder with a generated reference. Pages get one more script, which reloads them after `publish()`; the files
 * stay as they are.
 *
 * @param port port to listen on; 0 selects a free one.
 * @throws InputError if the port is not available.
 */
export async function startSiteServer(folder: string, port: number): Promise<SiteServer> {
  // A page of a server that was restarted has another version.
  let version = Date.now();
  let basePath = "/";
  const waiting = new Set<ServerResponse>();

  const server = createServer((request, response) => {
    response.setHeader("Cache-Control", "no-store");
    response.setHeader("X-Content-Type-Options", "nosniff");
    const problem = refusal(request);
    if (problem !== undefined) {
      send(response, problem, ".txt", "");
      return;
    }
    // Not parsed as a URL, which `//` is not. A path with `..` is not resolved either: `decode` refuses it.
    const [, pathname = "", search = ""] = /^([^?]*)(.*)/.exec(request.url ?? "") ?? [];
    if (!pathname.startsWith(basePath)) {
      const isHome = pathname === "/" || `${pathname}/` === basePath;
      if (isHome) response.writeHead(302, { Location: basePath }).end();
      else sendNotFound(response);
      return;
    }
    const path = pathname.slice(basePath.length);
    if (path === reloadScript) sendReload(response, search);
    else sendFile(response, path);
  });

  /** Sends the script that waits for a change or, to a page that waits, the one that reloads it after the change. */
  function sendReload(response: ServerResponse, search: string): void {
    if (search === "") send(response, 200, ".js", waitForChange(`${basePath}${reloadScript}`, version));
    else if (search !== `?after=${version}`) send(response, 200, ".js", "location.reload();\n");
    else {
      waiting.add(response);
      response.once("close", () => waiting.delete(response));
    }
  }

  function sendFile(response: ServerResponse, encoded: string): void {
    const path = decode(encoded.replace(/(^|\/)$/, "$1index.html"));
    const content = path === undefined ? undefined : read(path);
    if (path === undefined || content === undefined) sendNotFound(response);
    else if (extname(path) === ".html") sendPage(response, 200, content.toString());
    else send(response, 200, extname(path), content);
  }

  function sendNotFound(response: ServerResponse): void {
    sendPage(response, 404, read("404.html")?.toString() ?? noSite);
  }

  function sendPage(response: ServerResponse, status: number, html: string): void {
    const script = `<script src="${basePath}${reloadScript}" defer></script>`;
    send(
      response,
      status,
      ".html",
      html.replace("</head>", () => `${script}</head>`),
    );
  }

  /** Reads a file of the site. Symbolic links are not followed, since they could lead out of the folder. */
  function read(path: string): Buffer | undefined {
    return existingFiles(folder)(path, new Diagnostics());
  }

  const actual = await listen(server, port, "docs");
  return {
    url: () => `http://127.0.0.1:${actual}${basePath}`,
    publish(path) {
      basePath = path;
      version += 1;
      for (const response of waiting) send(response, 200, ".js", "location.reload();\n");
    },
    close: () => stop(server),
  };
}

/**
 * Status of a request that is refused. A page of another site can reach loopback under a host name of its own, and must not
 * read a reference that is not published yet.
 */
function refusal({ method, headers }: IncomingMessage): number | undefined {
  if (!/^(127\.0\.0\.1|localhost)(:\d+)?$/i.test(headers.host ?? "")) return 403;
  return method === "GET" || method === "HEAD" ? undefined : 405;
}

/** Decodes the path of a URL; `undefined` if it is not the path of a generated file. */
function decode(encoded: string): string | undefined {
  try {
    const path = decodeURIComponent(encoded);
    return isInside(path) && !/(^|\/)\./.test(path) ? path : undefined;
  } catch {
    return undefined;
  }
}

function send(response: ServerResponse, status: number, extension: string, content: string | Buffer): void {
  const type = types[extension] ?? "application/octet-stream";
  const charset = type.startsWith("text/") ? "; charset=utf-8" : "";
  response.writeHead(status, { "Content-Type": type + charset }).end(content);
}

/**
 * Script that waits for a change. It loads another script, which the server sends after the change: pages allow scripts of
 * their own origin, but no connections.
 */
function waitForChange(url: string, version: number): string {
  return `addEventListener("load", function wait() {
  const script = document.createElement("script");
  script.src = ${JSON.stringify(`${url}?after=${version}`)};
  script.onerror = () => setTimeout(wait, 1000);
  document.head.append(script);
});
`;
}
