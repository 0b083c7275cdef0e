import { ActionError, waitFor } from "@dezai/umem";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { rejection } from "../support/failure.js";

describe("the delays of waitFor()", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => {
    vi.useRealTimers();
    vi.restoreAllMocks();
  });

  /** Seconds between the calls of a wait that ends after ten of them. */
  async function delays(random: number, options: { interval?: number } = {}): Promise<number[]> {
    vi.spyOn(Math, "random").mockReturnValue(random);
    const times: number[] = [];
    const wait = waitFor(async () => times.push(Date.now()), { until: (calls) => calls === 10, ...options });
    await vi.runAllTimersAsync();
    await wait;
    return times.slice(1).map((time, index) => Math.floor((time - (times[index] ?? 0)) / 100) / 10);
  }

  test("grow by half, from 2 seconds to 30, or to a longer interval, and vary by half", async () => {
    expect(await delays(1)).toEqual([2, 3, 4.5, 6.7, 10.1, 15.1, 22.7, 30, 30]);
    expect(await delays(0)).toEqual([1, 1.5, 2.2, 3.3, 5, 7.5, 11.3, 15, 15]);
    expect(await delays(1, { interval: 40_000 })).toEqual(Array.from({ length: 9 }, () => 40));
  });

  test("are not shorter than the gateway asks for", async () => {
    const error = new (class extends ActionError {
      readonly retryAfter = 50_000;
    })("busy", {}, { retryable: true });
    const times: number[] = [];
    const call = async () => {
      if (times.push(Date.now()) === 1) throw error;
    };
    const wait = waitFor(call, { until: () => true });
    await vi.runAllTimersAsync();
    await wait;
    expect(times.map((time) => time - (times[0] ?? 0))).toEqual([0, 50_000]);
  });

  test("end with the time of the wait, which leaves no timer and no call behind", async () => {
    const call = vi.fn(async () => "Starting");
    const wait = rejection(waitFor(call, { until: () => false, state: (state) => state }));
    await vi.advanceTimersByTimeAsync(10 * 60_000);
    const error = await wait;
    const { length } = call.mock.calls;
    expect(error).toMatchObject({ name: "WaitError", reason: "timeout", state: "Starting", calls: length });
    expect(error.message).toBe(
      `not done within 600000 ms; the last state is "Starting", calls: ${length}. It may still be done later: wait again, or set a longer \`timeout\`.`,
    );
    expect(vi.getTimerCount()).toBe(0);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(call).toHaveBeenCalledTimes(length);
  });

  test("do not begin after a call that is in progress when the time is up", async () => {
    const call = vi.fn(() => new Promise((resolve) => setTimeout(resolve, 2_000)));
    const wait = rejection(waitFor(call, { until: () => false, timeout: 1_000 }));
    await vi.advanceTimersByTimeAsync(1_000);
    expect(await wait).toMatchObject({ reason: "timeout", calls: 1 });
    await vi.runAllTimersAsync();
    expect(call).toHaveBeenCalledTimes(1);
  });

  test("are not limited with a timeout of 0, and end when the signal is aborted", async () => {
    const controller = new AbortController();
    const call = vi.fn(async () => 1);
    const wait = rejection(waitFor(call, { until: () => false, timeout: 0, signal: controller.signal }));
    await vi.advanceTimersByTimeAsync(24 * 3_600_000);
    controller.abort();
    expect(await wait).toMatchObject({ name: "AbortError" });
    expect(vi.getTimerCount()).toBe(0);
  });
});
