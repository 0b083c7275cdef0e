import { afterEach, describe, expect, test, vi } from "vitest";
import { RetryBudget, readRetryAfter, retryDelay } from "../../templates/runtime/retry.js";

afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

describe("the delay before a retry", () => {
  test.each<[attempt: number, throttled: boolean, bound: number]>([
    [1, false, 200],
    [2, false, 500],
    [3, false, 1_250],
    [6, false, 19_531.25],
    [7, false, 20_000],
    [1, true, 1_000],
    [2, true, 2_500],
    [5, true, 20_000],
  ])(
    "after attempt %d, throttled: %s, is between half of %d ms and all of it",
    (attempt, throttled, bound) => {
      const delay = (random: number) => {
        vi.spyOn(Math, "random").mockReturnValue(random);
        return retryDelay({ attempt, throttled, retryAfter: undefined });
      };
      expect([delay(0), delay(0.5), delay(1)]).toEqual([bound, bound * 0.75, bound / 2]);
    },
  );

  test.each<[what: string, retryAfter: number, want: number]>([
    ["as long as the gateway asks for", 5_000, 5_000],
    ["not shorter than without it", 1, 200],
    ["an hour at most", 86_400_000, 3_600_000],
  ])("is %s", (_, retryAfter, want) => {
    vi.spyOn(Math, "random").mockReturnValue(0);
    expect(retryDelay({ attempt: 1, throttled: false, retryAfter })).toBe(want);
  });
});

test.each<[value: string | null, want: number | undefined]>([
  [null, undefined],
  ["", undefined],
  ["soon", undefined],
  ["7", 7_000],
  ["0", 0],
  ["-5", 0],
  ["Fri, 01 Jan 2100 00:01:30 GMT", 90_000],
  ["Thu, 31 Dec 2099 23:59:59 GMT", 0],
])("Retry-After %j is %s milliseconds", (value, want) => {
  vi.useFakeTimers({ now: Date.UTC(2100, 0, 1) });
  expect(readRetryAfter(value)).toBe(want);
});

describe("the retry budget", () => {
  /** Number of retries that a budget still allows. */
  function rest(budget: RetryBudget): number {
    let count = 0;
    while (count < 1_000 && budget.take()) count += 1;
    return count;
  }

  test("allows 100 retries, and then none", () => {
    const budget = new RetryBudget();
    expect(rest(budget)).toBe(100);
    expect(budget.take()).toBe(false);
  });

  test("returns the retries of a call that succeeds", () => {
    const budget = new RetryBudget();
    rest(budget);
    budget.refund(3);
    expect(rest(budget)).toBe(3);
  });

  test("allows one more retry after five calls without any", () => {
    const budget = new RetryBudget();
    rest(budget);
    for (let call = 0; call < 4; call += 1) budget.refund(0);
    expect(budget.take()).toBe(false);
    budget.refund(0);
    expect(rest(budget)).toBe(1);
  });

  test("never allows more than at first, however many calls succeed", () => {
    const budget = new RetryBudget();
    for (let call = 0; call < 100; call += 1) budget.refund(3);
    expect(rest(budget)).toBe(100);
  });
});
