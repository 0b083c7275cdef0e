import type { PlatformSignal } from "./platform.js";

/** Time limit of a call or of an attempt, which a signal or the deadline around it can end too. */
export interface Deadline {
  /** Returns the error if the deadline has ended: its time is up, or what is around it ended it. */
  readonly reason: () => Error | undefined;
  /** Returns a signal that is aborted then. It is created when it is needed, since that takes long. */
  readonly signal: () => PlatformSignal;
  /** Rejects then. */
  readonly cutShort: Promise<never>;
  /** Calls a function then. @returns a function that removes it. */
  readonly onAbort: (callback: () => void) => () => void;
  /** Milliseconds left; `Infinity` without a timeout. */
  readonly left: () => number;
  /** Waits, and never resolves if the deadline is cleared before. */
  readonly wait: (milliseconds: number) => Promise<void>;
  /** Removes all timers and listeners. */
  readonly clear: () => void;
}

/**
 * Starts a deadline. Race the work with `cutShort`, and clear the deadline at the end. (A function that did both would be one more
 * in the stack of an error, whose length engines limit.)
 *
 * @param timeout in milliseconds; 0 and `Infinity` mean no limit.
 * @param around a signal or a deadline that ends this one.
 * @param endError creates the error to reject with.
 * @throws that error, if the signal is aborted already.
 */
export function startDeadline(
  timeout: number,
  around: PlatformSignal | Deadline | undefined,
  endError: (isTimeout: boolean) => Error,
): Deadline {
  if (around && ("cutShort" in around ? around.reason() : around.aborted)) throw endError(false);
  const time = timeout || Number.POSITIVE_INFINITY;
  const end = Date.now() + time;
  const callbacks = new Set<() => void>();
  let controller: AbortController | undefined;
  let reason: Error | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let pause: ReturnType<typeof setTimeout> | undefined;
  let stopListening = () => {};
  const cutShort = new Promise<boolean>((resolve) => {
    function stop(isTimeout: boolean) {
      reason = endError(isTimeout);
      resolve(isTimeout);
      controller?.abort(reason);
      for (const callback of callbacks) callback();
    }
    // Longer delays overflow in setTimeout.
    if (time < 2 ** 31) timer = setTimeout(stop, time, true);
    const onEnd = () => stop(false);
    if (around) stopListening = "cutShort" in around ? around.onAbort(onEnd) : onAbort(around, onEnd);
  }).then((isTimeout) => {
    // Not the one of `stop`: an error that is created here has the caller in its stack.
    throw endError(isTimeout);
  });
  return {
    reason: () => reason,
    signal() {
      if (!controller) {
        controller = new AbortController();
        if (reason) controller.abort(reason);
      }
      return controller.signal;
    },
    cutShort,
    onAbort(callback) {
      callbacks.add(callback);
      return () => callbacks.delete(callback);
    },
    left: () => end - Date.now(),
    wait: (milliseconds) =>
      new Promise((resolve) => {
        pause = setTimeout(resolve, milliseconds);
      }),
    clear() {
      clearTimeout(timer);
      clearTimeout(pause);
      stopListening();
    },
  };
}

/** Callbacks of all calls that share a signal; an event listener itself. */
class AbortCallbacks extends Set<() => void> {
  handleEvent(): void {
    for (const callback of this) callback();
  }
}

const callbacksOf = new WeakMap<PlatformSignal, AbortCallbacks>();

/**
 * Runs a callback when a signal is aborted. All callbacks of a signal share one listener: Node warns of a leak above ten,
 * and one signal can belong to hundreds of calls.
 *
 * @returns a function that removes the callback.
 */
export function onAbort(signal: PlatformSignal, callback: () => void): () => void {
  const callbacks = callbacksOf.get(signal) ?? new AbortCallbacks();
  callbacksOf.set(signal, callbacks.add(callback));
  signal.addEventListener("abort", callbacks);
  return () => {
    callbacks.delete(callback);
    if (callbacks.size === 0) signal.removeEventListener("abort", callbacks);
  };
}
