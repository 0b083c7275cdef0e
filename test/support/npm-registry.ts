import { writeFile } from "node:fs/promises";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { temporaryFolder } from "./spec-folder.js";

/** What happens to a request to publish, instead of what a registry does: a status, or a lost connection. */
export type Fault =
  | { readonly status: number; readonly error: string; readonly isStored?: boolean }
  | { readonly status: "lost"; readonly isStored?: boolean };

interface Packument {
  readonly name: string;
  readonly "dist-tags": Record<string, string>;
  readonly versions: Record<string, { dist: { integrity: string; tarball: string } }>;
  readonly _attachments?: Record<string, { data: string }>;
}

/** A registry on loopback that has what npm needs to look up, publish and install packages. */
export interface NpmRegistry {
  /** Environment in which npm uses it, with a token. */
  readonly env: Readonly<Record<string, string>>;
  /** Packages by name. */
  readonly packages: Map<string, Packument>;
  /** Names of the packages that npm has tried to publish, in order. */
  readonly attempts: string[];
  /** Decides about a request to publish; `undefined` for what a registry does. */
  onPublish: (name: string) => Fault | undefined;
  /** Stops it, so that connections are refused. */
  close(): Promise<void>;
}

/** Starts a registry without packages, which is stopped when the test finishes. */
export async function npmRegistry(): Promise<NpmRegistry> {
  const packages = new Map<string, Packument>();
  const attempts: string[] = [];
  const server = createServer((request, response) => void respond(request, response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const origin = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const folder = await temporaryFolder();
  const userConfig = join(folder, ".npmrc");
  await writeFile(userConfig, `//${origin}/:_authToken=secret-of-the-registry\n`);
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  onTestFinished(close);
  const registry: NpmRegistry = {
    env: {
      npm_config_registry: `http://${origin}/`,
      npm_config_userconfig: userConfig,
      npm_config_cache: join(folder, "cache"),
      npm_config_fetch_retries: "0",
      npm_config_audit: "false",
      npm_config_fund: "false",
    },
    packages,
    attempts,
    onPublish: () => undefined,
    close,
  };

  async function respond(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = decodeURIComponent((request.url ?? "").slice(1));
    if (request.method === "PUT") return await publish(request, response);
    const [name = "", file] = path.split("/-/");
    const found = packages.get(name);
    if (found === undefined) return send(response, 404, { error: "not_found" });
    const data = file === undefined ? undefined : found._attachments?.[file]?.data;
    if (data === undefined) return send(response, 200, { ...found, _attachments: undefined });
    response.end(Buffer.from(data, "base64"));
  }

  async function publish(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const sent = JSON.parse(Buffer.concat(chunks).toString()) as Packument;
    if (request.headers.authorization === undefined) return send(response, 401, { error: "no token" });
    attempts.push(sent.name);
    const known = packages.get(sent.name);
    const fault = registry.onPublish(sent.name);
    if (fault === undefined || fault.isStored) {
      const taken = Object.keys(sent.versions).find((version) => known?.versions[version] !== undefined);
      if (taken !== undefined)
        return send(response, 403, {
          error: `You cannot publish over the previously published version ${taken}.`,
        });
      const attachments = Object.entries(sent._attachments ?? {}).map(
        ([file, value]) => [file.split("/").pop() ?? "", value] as const,
      );
      for (const version of Object.values(sent.versions))
        version.dist.tarball = `http://${origin}/${sent.name}/-/${version.dist.tarball.split("/").pop()}`;
      packages.set(sent.name, {
        name: sent.name,
        "dist-tags": { ...known?.["dist-tags"], ...sent["dist-tags"] },
        versions: { ...known?.versions, ...sent.versions },
        _attachments: { ...known?._attachments, ...Object.fromEntries(attachments) },
      });
    }
    if (fault === undefined) return send(response, 201, { ok: true });
    if (fault.status === "lost") return void request.socket.destroy();
    send(response, fault.status, { error: fault.error });
  }

  return registry;
}

function send(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
}
