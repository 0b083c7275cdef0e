import type { PlatformSignal } from "./platform.js";

/** Limit of requests that start and run at the same time. */
export interface Limit {
  /** Resolves when a request may start. Never resolves if the signal is aborted before. */
  readonly start: (signal: PlatformSignal) => Promise<void>;
  /** Reports the end of a request that has started. */
  readonly end: () => void;
}

/**
 * Creates a limit that lets requests start in the order in which they arrive, evenly spaced.
 *
 * @param perSecond maximum number of requests that start in a second.
 * @param concurrency maximum number of requests that run at the same time.
 */
export function createLimit(
  perSecond = Number.POSITIVE_INFINITY,
  concurrency = Number.POSITIVE_INFINITY,
): Limit {
  const waiting = new Set<() => void>();
  let running = 0;
  let earliest = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function startNext(): void {
    clearTimeout(timer);
    for (const start of waiting) {
      // Not `Date.now()`, which changes when a clock is set.
      const now = performance.now();
      if (running >= concurrency) return;
      if (now < earliest) {
        timer = setTimeout(startNext, earliest - now);
        return;
      }
      earliest = now + 1_000 / perSecond;
      running += 1;
      waiting.delete(start);
      start();
    }
  }

  return {
    start: (signal) =>
      new Promise((start) => {
        waiting.add(start);
        signal.addEventListener("abort", () => waiting.delete(start) && startNext());
        startNext();
      }),
    end() {
      running -= 1;
      startNext();
    },
  };
}
