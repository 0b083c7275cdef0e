/** Input of the delay before a retry. */
export interface RetryContext {
  /** Number of the attempt that failed, from 1. */
  readonly attempt: number;
  /** Whether the gateway is throttling requests. */
  readonly throttled: boolean;
  /** Delay that the gateway asks for, in milliseconds; `undefined` if it does not. */
  readonly retryAfter: number | undefined;
}

/** The default delay, in milliseconds: exponential backoff with full jitter, and at least as long as the gateway asks for. */
export function retryDelay({ attempt, throttled, retryAfter = 0 }: RetryContext): number {
  const bound = Math.min(20_000, (throttled ? 1_000 : 100) * 2 ** (attempt - 1));
  const longestRetryAfter = 3_600_000;
  return Math.max(Math.random() * bound, Math.min(retryAfter, longestRetryAfter));
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
