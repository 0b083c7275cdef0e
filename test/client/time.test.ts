import { setImmediate as nextTurn } from "node:timers/promises";
import { type ActionCall, type ConnectionOptions, createClient } from "@dezai/umem";
import { afterEach, describe, expect, test, vi } from "vitest";
import { params } from "../support/failure.js";
import { type Fault, faultServer, gatewayResponse } from "../support/fault-server.js";
import { keys } from "../support/signed.js";

const never = () => new Promise<never>(() => {});
const busy = () => Response.json({ RetCode: 150, Message: "busy" });

/** Everything that a call can wait for, each of which hangs. */
const waits: readonly (readonly [what: string, hang: () => Promise<ConnectionOptions>])[] = [
  ["a credentials provider", async () => ({ credentials: never })],
  ["a middleware before next()", async () => ({ middleware: [never] })],
  [
    "a middleware after next()",
    async () => ({
      fetch: async () => busy(),
      middleware: [(request, next) => next(request).then(never)],
    }),
  ],
  ["a connection", async () => ({ fetch: never })],
  ["headers", async () => overHttp({ kind: "stalled headers" })],
  ["a body", async () => overHttp({ kind: "stalled body", body: '{"RetCode":' })],
  [
    "a body that arrives byte by byte",
    async () => overHttp({ kind: "drip", body: " ".repeat(10_000), pause: 10 }),
  ],
  ["the delay before a retry", async () => ({ fetch: async () => busy(), retryDelay: () => 80_000 })],
  [
    "the second attempt",
    async () => overHttp(gatewayResponse({ RetCode: 150 }), { kind: "stalled headers" }),
  ],
];

async function overHttp(...faults: Fault[]): Promise<ConnectionOptions> {
  const { baseUrl } = await faultServer(...faults);
  return { baseUrl, retryDelay: () => 1 };
}

const clientOf = (options: ConnectionOptions) => createClient({ credentials: keys, ...options });
const errorOf = (call: ActionCall<unknown>) =>
  call.then(
    (value) => expect.fail(`resolved to ${JSON.stringify(value)}`),
    (error: unknown) => error as Error & Record<string, unknown>,
  );

describe("an aborted signal ends a call in the same turn of the event loop, while it waits for", () => {
  test.each(waits)("%s", async (_, hang) => {
    const client = clientOf(await hang());
    const controller = new AbortController();
    let outcome: unknown;
    const call = client.describeUMemBackupURL(params, { signal: controller.signal, maxRetries: 1 });
    call.catch((error) => {
      outcome = error;
    });
    await new Promise((resolve) => setTimeout(resolve, 60));
    expect(outcome).toBeUndefined();
    controller.abort("enough");
    await nextTurn();
    expect(outcome).toMatchObject({ name: "AbortError", retryable: false, cause: "enough" });
  });
});

describe("a timeout ends a call, while it waits for", () => {
  const isBackoff = (what: string) => what === "the delay before a retry";

  test.each(waits.filter(([what]) => !isBackoff(what)))("%s", async (_, hang) => {
    const client = clientOf(await hang());
    const start = performance.now();
    const error = await errorOf(client.describeUMemBackupURL(params, { timeout: 150 }));
    expect(error).toMatchObject({ name: "TimeoutError", timeout: 150 });
    expect(performance.now() - start).toBeGreaterThan(140);
    expect(performance.now() - start).toBeLessThan(2_000);
  });

  test("all attempts together", async () => {
    let requests = 0;
    const fetch = async () => {
      requests += 1;
      await new Promise((resolve) => setTimeout(resolve, 40));
      return busy();
    };
    const client = clientOf({ fetch, retryDelay: () => 1, maxRetries: 1_000, timeout: 300 });
    const start = performance.now();
    const error = await errorOf(client.describeUMemBackupURL(params));
    expect(["TimeoutError", "RetCodeError"]).toContain(error.name);
    // The last attempt may have ended while it was being signed.
    expect([requests, requests + 1]).toContain(error.attempts);
    expect(requests).toBeGreaterThan(1);
    expect(requests).toBeLessThan(9);
    expect(performance.now() - start).toBeLessThan(2_000);
  });
});

describe("a call that has ended sends nothing more", () => {
  test.each(["timeout", "signal"])("by its %s, while it waited for credentials", async (end) => {
    let resolveCredentials = (_: typeof keys): void => {};
    const credentials = () =>
      new Promise<typeof keys>((resolve) => {
        resolveCredentials = resolve;
      });
    const fetch = vi.fn(async () => busy());
    const options = {
      timeout: end === "timeout" ? 20 : 60_000,
      signal: AbortSignal.timeout(end === "signal" ? 20 : 60_000),
    };
    await errorOf(clientOf({ credentials, fetch }).createUMemBackup({ ...params, BackupName: "b" }, options));
    resolveCredentials(keys);
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(fetch).not.toHaveBeenCalled();
  });

  test("or does anything at all if its signal was aborted before", async () => {
    const [fetch, credentials, middleware] = [vi.fn(never), vi.fn(never), vi.fn(never)];
    const client = clientOf({ fetch, credentials, middleware: [middleware] });
    const error = await errorOf(client.describeUMemBackupURL(params, { signal: AbortSignal.abort() }));
    expect(error).toMatchObject({ name: "AbortError", attempts: 0 });
    expect(error.message).toMatch(/nothing was sent/);
    await nextTurn();
    for (const one of [fetch, credentials, middleware]) expect(one).not.toHaveBeenCalled();
  });
});

