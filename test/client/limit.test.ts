import { createClient } from "@dezai/umem";
import { afterEach, describe, expect, test, vi } from "vitest";
import { params } from "../support/failure.js";
import { keys } from "../support/signed.js";

afterEach(() => {
  vi.useRealTimers();
});

const success = () => Response.json({ RetCode: 0, BackupURL: [] });

describe("maxConcurrency", () => {
  test("limits the requests of all calls of a client, in their order", async () => {
    let active = 0;
    let most = 0;
    const order: string[] = [];
    const fetch = async (url: string) => {
      order.push(new URL(url).searchParams.get("BackupId") ?? "");
      active += 1;
      most = Math.max(most, active);
      await new Promise((resolve) => setTimeout(resolve, 5));
      active -= 1;
      return success();
    };
    const client = createClient({ credentials: keys, fetch, maxConcurrency: 3 });
    const names = Array.from({ length: 12 }, (_, index) => `${index}`);
    await Promise.all(names.map((BackupId) => client.describeUMemBackupURL({ ...params, BackupId })));
    expect(most).toBe(3);
    expect(order).toEqual(names);
  });

  test("counts neither failed requests nor delays before retries", async () => {
    const responses = [Response.json({ RetCode: 150 }), success(), success()];
    const fetch = vi.fn(async () => responses.shift() ?? success());
    const client = createClient({ credentials: keys, fetch, maxConcurrency: 1, retryDelay: () => 30 });
    const first = client.describeUMemBackupURL(params);
    const second = client.describeUMemBackupURL(params);
    expect(await Promise.race([first.then(() => "first"), second.then(() => "second")])).toBe("second");
    await first;
  });

  test("waits at most until the timeout or the signal ends the call, which then takes no turn", async () => {
    const fetch = vi.fn(() => new Promise<Response>((resolve) => setTimeout(resolve, 200, success())));
    const client = createClient({ credentials: keys, fetch, maxConcurrency: 1 });
    const running = client.describeUMemBackupURL(params);
    const late = await client.describeUMemBackupURL(params, { timeout: 20 }).result();
    expect(late.error).toMatchObject({ name: "TimeoutError", attempts: 0, retryable: true });
    expect(late.error?.message).toMatch(/nothing was sent/);
    const aborted = await client.describeUMemBackupURL(params, { signal: AbortSignal.timeout(20) }).result();
    expect(aborted.error).toMatchObject({ name: "AbortError", attempts: 0 });
    expect(aborted.error?.message).toMatch(/nothing was sent/);
    await running;
    await client.describeUMemBackupURL(params);
    expect(fetch).toHaveBeenCalledTimes(2);
  });
});

describe("maxRequestsPerSecond", () => {
  test("spaces the requests of all calls evenly, retries included", async () => {
    vi.useFakeTimers();
    const started = performance.now();
    const times: number[] = [];
    const fetch = async () => {
      times.push(Math.round(performance.now() - started));
      return times.length === 1 ? Response.json({ RetCode: 150 }) : success();
    };
    const client = createClient({ credentials: keys, fetch, maxRequestsPerSecond: 10, retryDelay: () => 1 });
    const calls = Promise.all(Array.from({ length: 4 }, () => client.describeUMemBackupURL(params)));
    await vi.runAllTimersAsync();
    await calls;
    expect(times).toEqual([0, 100, 200, 300, 400]);
    await vi.advanceTimersByTimeAsync(5_000);
    await client.describeUMemBackupURL(params);
    expect(times.at(-1)).toBeGreaterThanOrEqual(5_400);
    expect(vi.getTimerCount()).toBe(0);
  });

  test("leaves no timer behind for a call that was aborted", async () => {
    vi.useFakeTimers();
    const client = createClient({
      credentials: keys,
      fetch: async () => success(),
      maxRequestsPerSecond: 0.1,
    });
    await client.describeUMemBackupURL(params);
    const controller = new AbortController();
    const waiting = client.describeUMemBackupURL(params, controller).result();
    await vi.advanceTimersByTimeAsync(1);
    controller.abort();
    expect((await waiting).error).toMatchObject({ name: "AbortError" });
    expect(vi.getTimerCount()).toBe(0);
  });
});

test.each([
  [{ maxRequestsPerSecond: 0 }, "maxRequestsPerSecond must be a positive number"],
  [{ maxRequestsPerSecond: Number.NaN }, "maxRequestsPerSecond must be a positive number"],
  [{ maxConcurrency: 0 }, "maxConcurrency must be a number from 1"],
  [{ maxConcurrency: "many" as never }, "maxConcurrency must be a number from 1"],
])("%j is refused", (options, message) => {
  expect(() => createClient({ credentials: keys, ...options })).toThrow(message);
});
