import { inspect } from "node:util";
import {
  type ActionError,
  type ConnectionOptions,
  createClient,
  type Middleware,
  NetworkError,
  type RetryContext,
} from "@dezai/umem";
import { describe, expect, test } from "vitest";
import {
  type Fault,
  type FaultServer,
  faultServer,
  gatewayAnswer,
  refusingUrl,
  success,
} from "../support/fault-server.js";
import { expectedSignature, keys } from "../support/signed.js";

const location = { Region: "cn-zj", Zone: "cn-zj-01", SpaceId: "space" };
type Client = ReturnType<typeof createClient>;

/** A retry-safe action, and one that is not. */
const safe = (client: Client) => client.describeUMemBackupURL({ ...location, BackupId: "backup" });
const unsafe = (client: Client) => client.createUMemBackup({ ...location, BackupName: "nightly" });
const actions = [
  { retrySafe: true, call: safe },
  { retrySafe: false, call: unsafe },
] as const;

const retCode = (RetCode: number, status = 200) => gatewayAnswer({ RetCode, Message: "no" }, status);
const page = (status: number, headers: Record<string, string> = {}): Fault => ({
  kind: "answer",
  status,
  headers: { "Content-Type": "text/html", ...headers },
  body: "<html><h1>no</h1></html>",
});

/** Consequences of a fault if two retries are allowed. */
interface Want {
  /** Requests for an action that is retry-safe, and for one that is not. */
  readonly sent: readonly [safe: number, unsafe: number];
  readonly error: Record<string, unknown>;
  /** Absent if true for the retry-safe action only. */
  readonly retryable?: boolean;
  /** Argument of `retryDelay`. */
  readonly context?: Partial<RetryContext>;
}

const any = [3, 3] as const;
const onlySafe = [3, 1] as const;
const never = [1, 1] as const;
const requestId = "id-of-the-request";
const throttled = { throttled: true, retryAfter: undefined };

