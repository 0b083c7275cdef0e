/** Input of the delay before a retry. */
export interface RetryContext {
  /** Number of the attempt that failed, from 1. */
  readonly attempt: number;
  /** Whether the gateway is throttling requests. */
  readonly throttled: boolean;
  /** Delay that the gateway asks for, in milliseconds; `undefined` if it does not. */
  readonly retryAfter: number | undefined;
}

/**
 * The default delay before a retry, in milliseconds: random, between half of a bound and the bound. The bounds are 0.2, 0.5,
 * 1.25, 3.1, 7.8 and 19.5 seconds, so that the six retries of a call spread over 16 to 32 seconds, in which a gateway restarts.
 * If the gateway throttles, they are 1, 2.5, 6.25, 15.6, 20 and 20 seconds. It is never shorter than the gateway asks for.
 */
export function retryDelay({ attempt, throttled, retryAfter = 0 }: RetryContext): number {
  const bound = Math.min(20_000, (throttled ? 1_000 : 200) * 2.5 ** (attempt - 1));
  const longestRetryAfter = 3_600_000;
  return Math.max(bound * (1 - Math.random() / 2), Math.min(retryAfter, longestRetryAfter));
}

/** Parses `Retry-After`, which is a number of seconds or a date. @returns milliseconds; `undefined` if it is invalid. */
export function readRetryAfter(value: string | null): number | undefined {
  if (!value) return undefined;
  const seconds = Number(value);
  const milliseconds = Number.isNaN(seconds) ? Date.parse(value) - Date.now() : seconds * 1_000;
  return Number.isNaN(milliseconds) ? undefined : Math.max(0, milliseconds);
}

const capacity = 500;
const cost = 5;

/** Tokens that all calls of a client spend on retries, so that retries do not overload a failing gateway. */
export class RetryBudget {
  #tokens = capacity;

  /** Spends the cost of a retry. @returns false if the budget is exhausted. */
  take(): boolean {
    if (this.#tokens < cost) return false;
    this.#tokens -= cost;
    return true;
  }

  /** Returns the cost of a successful call's retries, or one token if it had none. */
  refund(retries: number): void {
    this.#tokens = Math.min(capacity, this.#tokens + Math.max(1, retries * cost));
  }
}
