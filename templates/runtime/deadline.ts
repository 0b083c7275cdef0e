import { onAbort } from "./abort.js";
import type { PlatformSignal } from "./platform.js";

/** The end that a call is bound to come to. */
export interface Deadline {
  /** Aborted with the call's end. */
  readonly signal: AbortSignal;
  /** Milliseconds that are left; `Infinity` where there is no limit. */
  readonly left: () => number;
  /** What work comes to, unless the call ends before: then the promise rejects with {@link deadlinePassed} or {@link aborted}. */
  readonly race: <Result>(work: Promise<Result>) => Promise<Result>;
  /** Lets go of the timer and of the caller's signal. Whatever is still under way is aborted. */
  readonly stop: () => void;
}

/** Thrown where the time was up. */
export const deadlinePassed: unique symbol = Symbol("deadline passed");

/** Thrown where the caller's signal was aborted. */
export const aborted: unique symbol = Symbol("aborted");

// A timer cannot be set for longer than this.
const longestTimer = 2 ** 31 - 1;

/**
 * Starts the time of a call.
 *
 * @param timeout in milliseconds; 0 and `Infinity` are no limit.
 */
export function startDeadline(timeout: number, outer: PlatformSignal | undefined): Deadline {
  const callerSignal = outer as AbortSignal | undefined;
  const controller = new AbortController();
  const isLimited = timeout > 0 && timeout < longestTimer;
  const end = isLimited ? Date.now() + timeout : Number.POSITIVE_INFINITY;
  let fail: (reason: symbol) => void = () => {};
  const ended = new Promise<never>((_, reject) => {
    fail = (reason) => {
      reject(reason);
      controller.abort();
    };
  });
  // Nobody may be waiting when it ends.
  ended.catch(() => {});
  const timer = isLimited ? setTimeout(() => fail(deadlinePassed), timeout) : undefined;
  const abort = () => fail(aborted);
  let letGo = () => {};
  if (callerSignal?.aborted) abort();
  else if (callerSignal !== undefined) letGo = onAbort(callerSignal, abort);
  return {
    signal: controller.signal,
    left: () => end - Date.now(),
    race: (work) => Promise.race([ended, work]),
    stop() {
      clearTimeout(timer);
      letGo();
    },
  };
}
