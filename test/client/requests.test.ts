import { createClient } from "@dezai/umem";
import { describe, expect, test } from "vitest";
import { retryDelay } from "../../templates/runtime/retry.js";
import { byRequest } from "../support/by-request.js";
import { failure, json, params } from "../support/failure.js";
import { type Fault, faultServer } from "../support/fault-server.js";
import { callUnsafe } from "../support/gateway-calls.js";
import { expectedSignature, keys } from "../support/signed.js";

/** Sends a parameter of a length. @returns the request, and its parameters. */
async function send(length: number, method?: "GET" | "POST") {
  let sent: { request: Request; form: string } | undefined;
  const fetch = byRequest(async (request) => {
    sent = { request, form: request.method === "GET" ? new URL(request.url).search : await request.text() };
    return Response.json({ RetCode: 0 });
  });
  const client = createClient({ credentials: keys, fetch, ...(method && { method }) });
  await client.describeUMemBackupURL({ ...params, BackupId: "b".repeat(length) });
  if (sent === undefined) expect.fail("nothing was sent");
  const parameters = new Map(new URLSearchParams(sent.form));
  expect(parameters.get("BackupId")).toHaveLength(length);
  expect(parameters.get("Signature")).toBe(expectedSignature(parameters, keys.privateKey));
  return sent.request;
}

describe("a GET whose URL would be longer than 8,192 bytes is sent as POST", () => {
  test("and a shorter one is not", async () => {
    const { url } = await send(1);
    const longest = 8_192 - url.length + 1;
    expect((await send(longest)).method).toBe("GET");
    const request = await send(longest + 1);
    expect([request.method, request.url]).toEqual(["POST", "https://api.dezai.com/"]);
    expect(request.headers.get("Content-Type")).toBe("application/x-www-form-urlencoded");
  });

  test("and a POST always is one", async () => {
    expect((await send(1, "POST")).method).toBe("POST");
  });
});

test.each([414, 431])("HTTP %d suggests POST", async (status) => {
  const error = await failure(new Response("", { status }));
  expect(error.message).toContain('With `method: "POST"` the URL is short.');
});

test("a redirect says where to, without the query, and to check baseUrl", async () => {
  const headers = { Location: `https://other.example.com/path?Signature=${"a".repeat(40)}#b` };
  const error = await failure(new Response("", { status: 302, headers }));
  expect(error.message).toBe(
    "DescribeUMemBackupURL: HTTP 302 with a redirect to https://other.example.com/path, which is not followed; check baseUrl.",
  );
  expect(error).toMatchObject({ name: "InvalidResponseError", status: 302, retryable: false });
});

test("a redirect in a browser, which shows neither its status nor its target, says to check baseUrl", async () => {
  const opaque = { status: 0, headers: new Headers(), text: async () => "" } as Response;
  const error = await failure(opaque);
  expect(error.message).toContain(
    "HTTP 0 with a redirect to another URL, which is not followed; check baseUrl.",
  );
  expect(error).toMatchObject({ name: "InvalidResponseError", retryable: false });
});

test("a message that is null is empty", async () => {
  const error = await failure(json({ RetCode: 299, Message: null }));
  expect(error.serverMessage).toBe("");
  expect(error.message).toMatch(/^DescribeUMemBackupURL: RetCode 299 \(AccessDenied\)\. /);
});

describe("an abort says what is known of the effect", () => {
  async function abortedMessage(fault: Fault): Promise<string | undefined> {
    const { baseUrl } = await faultServer(fault);
    const controller = new AbortController();
    const retryDelay = () => {
      setTimeout(() => controller.abort(), 20);
      return 10_000;
    };
    const client = createClient({ credentials: keys, baseUrl, retryDelay });
    const call = client.createUMemBackup({ ...params, BackupName: "b" }, { signal: controller.signal });
    if (fault.kind === "stalled headers") setTimeout(() => controller.abort(), 100);
    return (await call.result()).error?.message;
  }

  test.each<[what: string, fault: Fault, message: RegExp]>([
    [
      "while it waits for a retry of a throttled call",
      { kind: "response", body: '{"RetCode":153}' },
      /aborted by its signal; the call has not taken effect\.$/,
    ],
    ["while it waits for a response", { kind: "stalled headers" }, /the call may have taken effect\.$/],
  ])("%s", async (_, fault, message) => {
    expect(await abortedMessage(fault)).toMatch(message);
  });

  test("before anything was sent", async () => {
    const client = createClient({ credentials: () => new Promise(() => {}), timeout: 20 });
    await expect(callUnsafe(client)).rejects.toMatchObject({
      name: "TimeoutError",
      retryable: true,
      message: "CreateUMemBackup: timed out after 20 ms (timeout); nothing was sent.",
    });
  });
});

test("a refused connection is retried for 16 seconds at least, and does not use up the retries of other calls", async () => {
  const delays: number[] = [];
  let isUp = false;
  const refused = Object.assign(new Error("refused"), { code: "ECONNREFUSED" });
  const fetch = async () => (isUp ? json({ RetCode: 150 }) : Promise.reject(refused));
  const client = createClient({
    credentials: keys,
    fetch,
    retryDelay(context) {
      delays.push(retryDelay(context));
      return 0;
    },
  });
  const call = () => client.describeUMemBackupURL(params).result();
  expect((await call()).error).toMatchObject({ name: "NetworkError", attempts: 7, retryable: true });
  const total = delays.reduce((sum, delay) => sum + delay);
  expect(total).toBeGreaterThan(16_000);
  expect(total).toBeLessThan(33_000);
  for (let count = 0; count < 30; count += 1) await call();
  isUp = true;
  expect((await call()).error).toMatchObject({ name: "RetCodeError", attempts: 7 });
});
