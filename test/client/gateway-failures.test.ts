import { createClient, NetworkError, type RetryContext } from "@dezai/umem";
import { describe, expect, test } from "vitest";
import {
  type Fault,
  type FaultServer,
  faultServer,
  gatewayResponse,
  refusingUrl,
  success,
} from "../support/fault-server.js";
import { callSafe, callUnsafe, expectNoSecret, failedCall } from "../support/gateway-calls.js";
import { expectedSignature, keys } from "../support/signed.js";

const actions = [
  { retrySafe: true, call: callSafe },
  { retrySafe: false, call: callUnsafe },
] as const;

const retCode = (RetCode: number, status = 200) => gatewayResponse({ RetCode, Message: "no" }, status);
const html = (status: number, headers: Record<string, string> = {}): Fault => ({
  kind: "response",
  status,
  headers: { "Content-Type": "text/html", ...headers },
  body: "<html><h1>no</h1></html>",
});

/** Expected outcome of a failure with `maxRetries: 2`. */
interface Expected {
  /** Number of requests for a retry-safe action and for another one. */
  readonly sent: readonly [safe: number, unsafe: number];
  readonly error: Record<string, unknown>;
  /** Expected `error.retryable`. Default: whether the action is retry-safe. */
  readonly retryable?: boolean;
  /** Expected argument of `retryDelay`. */
  readonly wait?: Partial<RetryContext>;
}

const always = [3, 3] as const;
const onlySafe = [3, 1] as const;
const never = [1, 1] as const;
const requestId = "id-of-the-request";
const throttled = { throttled: true, retryAfter: undefined };

const deep = "[".repeat(20_000) + "]".repeat(20_000);

const failures: readonly (readonly [what: string, fault: Fault, expected: Expected])[] = [
  [
    "a connection reset before the request is read",
    { kind: "reset unread" },
    { sent: onlySafe, error: { name: "NetworkError" } },
  ],
  [
    "a connection reset after the request is read",
    { kind: "reset read" },
    { sent: onlySafe, error: { name: "NetworkError" } },
  ],
  [
    "an incomplete body",
    { kind: "cut body", body: '{"RetCode":0,' },
    { sent: onlySafe, error: { name: "NetworkError" } },
  ],
  [
    "truncated JSON",
    { kind: "response", body: '{"RetCode":0,"Backup' },
    { sent: onlySafe, error: { name: "InvalidResponseError", status: 200 } },
  ],
  ...["DataSet", "Message"].map(
    (name) =>
      [
        `a ${name} of 20,000 levels`,
        { kind: "response", body: `{"RetCode":${name === "Message" ? 230 : 0},"${name}":${deep}}` },
        { sent: onlySafe, error: { name: "InvalidResponseError", status: 200 } },
      ] as const,
  ),
  ["HTML with status 502", html(502), { sent: onlySafe, error: { name: "HttpError", status: 502 } }],
  [
    "HTML with status 404",
    html(404),
    { sent: never, error: { name: "HttpError", status: 404 }, retryable: false },
  ],
  [
    "a redirect",
    html(307, { Location: "/elsewhere" }),
    { sent: never, error: { name: "InvalidResponseError", status: 307 }, retryable: false },
  ],
  [
    "HTTP 429",
    html(429),
    { sent: always, error: { name: "HttpError", status: 429 }, retryable: true, wait: throttled },
  ],
  [
    "HTTP 429 with Retry-After in seconds",
    html(429, { "Retry-After": "7" }),
    {
      sent: always,
      error: { status: 429, retryAfter: 7_000 },
      retryable: true,
      wait: { throttled: true, retryAfter: 7_000 },
    },
  ],
  [
    "HTTP 429 with a Retry-After in the past",
    html(429, { "Retry-After": "Wed, 21 Oct 2015 07:28:00 GMT" }),
    {
      sent: always,
      error: { status: 429, retryAfter: 0 },
      retryable: true,
      wait: { throttled: true, retryAfter: 0 },
    },
  ],
  [
    "HTTP 429 with a negative Retry-After",
    html(429, { "Retry-After": "-5" }),
    {
      sent: always,
      error: { status: 429, retryAfter: 0 },
      retryable: true,
      wait: { throttled: true, retryAfter: 0 },
    },
  ],
  [
    "HTTP 429 with an invalid Retry-After",
    html(429, { "Retry-After": "soon" }),
    { sent: always, error: { status: 429, retryAfter: undefined }, retryable: true, wait: throttled },
  ],
  [
    "throttling, 153",
    retCode(153),
    {
      sent: always,
      error: { name: "RetCodeError", codeName: "RequestThrottled", requestId },
      retryable: true,
      wait: throttled,
    },
  ],
  ...[110, 130, 150].map((code) => {
    const error = { name: "RetCodeError", retCode: code, serverMessage: "no", requestId };
    return [
      `an unknown outcome, ${code}`,
      retCode(code),
      { sent: onlySafe, error, wait: { throttled: false } },
    ] as const;
  }),
  ...[160, 171, 220, 230, 299, 20208].map((code) => {
    const error = { name: "RetCodeError", retCode: code, requestId };
    return [`a permanent RetCode, ${code}`, retCode(code), { sent: never, error, retryable: false }] as const;
  }),
  ...[172, 174].map((code) => {
    const error = { name: "RetCodeError", retCode: code, requestId };
    return [
      `rejected fixed credentials, ${code}`,
      retCode(code),
      { sent: never, error, retryable: false },
    ] as const;
  }),
  [
    "an unknown RetCode",
    retCode(99_999),
    { sent: never, error: { name: "RetCodeError", codeName: "" }, retryable: false },
  ],
  [
    "an unknown outcome in a body with HTTP 500",
    retCode(150, 500),
    { sent: onlySafe, error: { name: "RetCodeError", retCode: 150 } },
  ],
  [
    "a permanent RetCode in a body with HTTP 500",
    retCode(230, 500),
    { sent: never, error: { name: "RetCodeError", retCode: 230 }, retryable: false },
  ],
];

