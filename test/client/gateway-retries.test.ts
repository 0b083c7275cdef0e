import { createClient, type Middleware } from "@dezai/umem";
import { describe, expect, test } from "vitest";
import { faultServer, gatewayResponse, success } from "../support/fault-server.js";
import { callSafe, callUnsafe, failedCall } from "../support/gateway-calls.js";
import { expectedSignature, keys } from "../support/signed.js";

const retCode = (RetCode: number) => gatewayResponse({ RetCode, Message: "no" });
const html = (status: number, headers: Record<string, string> = {}) =>
  ({ kind: "response", status, headers, body: "<html><h1>no</h1></html>" }) as const;

test("a slow body that is complete before the timeout is a response", async () => {
  const { baseUrl } = await faultServer({
    kind: "drip",
    body: '{"RetCode":0,"BackupURL":["\u00e9"]}',
    pause: 2,
  });
  expect(await callSafe(createClient({ credentials: keys, baseUrl }))).toEqual({
    RetCode: 0,
    BackupURL: ["\u00e9"],
  });
});

test("a redirect is not followed", async () => {
  const elsewhere = await faultServer(success);
  const server = await faultServer(html(302, { Location: `${elsewhere.baseUrl}?Action=Other` }));
  await failedCall(callSafe, { baseUrl: server.baseUrl });
  expect(elsewhere.connections()).toBe(0);
});

test("each attempt is retried or not by its own failure", async () => {
  const server = await faultServer(retCode(153), html(502), retCode(150), success);
  const client = createClient({ credentials: keys, baseUrl: server.baseUrl, retryDelay: () => 1 });
  expect(await callSafe(client).withResponse()).toMatchObject({ attempts: 4 });
  const other = await faultServer(retCode(153), html(502), success);
  const { error } = await failedCall(callUnsafe, { baseUrl: other.baseUrl });
  expect(error).toMatchObject({ name: "HttpError", status: 502, attempts: 2, retryable: false });
});

describe.each(["GET", "POST"] as const)("with %s", (method) => {
  test("each attempt is signed again, after middleware", async () => {
    const server = await faultServer(retCode(153), retCode(153), success);
    const numberAttempts: Middleware = (request, next) =>
      next({
        ...request,
        parameters: new Map(request.parameters).set("ProjectId", `project & ${request.attempt} é`),
      });
    const { baseUrl } = server;
    await callUnsafe(
      createClient({ credentials: keys, baseUrl, method, middleware: [numberAttempts], retryDelay: () => 1 }),
    );
    expect(server.received.map((one) => [one.method, one.parameters.get("ProjectId")])).toEqual(
      [1, 2, 3].map((attempt) => [method, `project & ${attempt} é`]),
    );
    const signatures = server.received.map(({ parameters }) => {
      expect(parameters.get("Signature")).toBe(expectedSignature(parameters, keys.privateKey));
      return parameters.get("Signature");
    });
    expect(new Set(signatures).size).toBe(3);
  });
});
