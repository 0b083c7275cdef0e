import { createServer, type IncomingMessage } from "node:http";
import type { FetchInit, PlatformSignal } from "../../templates/runtime/platform.js";
import { formType } from "../../templates/runtime/send.js";
import { createFakeGateway, type FakeGateway } from "../../templates/runtime/testing/gateway.js";
import { createChooser, readPostData, replyOf } from "../../templates/runtime/testing/recording.js";
import { fail, retCodeOf } from "../../templates/runtime/testing/replies.js";
import type { Recording } from "../contract/recording.js";
import { operationOf } from "../emit/operation-fields.js";
import { listen, stop } from "../listen.js";
import type { ApiModel } from "../model/api-model.js";

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
}

/** Response header with the file that the response was recorded in, percent-encoded. */
const recordingHeader = "X-Actiongen-Recording";

const corsHeaders = {
  "Access-Control-Allow-Origin": "*",
  "Access-Control-Allow-Methods": "GET, POST",
  "Access-Control-Allow-Headers": "*",
  "Access-Control-Expose-Headers": "*",
};

const maxBodySize = 1_000_000;

/** Creates a fake gateway that has every action of an API, and responds with the closest recording. */
function createMockGateway({ brand, products }: ApiModel, recordings: readonly Recording[]): FakeGateway {
  const { exampleCredentials: credentials, requestIdHeader } = brand;
  const gateway = createFakeGateway({ credentials, requestIdHeader });
  const choose = createChooser(recordings, "closest");
  const recorded = new Set(recordings.map(({ parameters }) => parameters.get("Action")));
  for (const action of products.flatMap(({ actions }) => actions)) {
    if (recorded.has(action.name)) {
      gateway.on(operationOf(action), (_, call) => {
        const { headers, file, ...rest } = choose(call);
        return replyOf({ ...rest, headers: [...headers, [recordingHeader, encodeURI(file)]] });
      });
    } else gateway.on(operationOf(action), fail(150, `No recording of ${action.name}`));
  }
  return gateway;
}

/**
 * Serves a fake gateway over HTTP: GET with a query, POST with a form or JSON.
 *
 * @throws InputError if the port is not available.
 */
export async function startMock(
  api: ApiModel,
  recordings: readonly Recording[],
  { port, log, cors = false }: MockServerOptions,
): Promise<MockServer> {
  const gateway = createMockGateway(api, recordings);
  const server = createServer(async (request, response) => {
    if (cors) for (const [name, value] of Object.entries(corsHeaders)) response.setHeader(name, value);
    if (cors && request.method === "OPTIONS") {
      log("OPTIONS");
      response.writeHead(204).end();
      return;
    }
    try {
      const { url, init } = await readHttp(request);
      const reply = (await gateway.fetch(url, init)) as Response;
      // Otherwise, the calls recorded by the gateway would fill the memory of a long-running server.
      gateway.reset();
      const body = await reply.text();
      log(`${request.method} ${noteOf(url, init, reply, body)}`);
      response.setHeaders(reply.headers).writeHead(reply.status).end(body);
    } catch (error) {
      log(`${request.method} HTTP 400`);
      response.writeHead(400, { "Content-Type": "text/plain" }).end(`${(error as Error).message}\n`);
    }
  });
  const actual = await listen(server, port, "mock");
  return {
    baseUrl: `http://127.0.0.1:${actual}/`,
    close: () => stop(server),
  };
}

/** Action and origin of a response. The name of an unknown action is omitted, since it can contain anything. */
function noteOf(url: string, { body: form }: FetchInit, reply: Response, body: string): string {
  const file = reply.headers.get(recordingHeader);
  const retCode = retCodeOf(body) ?? 0;
  const isKnown = file !== null || ![-1, 160, 161].includes(retCode);
  const action = new URL(url).searchParams.get("Action") ?? new URLSearchParams(form).get("Action");
  return `${isKnown ? action : "(unknown action)"}: ${file === null ? `RetCode ${retCode}` : `from ${decodeURI(file)}`}`;
}

/** Converts an HTTP request to the arguments of `fetch`, and a body of JSON to a form. */
async function readHttp(request: IncomingMessage): Promise<{ url: string; init: FetchInit }> {
  const { method = "GET", headers } = request;
  const url = new URL(request.url ?? "/", "http://127.0.0.1").href;
  const signal: PlatformSignal = new AbortController().signal;
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
