import { createServer, get } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { describe, expect, onTestFinished, test } from "vitest";
import { mockEnvironment, runProgram } from "../support/samples.js";
import { action, example } from "../support/seed-action.js";
import { project, toolFile } from "./project.js";
import { tools } from "./tools.js";

/** Starts a proxy that sends every request to the gateway. @returns its URL, and the hosts that it was asked for. */
async function proxyTo(gateway: URL): Promise<{ url: string; hosts: string[] }> {
  const hosts: string[] = [];
  const server = createServer((incoming, response) => {
    const { host, search } = new URL(incoming.url ?? "");
    hosts.push(host);
    get(new URL(search, gateway), (received) => received.pipe(response));
  });
  // Node.js opens a tunnel for http too.
  server.on("connect", ({ url }, socket) => {
    hosts.push(url?.replace(/:80$/, "") ?? "");
    socket.write("HTTP/1.1 200 Connection Established\r\n\r\n");
    socket.pipe(connect(Number(gateway.port), gateway.hostname)).pipe(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, hosts };
}

const program = `
import { createClient } from "@dezai/umem";
console.log(JSON.stringify(await createClient().${action.names.function}(${JSON.stringify(example.parameters)})));
`;

describe("the proxy of the environment", () => {
  test.each(["node-22", "node-24", "bun", "deno"] as const)("%s sends requests to it", async (name) => {
    const { DEZAI_BASE_URL: gateway = "", ...keys } = await mockEnvironment();
    const { url, hosts } = await proxyTo(new URL(gateway));
    const folder = await project({ "program.mjs": program });
    const flags = name === "deno" ? ["run", "-A", "--cached-only", "--node-modules-dir=manual"] : [];
    const env = {
      ...keys,
      DEZAI_BASE_URL: "http://gateway.invalid/",
      HTTP_PROXY: url,
      NODE_USE_ENV_PROXY: "1",
      NODE_NO_WARNINGS: "1",
    };
    const binary = toolFile(`${name}/${tools[name].binary}`);
    const { stdout, stderr } = await runProgram(binary, [...flags, "program.mjs"], { cwd: folder, env });
    expect([stderr, stdout === "" ? "" : JSON.parse(stdout)]).toEqual(["", example.response]);
    expect(hosts).toEqual(["gateway.invalid"]);
  });
});