describe("a Retry-After that is longer than the time left", () => {
  test.each<[what: string, retryAfter: () => string]>([
    ["in seconds", () => "3600"],
    ["as a date", () => new Date(Date.now() + 3_600_000).toUTCString()],
    ["without a limit", () => "9".repeat(400)],
  ])("%s ends the call at once, with its error", async (_, retryAfter) => {
    const fetch = vi.fn(
      async () => new Response("", { status: 429, headers: { "Retry-After": retryAfter() } }),
    );
    const start = performance.now();
    const error = await errorOf(clientOf({ fetch }).describeUMemBackupURL(params));
    expect(error).toMatchObject({ name: "HttpError", status: 429, attempts: 1, retryable: true });
    expect(error.retryAfter).toBeGreaterThan(3_500_000);
    expect(fetch).toHaveBeenCalledOnce();
    expect(performance.now() - start).toBeLessThan(2_000);
  });
});

describe("the default retryDelay", () => {
  afterEach(() => {
    vi.useRealTimers();
    vi.restoreAllMocks();
  });

  /** The delays between the attempts of a call, in milliseconds of a fake clock. */
  async function waitsBetween(response: () => Response, maxRetries: number): Promise<number[]> {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "Date"] });
    const times: number[] = [];
    const fetch = async () => {
      times.push(Date.now());
      return response();
    };
    let isDone = false;
    const client = clientOf({ fetch, timeout: 0, maxRetries });
    errorOf(client.describeUMemBackupURL(params)).finally(() => {
      isDone = true;
    });
    while (!isDone) {
      await nextTurn();
      vi.advanceTimersToNextTimer();
    }
    return times.slice(1).map((time, index) => time - (times[index] ?? 0));
  }

  const slowDown = (headers: Record<string, string> = {}) => new Response("", { status: 429, headers });

  test.each<[what: string, response: () => Response, waits: number[]]>([
    ["an unknown outcome", busy, [150, 375, 937, 2_343, 5_859, 14_648, 15_000, 15_000]],
    ["a throttle", () => Response.json({ RetCode: 153 }), [750, 1_875, 4_687, 11_718, 15_000, 15_000]],
    ["HTTP 429", slowDown, [750, 1_875, 4_687, 11_718, 15_000, 15_000]],
    ["a Retry-After that is longer", () => slowDown({ "Retry-After": "3" }), [3_000, 3_000, 4_687, 11_718]],
    ["a Retry-After of a day, without a deadline", () => slowDown({ "Retry-After": "86400" }), [3_600_000]],
  ])("%s: three quarters of an exponential bound if random() is a half", async (_, response, wanted) => {
    vi.spyOn(Math, "random").mockReturnValue(0.5);
    expect(await waitsBetween(response, wanted.length)).toEqual(wanted);
  });

  test("delays are spread over the upper half of the range, so that none is too short", async () => {
    const first = [];
    for (let i = 0; i < 60; i++) first.push(...(await waitsBetween(busy, 1)));
    expect(Math.max(...first)).toBeLessThanOrEqual(200);
    expect(Math.max(...first)).toBeGreaterThan(170);
    expect(Math.min(...first)).toBeLessThan(130);
    expect(Math.min(...first)).toBeGreaterThanOrEqual(100);
  });
});

describe("the retry budget of a client", () => {
  function gateway() {
    const state = { isWell: false, requests: 0 };
    const fetch = async () => {
      state.requests += 1;
      return state.isWell ? Response.json({ RetCode: 0 }) : busy();
    };
    const client = clientOf({ fetch, retryDelay: () => 0, maxRetries: 3 });
    /** Makes calls. @returns the number of requests of each. */
    async function call(times: number, isWell: boolean): Promise<number[]> {
      state.isWell = isWell;
      const requests: number[] = [];
      for (let i = 0; i < times; i++) {
        const before = state.requests;
        await client.describeUMemBackupURL(params).result();
        requests.push(state.requests - before);
      }
      return requests;
    }
    return call;
  }

  test("is spent by retries and refilled by successful calls", async () => {
    const call = gateway();
    const spent = await call(40, false);
    expect(spent.slice(0, 33)).toEqual(new Array(33).fill(4));
    expect(spent.slice(34)).toEqual(new Array(6).fill(1));
    await call(4, true);
    expect(await call(1, false)).toEqual([1]);
    await call(1, true);
    expect(await call(2, false)).toEqual([2, 1]);
  });

  test("is not shared with other clients", async () => {
    await gateway()(40, false);
    expect(await gateway()(1, false)).toEqual([4]);
  });
});
