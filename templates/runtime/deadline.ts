import { onAbort } from "./abort.js";

/** What the work of a call may know of its end. */
export interface Deadline {
  /** Aborted with the call's end. */
  readonly signal: AbortSignal;
  /** Milliseconds that are left; `Infinity` where there is no limit. */
  readonly left: () => number;
  /** Waits, but no longer than to the call's end: after that it never resolves, and leaves no timer behind. */
  readonly wait: (milliseconds: number) => Promise<void>;
}

// A timer cannot be set for longer than this.
const longestTimer = 2 ** 31 - 1;

/**
 * Does work that ends with its time or with the caller's signal, whatever it is waiting for: then the promise rejects at
 * once, and the work's own end is of no interest any more.
 *
 * @param timeout in milliseconds; 0 and `Infinity` are no limit.
 * @param errorAtEnd makes the error that it ends with, at the moment of its end.
 */
export function withDeadline<Result>(
  timeout: number,
  callerSignal: AbortSignal | undefined,
  errorAtEnd: (isTimeUp: boolean) => Error,
  work: (deadline: Deadline) => Promise<Result>,
): Promise<Result> {
  const controller = new AbortController();
  const time = timeout || Number.POSITIVE_INFINITY;
  const end = Date.now() + time;
  return new Promise((resolve, reject) => {
    let pause: ReturnType<typeof setTimeout> | undefined;
    const timer = time <= longestTimer ? setTimeout(() => stop(true), time) : undefined;
    let letGo = () => {};
    function release() {
      clearTimeout(timer);
      clearTimeout(pause);
      letGo();
    }
    function stop(isTimeUp: boolean) {
      release();
      const error = errorAtEnd(isTimeUp);
      reject(error);
      controller.abort(error);
    }

    if (callerSignal?.aborted) return stop(false);
    if (callerSignal !== undefined) letGo = onAbort(callerSignal, () => stop(false));
    const wait = (milliseconds: number) =>
      new Promise<void>((done) => {
        pause = setTimeout(done, milliseconds);
      });
    work({ signal: controller.signal, left: () => end - Date.now(), wait })
      .finally(release)
      .then(resolve, reject);
  });
}
