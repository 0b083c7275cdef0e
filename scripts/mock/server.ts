import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { setTimeout } from "node:timers/promises";
import type { FetchInit, PlatformSignal } from "../../templates/runtime/platform.js";
import { formType } from "../../templates/runtime/send.js";
import type { FakeGateway } from "../../templates/runtime/testing/gateway.js";
import { readPostData } from "../../templates/runtime/testing/har.js";
import { retCodeOf } from "../../templates/runtime/testing/replies.js";
import type { Recording } from "../contract/recording.js";
import { listen, stop } from "../listen.js";
import type { ApiModel } from "../model/api-model.js";
import { oneLine } from "../text.js";
import { downloadsPath, serveDownload } from "./downloads.js";
import { readFailures } from "./failures.js";
import { actionsByName, broken, createMockGateway, recordingHeader, responseHeader } from "./gateway.js";

/** Gateway that listens on loopback. */
export interface MockServer {
  /** `http://127.0.0.1:<port>/`. */
  readonly baseUrl: string;
  /** Stops at once; open connections are closed. */
  close(): Promise<void>;
}

/** Options of {@link startMock}. */
export interface MockServerOptions {
  /** Port to listen on; 0 selects a free one. */
  readonly port: number;
  /** Receives one line for each request, without its parameters. */
  readonly log: (line: string) => void;
  /** Whether pages of other origins can send requests, and read all headers of a response. Default: `false`. */
  readonly cors?: boolean;
  /** Milliseconds before each response. Default: 0. */
  readonly latency?: number;
  /**
   * Failures of actions: `<Action>=retcode:<n>`, `http:<status>`, `delay:<ms>` or `broken`, a body that is cut off; `*` for every
   * action. With `x<times>`, such as `*=retcode:153x2`, for that many calls of each action. Default: none.
   */
  readonly fail?: readonly string[];
}

const corsHeaders = {
  "Access-Control-Allow-Origin": "*",
  "Access-Control-Allow-Methods": "GET, POST",
  "Access-Control-Allow-Headers": "*",
  "Access-Control-Expose-Headers": "*",
};

const maxBodySize = 1_000_000;

/**
 * Serves a fake gateway over HTTP: GET with a query, POST with a form or JSON. An action without a recording responds with its
 * documented example, or with a body that is made from its schema; the header `X-Actiongen-Response` contains which.
 *
 * @param recordings responses, of which each call gets the closest.
 * @throws InputError if the port is not available; UsageError with every problem of `fail`.
 */
export async function startMock(
  api: ApiModel,
  recordings: readonly Recording[],
  { port, log, cors = false, latency = 0, fail = [] }: MockServerOptions,
): Promise<MockServer> {
  const failures = readFailures(fail, new Set(actionsByName(api).keys()));
  const server = createServer();
  const baseUrl = `http://127.0.0.1:${await listen(server, port, "mock")}/`;
  const gateway = createMockGateway(api, recordings, failures, new URL(downloadsPath, baseUrl).href);
  server.on("request", async (request: IncomingMessage, response: ServerResponse) => {
    const closed = new AbortController();
    response.on("close", () => closed.abort());
    if (cors) response.setHeaders(new Headers(corsHeaders));
    if (cors && request.method === "OPTIONS") {
      log("OPTIONS");
      response.writeHead(204).end();
      return;
    }
    try {
      if (latency > 0) await setTimeout(latency, undefined, { signal: closed.signal });
      const isDownload =
        /^(?:GET|HEAD)$/.test(request.method ?? "") && request.url?.startsWith(downloadsPath);
      const note = isDownload
        ? serveDownload(request, response)
        : await callGateway(gateway, request, response, closed.signal);
      log(`${request.method} ${note}`);
    } catch (error) {
      if (closed.signal.aborted) return;
      log(`${request.method} HTTP 400`);
      response.writeHead(400, { "Content-Type": "text/plain" }).end(`${(error as Error).message}\n`);
    }
  });
  return { baseUrl, close: () => stop(server) };
}

/** Responds to a request as the gateway does. @returns what to log. */
async function callGateway(
  gateway: FakeGateway,
  request: IncomingMessage,
  response: ServerResponse,
  signal: AbortSignal,
): Promise<string> {
  const { url, init } = await readHttp(request, signal);
  const reply = (await gateway.fetch(url, init)) as Response;
  // Otherwise, the calls recorded by the gateway would fill the memory of a long-running server.
  gateway.reset();
  const body = await reply.text();
  response.setHeaders(reply.headers).statusCode = reply.status;
  if (reply.headers.get(responseHeader) === broken) sendHalf(response, Buffer.from(body));
  else response.end(body);
  return noteOf(url, init, reply, body);
}

/** Sends the length and the first half of a body, and closes the connection. */
function sendHalf(response: ServerResponse, body: Buffer): void {
  response.setHeader("Content-Length", body.length);
  response.write(body.subarray(0, body.length / 2), () => response.destroy());
}

/** Action and origin of a response. The name of an unknown action is omitted, since it can contain anything. */
function noteOf(url: string, { body: form }: FetchInit, { headers }: Response, body: string): string {
  const file = headers.get(recordingHeader);
  const retCode = retCodeOf(body) ?? 0;
  const origin = file === null ? headers.get(responseHeader) : `from ${decodeURI(file)}`;
  const isKnown = origin !== null || ![-1, 160, 161].includes(retCode);
  const action = new URL(url).searchParams.get("Action") ?? new URLSearchParams(form).get("Action");
  return oneLine(`${isKnown ? action : "(unknown action)"}: ${origin ?? `RetCode ${retCode}`}`);
}

/** Converts an HTTP request to the arguments of `fetch`, and a body of JSON to a form. */
async function readHttp(
  request: IncomingMessage,
  signal: PlatformSignal,
): Promise<{ url: string; init: FetchInit }> {
  const { method = "GET", headers } = request;
  const url = new URL(request.url ?? "/", "http://127.0.0.1").href;
  const init: FetchInit = { method, headers: { "Content-Type": formType }, redirect: "manual", signal };
  if (method !== "POST") return { url, init };
  const parameters = readPostData({ mimeType: headers["content-type"], text: await readBody(request) });
  return { url, init: { ...init, body: new URLSearchParams(parameters).toString() } };
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > maxBodySize) throw new Error(`the body is longer than ${maxBodySize} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}
