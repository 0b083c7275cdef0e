import { readdir, readFile, writeFile } from "node:fs/promises";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import type { Har } from "har-format";
import { onTestFinished } from "vitest";
import { actiongen, type Result } from "./actiongen.js";
import { temporaryFolder } from "./spec-folder.js";

/** Key pair of a made-up account. */
export const account = {
  publicKey: "4eZCa3sA7pQ2xVn8LkTgWmYdRb5JhUcF",
  privateKey: "9fK2mXw7RtQpZ4cVbN8sLdHjYgUe3Ta6",
};

/** Starts a server on this machine that is stopped when the test finishes. @returns its URL. */
async function serve(handle: (request: IncomingMessage, response: ServerResponse) => void): Promise<string> {
  const server = createServer(handle);
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  onTestFinished(() => new Promise<void>((done) => server.close(() => done())));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

/** URL that nothing listens on. */
export async function closedPort(): Promise<string> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const { port } = server.address() as AddressInfo;
  await new Promise<void>((done) => server.close(() => done()));
  return `http://127.0.0.1:${port}/`;
}

/** A gateway that responds to every request with a body. */
export function serveBody(
  body: object | string,
  headers: Readonly<Record<string, string>> = {},
): Promise<string> {
  return serve((_, response) => {
    response.writeHead(200, { "content-type": "application/json", ...headers });
    response.end(typeof body === "string" ? body : JSON.stringify(body));
  });
}

/** A gateway whose response ends only when the client closes the connection. */
export function serveEndless(): Promise<string> {
  return serve((_, response) => {
    response.writeHead(200, { "content-type": "application/json" });
    response.write('{"RetCode":0,"A":"');
    const send = () => {
      while (response.write("a".repeat(2 ** 16)));
    };
    response.on("drain", send);
    send();
  });
}

interface Run extends Result {
  /** Folder that receives the recordings. */
  readonly out: string;
  readonly printed: string;
  /** The recordings, by their path in the folder. */
  readonly files: Readonly<Record<string, string>>;
}

/** Runs `actiongen record` with the keys of {@link account}. */
export async function recordCall(
  action: string,
  params: object | string,
  baseUrl: string,
  { args = [], env = {}, out }: { args?: string[]; env?: Record<string, string>; out?: string } = {},
): Promise<Run> {
  const folder = out ?? (await temporaryFolder());
  const file = join(await temporaryFolder(), "params.json");
  await writeFile(file, typeof params === "string" ? params : JSON.stringify(params));
  const options = ["--action", action, "--params", file, "--base-url", baseUrl, "--out", folder, ...args];
  const result = await actiongen(["record", ...options], {
    env: { DEZAI_PUBLIC_KEY: account.publicKey, DEZAI_PRIVATE_KEY: account.privateKey, ...env },
  });
  return { ...result, printed: result.out, out: folder, files: await recordingsIn(folder) };
}

/** Files in a folder, by their path in it. */
export async function recordingsIn(folder: string): Promise<Record<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name));
  const texts = files.map(async (file) => [file.slice(folder.length + 1), await readFile(file, "utf8")]);
  return Object.fromEntries(await Promise.all(texts));
}

/** The only entry of the only recording. */
export function entryOf(files: Readonly<Record<string, string>>) {
  const [text, ...others] = Object.values(files);
  const { log } = JSON.parse(text ?? "") as Har;
  const [entry] = log.entries;
  if (entry === undefined || others.length > 0) throw new Error("there is not exactly one call");
  const query = Object.fromEntries(entry.request.queryString.map(({ name, value }) => [name, value]));
  return { log, entry, query, body: JSON.parse(entry.response.content.text ?? "") };
}
