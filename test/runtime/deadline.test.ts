import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { onAbort, startDeadline } from "../../templates/runtime/deadline.js";

const endError = (isTimeout: boolean) => new Error(isTimeout ? "time is up" : "aborted");
const start = (timeout: number, around?: Parameters<typeof startDeadline>[1]) => {
  const deadline = startDeadline(timeout, around, endError);
  const ended = vi.fn();
  deadline.cutShort.catch((error: Error) => ended(error.message));
  return { deadline, ended };
};

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  expect(vi.getTimerCount()).toBe(0);
  vi.useRealTimers();
});

describe("a deadline", () => {
  test("ends when its time is up, and not before", async () => {
    const { deadline, ended } = start(1_000);
    const signal = deadline.signal() as AbortSignal;
    const callback = vi.fn();
    const removed = vi.fn();
    deadline.onAbort(callback);
    deadline.onAbort(removed)();
    await vi.advanceTimersByTimeAsync(999);
    expect([ended.mock.calls.length, signal.aborted, deadline.reason(), deadline.left()]).toEqual([
      0,
      false,
      undefined,
      1,
    ]);
    await vi.advanceTimersByTimeAsync(1);
    expect(ended).toHaveBeenCalledExactlyOnceWith("time is up");
    expect([signal.aborted, signal.reason.message, deadline.reason()?.message]).toEqual([
      true,
      "time is up",
      "time is up",
    ]);
    expect([callback.mock.calls.length, removed.mock.calls.length]).toEqual([1, 0]);
  });

  test("has one signal, which is aborted at once if it is created later", async () => {
    const { deadline } = start(10);
    await vi.advanceTimersByTimeAsync(10);
    const signal = deadline.signal() as AbortSignal;
    expect([signal.aborted, signal.reason.message]).toEqual([true, "time is up"]);
    expect(deadline.signal()).toBe(signal);
  });

  test.each([0, Number.POSITIVE_INFINITY])("with a timeout of %d has no end", async (timeout) => {
    const { deadline } = start(timeout);
    expect([deadline.left(), vi.getTimerCount()]).toEqual([Number.POSITIVE_INFINITY, 0]);
  });

  test("of 25 days and more is not shortened to nothing", async () => {
    const { ended } = start(2 ** 31);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(ended).not.toHaveBeenCalled();
    const longest = start(2 ** 31 - 1);
    expect(vi.getTimerCount()).toBe(1);
    longest.deadline.clear();
  });

  test("that is cleared neither ends nor resolves what waits", async () => {
    const controller = new AbortController();
    const { deadline, ended } = start(1_000, controller.signal);
    const waited = vi.fn();
    void deadline.wait(500).then(waited);
    deadline.clear();
    controller.abort();
    await vi.advanceTimersByTimeAsync(2_000);
    expect([ended.mock.calls.length, waited.mock.calls.length, deadline.reason()]).toEqual([0, 0, undefined]);
  });

  test("waits as long as it is asked to", async () => {
    const { deadline } = start(0);
    const waited = vi.fn();
    void deadline.wait(500).then(waited);
    await vi.advanceTimersByTimeAsync(499);
    expect(waited).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1);
    expect(waited).toHaveBeenCalledOnce();
  });
});

describe("a deadline inside of a signal or of a deadline", () => {
  test("ends with the signal", async () => {
    const controller = new AbortController();
    const { deadline, ended } = start(0, controller.signal);
    controller.abort();
    expect(deadline.reason()?.message).toBe("aborted");
    await vi.advanceTimersByTimeAsync(0);
    expect(ended).toHaveBeenCalledExactlyOnceWith("aborted");
  });

  test("ends with the deadline around it", async () => {
    const outer = start(100);
    const inner = start(0, outer.deadline);
    const cleared = start(0, outer.deadline);
    cleared.deadline.clear();
    await vi.advanceTimersByTimeAsync(100);
    expect(outer.ended).toHaveBeenCalledExactlyOnceWith("time is up");
    expect(inner.ended).toHaveBeenCalledExactlyOnceWith("aborted");
    expect(cleared.ended).not.toHaveBeenCalled();
  });

  test("does not start if that has ended already", async () => {
    expect(() => startDeadline(0, AbortSignal.abort(), endError)).toThrow("aborted");
    const { deadline } = start(10);
    await vi.advanceTimersByTimeAsync(10);
    expect(() => startDeadline(0, deadline, endError)).toThrow("aborted");
  });
});

describe("callbacks of a signal", () => {
  test("share one listener, which is removed with the last of them", () => {
    const { signal } = new AbortController();
    const added = vi.spyOn(signal, "addEventListener");
    const removed = vi.spyOn(signal, "removeEventListener");
    const remove = [onAbort(signal, () => {}), onAbort(signal, () => {})];
    expect(new Set(added.mock.calls.map(([, listener]) => listener)).size).toBe(1);
    remove[0]?.();
    expect(removed).not.toHaveBeenCalled();
    remove[1]?.();
    expect(removed).toHaveBeenCalledExactlyOnceWith("abort", added.mock.calls[0]?.[1]);
  });

  test("are called unless they were removed", () => {
    const controller = new AbortController();
    const [one, two] = [vi.fn(), vi.fn()];
    onAbort(controller.signal, one);
    onAbort(controller.signal, two)();
    controller.abort();
    expect([one.mock.calls.length, two.mock.calls.length]).toEqual([1, 0]);
  });
});
