import { getEventListeners } from "node:events";
import { type ConnectionOptions, createClient } from "@dezai/umem";
import { expect, onTestFinished, test } from "vitest";
import { params } from "../support/failure.js";
import { faultServer, gatewayResponse, success } from "../support/fault-server.js";
import { keys } from "../support/signed.js";

/** Kinds of things that keep a process alive, or could. */
const timers = () => process.getActiveResourcesInfo().filter((kind) => kind === "Timeout").length;

/** Collects the warnings and unhandled rejections of the process during a test. */
function warnings(): unknown[] {
  const collected: unknown[] = [];
  const collect = (warning: unknown) => collected.push(warning);
  process.on("unhandledRejection", collect);
  process.on("warning", collect);
  onTestFinished(() => {
    process.off("unhandledRejection", collect);
    process.off("warning", collect);
  });
  return collected;
}

/** Makes many calls, a hundred at a time, with the same signal. @returns the number of outcomes by name. */
async function callMany(
  count: number,
  options: ConnectionOptions,
  signal: AbortSignal,
): Promise<Map<string, number>> {
  const client = createClient({ credentials: keys, retryDelay: () => 1, ...options });
  const ends = new Map<string, number>();
  let started = 0;
  const caller = async () => {
    while (started < count) {
      started += 1;
      // Every seventh times out while its fetch hangs.
      const outcome = await client
        .describeUMemBackupURL(params, { signal, ...(started % 7 === 0 && { timeout: 2 }) })
        .result();
      const end = outcome.ok ? "success" : outcome.error.name;
      ends.set(end, (ends.get(end) ?? 0) + 1);
    }
  };
  await Promise.all(Array.from({ length: 100 }, caller));
  return ends;
}

test("10,000 calls with every outcome leave no timer, listener or rejection behind", async () => {
  const heard = warnings();
  const before = timers();
  const { signal } = new AbortController();
  let requests = 0;
  const responses: readonly (() => Response | Promise<never>)[] = [
    () => Response.json({ RetCode: 0 }),
    () => Response.json({ RetCode: 150 }),
    () => Response.json({ RetCode: 230 }),
    () => new Response("<html>", { status: 502 }),
    () => Promise.reject(new TypeError("fetch failed")),
    () => Response.json({ RetCode: 0 }),
    () => new Promise((_, reject) => setTimeout(() => reject(new Error("late")), 5)),
  ];
  const fetch = async () => {
    requests += 1;
    return await (responses[requests % responses.length] as () => Response)();
  };
  const ends = await callMany(10_000, { fetch }, signal);
  expect([...ends.values()].reduce((sum, one) => sum + one)).toBe(10_000);
  expect([...ends.keys()].sort()).toEqual(
    expect.arrayContaining(["NetworkError", "RetCodeError", "TimeoutError", "success"]),
  );
  expect(getEventListeners(signal, "abort")).toHaveLength(0);
  // The late failures of the fake fetch itself.
  await expect.poll(timers).toBeLessThanOrEqual(before);
  expect(heard).toEqual([]);
}, 120_000);

test("calls over a real connection leave nothing behind", async () => {
  const heard = warnings();
  const { signal } = new AbortController();
  const { baseUrl } = await faultServer(
    success,
    { kind: "reset read" },
    gatewayResponse({ RetCode: 153 }),
    { kind: "stalled headers" },
    { kind: "stalled body", body: "{" },
    success,
  );
  const ends = await callMany(500, { baseUrl, timeout: 1_000 }, signal);
  expect(ends.get("success")).toBeGreaterThan(300);
  expect(getEventListeners(signal, "abort")).toHaveLength(0);
  expect(heard).toEqual([]);
}, 60_000);

test("calls that a signal aborts remove their listeners", async () => {
  const heard = warnings();
  const before = timers();
  const controller = new AbortController();
  const fetch = () => new Promise<never>(() => {});
  const client = createClient({ credentials: keys, fetch });
  const calls = Array.from({ length: 1_000 }, () =>
    client.describeUMemBackupURL(params, { signal: controller.signal }).result(),
  );
  await expect.poll(() => getEventListeners(controller.signal, "abort").length).toBe(1);
  controller.abort();
  const outcomes = await Promise.all(calls);
  expect(new Set(outcomes.map(({ error }) => error?.name))).toEqual(new Set(["AbortError"]));
  expect(getEventListeners(controller.signal, "abort")).toHaveLength(0);
  await expect.poll(timers).toBeLessThanOrEqual(before);
  expect(heard).toEqual([]);
});
