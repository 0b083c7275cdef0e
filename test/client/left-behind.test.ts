import { getEventListeners } from "node:events";
import { type ConnectionOptions, createClient } from "@dezai/umem";
import { expect, onTestFinished, test } from "vitest";
import { params } from "../support/failure.js";
import { faultServer, gatewayResponse, success } from "../support/fault-server.js";
import { keys } from "../support/signed.js";

/** Kinds of things that keep a process alive, or could. */
const timers = () => process.getActiveResourcesInfo().filter((kind) => kind === "Timeout").length;

/** Collects what a process says of itself while a test runs. */
function complaints(): unknown[] {
  const heard: unknown[] = [];
  const hear = (what: unknown) => heard.push(what);
  process.on("unhandledRejection", hear);
  process.on("warning", hear);
  onTestFinished(() => {
    process.off("unhandledRejection", hear);
    process.off("warning", hear);
  });
  return heard;
}

/** Makes so many calls, some at once, all with the same signal. @returns how they ended, counted by name. */
async function callMany(
  count: number,
  options: ConnectionOptions,
  signal: AbortSignal,
): Promise<Map<string, number>> {
  const client = createClient({ credentials: keys, retryDelay: () => 1, ...options });
  const ends = new Map<string, number>();
  let begun = 0;
  const caller = async () => {
    while (begun < count) {
      begun += 1;
      // Every seventh is given up by its deadline while its fetch hangs.
      const outcome = await client
        .describeUMemBackupURL(params, { signal, ...(begun % 7 === 0 && { timeout: 2 }) })
        .result();
      const end = outcome.ok ? "success" : outcome.error.name;
      ends.set(end, (ends.get(end) ?? 0) + 1);
    }
  };
  await Promise.all(Array.from({ length: 100 }, caller));
  return ends;
}

test("10,000 calls of every outcome leave no timer, no listener and no rejection behind", async () => {
  const heard = complaints();
  const before = timers();
  const { signal } = new AbortController();
  let asked = 0;
  const answers: readonly (() => Response | Promise<never>)[] = [
    () => Response.json({ RetCode: 0 }),
    () => Response.json({ RetCode: 150 }),
    () => Response.json({ RetCode: 230 }),
    () => new Response("<html>", { status: 502 }),
    () => Promise.reject(new TypeError("fetch failed")),
    () => Response.json({ RetCode: 0 }),
    () => new Promise((_, reject) => setTimeout(() => reject(new Error("late")), 5)),
  ];
  const fetch = async () => {
    asked += 1;
    return await (answers[asked % answers.length] as () => Response)();
  };
  const ends = await callMany(10_000, { fetch }, signal);
  expect([...ends.values()].reduce((sum, one) => sum + one)).toBe(10_000);
  expect([...ends.keys()].sort()).toEqual(
    expect.arrayContaining(["NetworkError", "RetCodeError", "TimeoutError", "success"]),
  );
  expect(getEventListeners(signal, "abort")).toHaveLength(0);
  // The late failures of the stand-in itself.
  await expect.poll(timers).toBeLessThanOrEqual(before);
  expect(heard).toEqual([]);
}, 120_000);

test("nor do calls over a real connection", async () => {
  const heard = complaints();
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

test("calls that a signal ends take their listeners along", async () => {
  const heard = complaints();
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