/** Returns the number of requests that reached the server. An unread request counts by its connection. */
function requestsOf(server: FaultServer, { kind }: Fault): number {
  if (kind !== "reset unread") return server.received.length;
  expect(server.received).toHaveLength(0);
  return server.connections();
}

describe.each(actions)("for an action with retrySafe: $retrySafe", ({ retrySafe, call }) => {
  test.each(failures)("%s", async (_, fault, { sent, error: expected, retryable = retrySafe, wait = {} }) => {
    const server = await faultServer(fault);
    const { error, waits } = await failedCall(call, { baseUrl: server.baseUrl });
    const count = sent[retrySafe ? 0 : 1];
    expect(error).toMatchObject({ ...expected, attempts: count, retryable });
    expect(error.action).toBe(retrySafe ? "DescribeUMemBackupURL" : "CreateUMemBackup");
    expect(requestsOf(server, fault)).toBe(count);
    for (const { method, parameters } of server.received) {
      expect(method).toBe("GET");
      expect(parameters.get("Signature")).toBe(expectedSignature(parameters, keys.privateKey));
    }
    expect(waits.map(({ attempt }) => attempt)).toEqual([1, 2].slice(0, count - 1));
    for (const actual of waits) expect(actual).toMatchObject(wait);
    expectNoSecret(error, server.received[0]?.parameters.get("Signature"));
  });

  test.each(failures)("%s, without a retry if `maxRetries` is 0", async (_, fault) => {
    const server = await faultServer(fault);
    const { error } = await failedCall(call, { baseUrl: server.baseUrl, maxRetries: 0 });
    expect(error.attempts).toBe(1);
    expect(requestsOf(server, fault)).toBe(1);
  });

  test.each(failures)("%s once, then success", async (_, fault, { sent }) => {
    const server = await faultServer(fault, success);
    const client = createClient({ credentials: keys, baseUrl: server.baseUrl, retryDelay: () => 1 });
    const outcome = await call(client).result();
    const isRetried = sent[retrySafe ? 0 : 1] > 1;
    expect(outcome).toMatchObject(isRetried ? { ok: true, attempts: 2, requestId } : { ok: false });
    expect(server.received).toHaveLength((isRetried ? 2 : 1) - (fault.kind === "reset unread" ? 1 : 0));
  });

  test("a refused connection is retried, since nothing was sent", async () => {
    let calls = 0;
    const fetch: typeof globalThis.fetch = (url, init) => {
      calls += 1;
      return globalThis.fetch(url, init);
    };
    const { error } = await failedCall(call, { baseUrl: await refusingUrl(), fetch });
    expect(error).toBeInstanceOf(NetworkError);
    expect(error).toMatchObject({ code: "ECONNREFUSED", attempts: 3, retryable: true });
    expect(error.message).toMatch(/nothing was sent/);
    expect(error.cause).toBeInstanceOf(Error);
    expect(calls).toBe(3);
    expectNoSecret(error);
  });

  test.each<[what: string, fault: Fault]>([
    ["headers that never arrive", { kind: "stalled headers" }],
    ["a body that stops", { kind: "stalled body", body: '{"RetCode":0,' }],
    ["a body sent byte by byte", { kind: "drip", body: `{"RetCode":0,${" ".repeat(1_000)}}`, pause: 20 }],
  ])("%s: the timeout ends the call", async (_, fault) => {
    const server = await faultServer(fault);
    const start = performance.now();
    const { error } = await failedCall(call, { baseUrl: server.baseUrl, timeout: 200 });
    const elapsed = performance.now() - start;
    expect(error).toMatchObject({ name: "TimeoutError", timeout: 200, attempts: 1, retryable: retrySafe });
    expect(error.message).toMatch(/may have taken effect/);
    expect(elapsed).toBeGreaterThan(190);
    expect(elapsed).toBeLessThan(1_500);
    expect(server.received).toHaveLength(1);
    await expect.poll(server.active).toBe(0);
    expectNoSecret(error, server.received[0]?.parameters.get("Signature"));
  });
});
