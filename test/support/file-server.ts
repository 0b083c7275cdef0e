import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";

/** Request for a file. */
export interface Visit {
  readonly path: string;
  readonly range: string | undefined;
  readonly ifRange: string | undefined;
  /** Number of requests for this path so far, including this one. */
  readonly turn: number;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  /** Responds with the bytes, or with the requested range of them, as a correct server does. */
  readonly serve: (bytes: Buffer, headers?: Record<string, string>) => void;
}

/** File server on loopback whose responses a test controls. */
export interface FileServer {
  /** Origin of its URLs, without a trailing slash. */
  readonly origin: string;
  readonly visits: Visit[];
  /** Returns the maximum number of simultaneous requests. */
  readonly maxConcurrency: () => number;
}

/** Starts a server that is closed when the test finishes. */
export async function fileServer(handle: (visit: Visit) => void): Promise<FileServer> {
  const visits: Visit[] = [];
  let active = 0;
  let maxConcurrency = 0;
  const server = createServer((request, response) => {
    active += 1;
    maxConcurrency = Math.max(maxConcurrency, active);
    response.on("close", () => {
      active -= 1;
    });
    const path = (request.url ?? "").split("?")[0] ?? "";
    const visit: Visit = {
      path,
      range: request.headers.range,
      ifRange: request.headers["if-range"] as string | undefined,
      turn: visits.filter((other) => other.path === path).length + 1,
      request,
      response,
      serve: (bytes, headers = {}) => serve(visit, bytes, headers),
    };
    visits.push(visit);
    handle(visit);
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return { origin: `http://127.0.0.1:${port}`, visits, maxConcurrency: () => maxConcurrency };
}

function serve({ range, ifRange, response }: Visit, bytes: Buffer, headers: Record<string, string>): void {
  const own = { ETag: '"one"', ...headers };
  const isSame = ifRange === undefined || ifRange === own.ETag;
  const [, from, to] = /^bytes=(\d+)-(\d*)$/.exec(range ?? "") ?? [];
  if (from === undefined || !isSame) {
    response.writeHead(200, { ...own, "Content-Length": bytes.length }).end(bytes);
    return;
  }
  const end = to === "" ? bytes.length : Math.min(bytes.length, Number(to) + 1);
  const start = Number(from);
  if (start >= end) {
    response.writeHead(416, { "Content-Range": `bytes */${bytes.length}` }).end();
    return;
  }
  const partial = {
    "Content-Length": end - start,
    "Content-Range": `bytes ${start}-${end - 1}/${bytes.length}`,
  };
  response.writeHead(206, { ...own, ...partial }).end(bytes.subarray(start, end));
}

/** Sends the headers of the whole file and some of its bytes, then closes the connection. */
export function cut(
  { response }: Visit,
  bytes: Buffer,
  after: number,
  headers: Record<string, string> = {},
): void {
  response.writeHead(200, { ETag: '"one"', ...headers, "Content-Length": bytes.length });
  response.write(bytes.subarray(0, after), () => setTimeout(() => response.destroy(), 50));
}

/** Sends the headers of the whole file and some of its bytes, then stalls. */
export function stall({ response }: Visit, bytes: Buffer, after: number): void {
  response.writeHead(200, { ETag: '"one"', "Content-Length": bytes.length });
  response.write(bytes.subarray(0, after));
}
