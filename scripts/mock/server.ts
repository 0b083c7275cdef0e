import { once } from "node:events";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { flattenParameters } from "../../templates/runtime/parameters.js";
import { InputError } from "../diagnostic.js";
import type { Gateway } from "./gateway.js";

/** A gateway that listens on loopback. */
export interface MockServer {
  /** `http://127.0.0.1:<port>/`. */
  readonly baseUrl: string;
  /** Stops at once; open connections are cut. */
  close(): Promise<void>;
}

const corsHeaders = {
  "Access-Control-Allow-Origin": "*",
  "Access-Control-Allow-Methods": "GET, POST",
  "Access-Control-Allow-Headers": "*",
  "Access-Control-Expose-Headers": "*",
};

const longestBody = 1_000_000;

/**
 * Serves a gateway over HTTP: GET with a query, POST with a form or JSON.
 *
 * @param cors whether pages of other origins may ask, and read all headers of an answer.
 * @param log gets one line for each request, without its parameters.
 * @throws InputError where the port cannot be had.
 */
export async function listen(
  gateway: Gateway,
  { port, log, cors = false }: { port: number; log: (line: string) => void; cors?: boolean },
): Promise<MockServer> {
  const server = createServer(async (request, response) => {
    if (cors) for (const [name, value] of Object.entries(corsHeaders)) response.setHeader(name, value);
    if (cors && request.method === "OPTIONS") {
      log("OPTIONS");
      response.writeHead(204).end();
      return;
    }
    try {
      const answer = gateway(await readParameters(request));
      log(`${request.method} ${answer.note}`);
      response.writeHead(answer.status, answer.headers).end(answer.body);
    } catch (error) {
      log(`${request.method} HTTP 400`);
      response.writeHead(400, { "Content-Type": "text/plain" }).end(`${(error as Error).message}\n`);
    }
  });
  try {
    server.listen(port, "127.0.0.1");
    await once(server, "listening");
  } catch (error) {
    const message = `cannot listen on port ${port}: ${(error as Error).message}`;
    throw new InputError([
      {
        code: "port",
        file: "mock",
        line: 0,
        message,
        help: "Choose another one with --port, or 0 for a free one.",
      },
    ]);
  }
  const { port: actual } = server.address() as AddressInfo;
  return {
    baseUrl: `http://127.0.0.1:${actual}/`,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function readParameters(request: IncomingMessage): Promise<Map<string, string>> {
  const parameters = new Map(new URL(request.url ?? "/", "http://localhost").searchParams);
  if (request.method !== "POST") return parameters;
  const body = await readBody(request);
  const isJson = request.headers["content-type"]?.startsWith("application/json") ?? false;
  const sent = isJson ? flattenParameters(parseObject(body)) : new URLSearchParams(body);
  for (const [name, value] of sent) parameters.set(name, value);
  return parameters;
}

function parseObject(json: string): object {
  const value: unknown = JSON.parse(json);
  if (typeof value !== "object" || value === null) throw new Error("the body is no JSON object");
  return value;
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > longestBody) throw new Error(`the body is longer than ${longestBody} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}
