import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { createClient } from "@dezai/umem";
import { describe, expect, onTestFinished, test } from "vitest";
import { type Fault, faultServer, success } from "../support/fault-server.js";
import { callSafe, callUnsafe, failedCall } from "../support/gateway-calls.js";
import { keys } from "../support/signed.js";

const hangs: readonly (readonly [what: string, fault: Fault])[] = [
  ["headers that never arrive", { kind: "stalled headers" }],
  ["a body that stops", { kind: "stalled body", body: '{"RetCode":0,' }],
];

describe.each(hangs)("%s", (_, fault) => {
  test("cost one attempt of an action that is retry-safe", async () => {
    const server = await faultServer(fault, success);
    const client = createClient({
      credentials: keys,
      baseUrl: server.baseUrl,
      attemptTimeout: 200,
      retryDelay: () => 1,
    });
    expect(await callSafe(client).withResponse()).toMatchObject({ attempts: 2 });
    await expect.poll(server.active).toBe(0);
  });

  test("end the call of an action that is not", async () => {
    const server = await faultServer(fault, success);
    const { error } = await failedCall(callUnsafe, { baseUrl: server.baseUrl, attemptTimeout: 200 });
    expect(error).toMatchObject({ name: "TimeoutError", timeout: 200, attempts: 1, retryable: false });
    expect(error.message).toBe(
      "CreateUMemBackup: timed out after 200 ms (attemptTimeout); the call may have taken effect.",
    );
    expect(server.received).toHaveLength(1);
  });
});

test("a connection that was kept alive and died costs one attempt, and is not used again", async () => {
  const used: unknown[] = [];
  const server = createServer(({ socket }, response) => {
    // The second request of a connection never gets a response.
    if (!used.includes(socket)) response.end('{"RetCode":0,"BackupURL":[]}');
    used.push(socket);
  });
  server.keepAliveTimeout = 60_000;
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const client = createClient({ credentials: keys, baseUrl, attemptTimeout: 300, retryDelay: () => 1 });
  await callSafe(client);
  // Until the connection is in the pool again.
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(await callSafe(client).withResponse()).toMatchObject({ attempts: 2 });
  expect(used[1]).toBe(used[0]);
  expect(used[2]).not.toBe(used[0]);
});

test("a slow credentials provider is not part of an attempt", async () => {
  const server = await faultServer(success);
  const credentials = () => new Promise<typeof keys>((resolve) => setTimeout(resolve, 400, keys));
  const client = createClient({ credentials, baseUrl: server.baseUrl, attemptTimeout: 200 });
  expect(await callSafe(client).withResponse()).toMatchObject({ attempts: 1 });
});

test("the attempt's limit can be removed, and set for one call", async () => {
  const server = await faultServer({ kind: "stalled headers" });
  const client = createClient({
    credentials: keys,
    baseUrl: server.baseUrl,
    attemptTimeout: 0,
    timeout: 300,
  });
  const { error } = await callSafe(client).result();
  expect(error).toMatchObject({ name: "TimeoutError", timeout: 300, attempts: 1 });
  const params = { Region: "r", Zone: "z", SpaceId: "s", BackupId: "b" };
  const other = await client
    .describeUMemBackupURL(params, { attemptTimeout: 50, timeout: 0, maxRetries: 0 })
    .result();
  expect(other.error).toMatchObject({ name: "TimeoutError", timeout: 50 });
});
