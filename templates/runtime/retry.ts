/** What the wait before a retry depends on. */
export interface RetryMoment {
  /** The attempt that failed, from 1. */
  readonly attempt: number;
  /** Whether the gateway asked to slow down. */
  readonly throttled: boolean;
  /** How long it asks to wait, in milliseconds; `undefined` where it does not. */
  readonly retryAfter: number | undefined;
}

const base = 100;
const throttledBase = 1_000;
const longest = 20_000;
/** A server that asks for more is not obeyed. A call whose deadline is nearer than what it asks for ends at once. */
const longestAsked = 3_600_000;

/** How long to wait, in milliseconds: full jitter below an exponential bound, and no less than the gateway asks for. */
export function retryDelay({ attempt, throttled, retryAfter = 0 }: RetryMoment): number {
  const bound = Math.min(longest, (throttled ? throttledBase : base) * 2 ** (attempt - 1));
  return Math.max(Math.random() * bound, Math.min(retryAfter, longestAsked));
}

/** Reads `Retry-After`: seconds, or a date. @returns milliseconds; `undefined` for none that can be read. */
export function readRetryAfter(value: string | null): number | undefined {
  if (!value) return undefined;
  const seconds = Number(value);
  const milliseconds = Number.isNaN(seconds) ? Date.parse(value) - Date.now() : seconds * 1_000;
  return Number.isNaN(milliseconds) ? undefined : Math.max(0, milliseconds);
}

/** Tokens that retries of all calls of a client are paid from, so that they do not pile up on a gateway that fails. */
export interface RetryBudget {
  /** @returns whether one more may be paid for. */
  readonly take: () => boolean;
  /** A call succeeded: what its retries cost comes back, or one token where it had none. */
  readonly refund: (retries: number) => void;
}

const capacity = 500;
const cost = 5;

/** Makes a full budget: a hundred retries in a row. */
export function createRetryBudget(): RetryBudget {
  let tokens = capacity;
  return {
    take() {
      if (tokens < cost) return false;
      tokens -= cost;
      return true;
    },
    refund(retries) {
      tokens = Math.min(capacity, tokens + Math.max(1, retries * cost));
    },
  };
}