const cases: readonly (readonly [what: string, fault: Fault, want: Want])[] = [
  [
    "a reset before the request is read",
    { kind: "reset unread" },
    { sent: onlySafe, error: { name: "NetworkError" } },
  ],
  [
    "a reset after the request was read",
    { kind: "reset read" },
    { sent: onlySafe, error: { name: "NetworkError" } },
  ],
  [
    "a body that is cut off",
    { kind: "cut body", body: '{"RetCode":0,' },
    { sent: onlySafe, error: { name: "NetworkError" } },
  ],
  [
    "JSON that is cut in half",
    { kind: "answer", body: '{"RetCode":0,"Backup' },
    { sent: onlySafe, error: { name: "InvalidResponseError", status: 200 } },
  ],
  ["HTML with status 502", page(502), { sent: onlySafe, error: { name: "HttpError", status: 502 } }],
  [
    "HTML with status 404",
    page(404),
    { sent: never, error: { name: "HttpError", status: 404 }, retryable: false },
  ],
  [
    "a redirect",
    page(307, { Location: "/elsewhere" }),
    { sent: onlySafe, error: { name: "InvalidResponseError", status: 307 } },
  ],
  [
    "HTTP 429",
    page(429),
    { sent: any, error: { name: "HttpError", status: 429 }, retryable: true, context: throttled },
  ],
  [
    "HTTP 429 with Retry-After in seconds",
    page(429, { "Retry-After": "7" }),
    {
      sent: any,
      error: { status: 429, retryAfter: 7_000 },
      retryable: true,
      context: { throttled: true, retryAfter: 7_000 },
    },
  ],
  [
    "HTTP 429 with a Retry-After in the past",
    page(429, { "Retry-After": "Wed, 21 Oct 2015 07:28:00 GMT" }),
    {
      sent: any,
      error: { status: 429, retryAfter: 0 },
      retryable: true,
      context: { throttled: true, retryAfter: 0 },
    },
  ],
  [
    "HTTP 429 with a Retry-After below zero",
    page(429, { "Retry-After": "-5" }),
    {
      sent: any,
      error: { status: 429, retryAfter: 0 },
      retryable: true,
      context: { throttled: true, retryAfter: 0 },
    },
  ],
  [
    "HTTP 429 with an invalid Retry-After",
    page(429, { "Retry-After": "soon" }),
    { sent: any, error: { status: 429, retryAfter: undefined }, retryable: true, context: throttled },
  ],
  [
    "a throttle, 153",
    retCode(153),
    {
      sent: any,
      error: { name: "RetCodeError", codeName: "RequestThrottled", requestId },
      retryable: true,
      context: throttled,
    },
  ],
  ...[110, 130, 150].map((code) => {
    const error = { name: "RetCodeError", retCode: code, serverMessage: "no", requestId };
    return [
      `an unknown outcome, ${code}`,
      retCode(code),
      { sent: onlySafe, error, context: { throttled: false } },
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
    "a RetCode that the specification does not list",
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

/** Number of requests that reached the server; one that the server does not read counts as a connection. */
function requestsOf(server: FaultServer, { kind }: Fault): number {
  if (kind !== "reset unread") return server.received.length;
  expect(server.received).toHaveLength(0);
  return server.connections();
}

/** Makes a call that must fail. @returns its error and the arguments of `retryDelay`. */
async function failing(
  call: (client: Client) => PromiseLike<unknown>,
  options: ConnectionOptions,
): Promise<{ error: ActionError & Record<string, unknown>; contexts: RetryContext[] }> {
  const contexts: RetryContext[] = [];
  const retryDelay = (context: RetryContext) => {
    contexts.push(context);
    return 1;
  };
  const client = createClient({ credentials: keys, maxRetries: 2, retryDelay, ...options });
  const error = await call(client).then(
    (value) => expect.fail(`resolved to ${JSON.stringify(value)}`),
    (thrown: unknown) => thrown as ActionError & Record<string, unknown>,
  );
  return { error, contexts };
}

describe.each(actions)("for an action whose retry-safety is $retrySafe", ({ retrySafe, call }) => {
  test.each(cases)("%s", async (_, fault, { sent, error: wanted, retryable = retrySafe, context = {} }) => {
    const server = await faultServer(fault);
    const { error, contexts } = await failing(call, { baseUrl: server.baseUrl });
    const count = sent[retrySafe ? 0 : 1];
    expect(error).toMatchObject({ ...wanted, attempts: count, retryable });
    expect(error.action).toBe(retrySafe ? "DescribeUMemBackupURL" : "CreateUMemBackup");
    expect(requestsOf(server, fault)).toBe(count);
    for (const { method, parameters } of server.received) {
      expect(method).toBe("GET");
      expect(parameters.get("Signature")).toBe(expectedSignature(parameters, keys.privateKey));
    }
    expect(contexts.map(({ attempt }) => attempt)).toEqual([1, 2].slice(0, count - 1));
    for (const one of contexts) expect(one).toMatchObject(context);
    expectNoSecret(error, server.received[0]?.parameters.get("Signature"));
  });

  test.each(cases)("%s, without a retry if none is allowed", async (_, fault) => {
    const server = await faultServer(fault);
    const { error } = await failing(call, { baseUrl: server.baseUrl, maxRetries: 0 });
    expect(error.attempts).toBe(1);
    expect(requestsOf(server, fault)).toBe(1);
  });

  test.each(cases)("%s once, then success", async (_, fault, { sent }) => {
    const server = await faultServer(fault, success);
    const client = createClient({ credentials: keys, baseUrl: server.baseUrl, retryDelay: () => 1 });
    const outcome = await call(client).result();
    const isRetried = sent[retrySafe ? 0 : 1] > 1;
    expect(outcome).toMatchObject(isRetried ? { ok: true, attempts: 2, requestId } : { ok: false });
    expect(server.received).toHaveLength((isRetried ? 2 : 1) - (fault.kind === "reset unread" ? 1 : 0));
  });

  test("a refused connection can be retried, since nothing was sent", async () => {
    let requests = 0;
    const fetch: typeof globalThis.fetch = (url, init) => {
      requests += 1;
      return globalThis.fetch(url, init);
    };
    const { error } = await failing(call, { baseUrl: await refusingUrl(), fetch });
    expect(error).toBeInstanceOf(NetworkError);
    expect(error).toMatchObject({ code: "ECONNREFUSED", attempts: 3, retryable: true });
    expect(error.message).toMatch(/nothing was sent/);
    expect(error.cause).toBeInstanceOf(Error);
    expect(requests).toBe(3);
    expectNoSecret(error);
  });

  test.each<[what: string, fault: Fault]>([
    ["headers that do not arrive", { kind: "stalled headers" }],
    ["a body that stops", { kind: "stalled body", body: '{"RetCode":0,' }],
    ["a body that drips", { kind: "drip", body: `{"RetCode":0,${" ".repeat(1_000)}}`, pause: 20 }],
  ])("%s: the timeout ends the call", async (_, fault) => {
    const server = await faultServer(fault);
    const start = performance.now();
    const { error } = await failing(call, { baseUrl: server.baseUrl, timeout: 200 });
    const took = performance.now() - start;
    expect(error).toMatchObject({ name: "TimeoutError", timeout: 200, attempts: 1, retryable: retrySafe });
    expect(error.message).toMatch(/may have taken effect/);
    expect(took).toBeGreaterThan(190);
    expect(took).toBeLessThan(1_500);
    expect(server.received).toHaveLength(1);
    await expect.poll(server.underWay).toBe(0);
    expectNoSecret(error, server.received[0]?.parameters.get("Signature"));
  });
});

test("a slow body that ends in time is a success", async () => {
  const { baseUrl } = await faultServer({
    kind: "drip",
    body: '{"RetCode":0,"BackupURL":["\u00e9"]}',
    pause: 2,
  });
  expect(await safe(createClient({ credentials: keys, baseUrl }))).toEqual({
    RetCode: 0,
    BackupURL: ["\u00e9"],
  });
});

test("a redirect is not followed", async () => {
  const elsewhere = await faultServer(success);
  const server = await faultServer(page(302, { Location: `${elsewhere.baseUrl}?Action=Other` }));
  await failing(safe, { baseUrl: server.baseUrl });
  expect(elsewhere.connections()).toBe(0);
});

test("each attempt of a call is judged on its own", async () => {
  const server = await faultServer(retCode(153), page(502), retCode(150), success);
  const client = createClient({ credentials: keys, baseUrl: server.baseUrl, retryDelay: () => 1 });
  expect(await safe(client).withResponse()).toMatchObject({ attempts: 4 });
  const other = await faultServer(retCode(153), page(502), success);
  const { error } = await failing(unsafe, { baseUrl: other.baseUrl });
  expect(error).toMatchObject({ name: "HttpError", status: 502, attempts: 2, retryable: false });
});

describe.each(["GET", "POST"] as const)("by %s", (method) => {
  test("each attempt is signed again, with the changes of middleware", async () => {
    const server = await faultServer(retCode(153), retCode(153), success);
    const number: Middleware = (request, next) =>
      next({
        ...request,
        parameters: new Map(request.parameters).set("ProjectId", `project & ${request.attempt} é`),
      });
    const { baseUrl } = server;
    await unsafe(
      createClient({ credentials: keys, baseUrl, method, middleware: [number], retryDelay: () => 1 }),
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

/** No representation of an error may contain keys, a signature or a query. */
function expectNoSecret(error: Error, signature = "Signature="): void {
  const shown = [
    inspect(error, { depth: 10, showHidden: true }),
    JSON.stringify(error),
    error.stack,
    error.message,
  ];
  for (const secret of [keys.privateKey, keys.publicKey, signature, "Action="])
    expect(shown.join("\n")).not.toContain(secret);
}
