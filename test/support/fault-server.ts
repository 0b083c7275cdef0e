import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { type AddressInfo, createServer as createRawServer, type Socket } from "node:net";
import { text } from "node:stream/consumers";
import { setTimeout as sleep } from "node:timers/promises";
import { onTestFinished } from "vitest";

/** Behavior of the server for one request: a response or a network failure. */
export type Fault =
  | {
      readonly kind: "response";
      readonly status?: number;
      readonly headers?: Readonly<Record<string, string>>;
      readonly body: string;
    }
  /** Resets the connection as soon as it is open. */
  | { readonly kind: "reset unread" }
  /** Resets the connection after the request is read. */
  | { readonly kind: "reset read" }
  /** Reads the request and sends nothing. */
  | { readonly kind: "stalled headers" }
  /** Sends the headers and this part of a body, then stalls. */
  | { readonly kind: "stalled body"; readonly body: string }
  /** Closes the connection before the body is complete. */
  | { readonly kind: "cut body"; readonly body: string }
  /** Sends a body byte by byte. */
  | { readonly kind: "drip"; readonly body: string; readonly pause: number };

/** Request that the server has read. */
export interface Received {
  readonly method: string;
  readonly parameters: ReadonlyMap<string, string>;
  readonly headers: IncomingMessage["headers"];
}

export interface FaultServer {
  readonly baseUrl: string;
  readonly received: readonly Received[];
  /** Returns the number of connections so far: one for each request, since none is reused. */
  readonly connections: () => number;
  /** Returns the number of requests whose connection is open. */
  readonly active: () => number;
}

/** Starts a server on loopback that plays faults in order, then the last one again. It is closed when the test finishes. */
export async function faultServer(...faults: readonly Fault[]): Promise<FaultServer> {
  const received: Received[] = [];
  const faultOf = new WeakMap<Socket, Fault>();
  let connections = 0;
  let active = 0;
  const server = createServer(async (request, response) => {
    active += 1;
    response.on("close", () => {
      active -= 1;
    });
    received.push(await read(request));
    await play(faultOf.get(request.socket) as Fault, response);
  });
  server.on("connection", (socket) => {
    const fault = faults[Math.min(connections, faults.length - 1)] as Fault;
    connections += 1;
    faultOf.set(socket, fault);
    if (fault.kind === "reset unread") socket.resetAndDestroy();
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    received,
    connections: () => connections,
    active: () => active,
  };
}

/** Returns a URL on loopback that refuses connections. */
export async function refusingUrl(): Promise<string> {
  const server = createRawServer();
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return `http://127.0.0.1:${port}/`;
}

async function read(request: IncomingMessage): Promise<Received> {
  const { method = "", url = "/", headers } = request;
  const form = method === "POST" ? await text(request) : new URL(url, "http://localhost").search;
  return { method, headers, parameters: new Map(new URLSearchParams(form)) };
}

async function play(fault: Fault, response: ServerResponse): Promise<void> {
  const headers = { "Content-Type": "application/json", Connection: "close" };
  switch (fault.kind) {
    case "response":
      response.writeHead(fault.status ?? 200, { ...headers, ...fault.headers }).end(fault.body);
      return;
    case "reset unread":
    case "reset read":
      response.socket?.resetAndDestroy();
      return;
    case "stalled headers":
      return;
    case "stalled body":
      response.writeHead(200, headers).write(fault.body);
      return;
    case "cut body":
      response.writeHead(200, { ...headers, "Content-Length": `${fault.body.length + 100}` });
      response.write(fault.body, () => response.destroy());
      return;
    case "drip":
      response.writeHead(200, headers);
      for (const character of fault.body) {
        if (response.destroyed) return;
        response.write(character);
        await sleep(fault.pause);
      }
      response.end();
  }
}

/** Returns a response of the gateway. */
export const gatewayResponse = (body: object, status = 200, headers: Record<string, string> = {}): Fault => ({
  kind: "response",
  status,
  headers: { "X-UCLOUD-REQUEST-UUID": "id-of-the-request", ...headers },
  body: JSON.stringify(body),
});

/** Successful response for any action. */
export const success = gatewayResponse({
  RetCode: 0,
  Action: "AnyResponse",
  BackupURL: ["https://backup.example.com/shard-0.rdb?token=link-secret"],
  BackupId: "backup-1",
});
