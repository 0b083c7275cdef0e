/** Time limit of a call or of an attempt, which its caller's signal can end too. */
export interface Deadline {
  /** Aborted when the time is up or the caller's signal is. */
  readonly signal: AbortSignal;
  /** Rejects at the same time. */
  readonly cutShort: Promise<never>;
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
 * @param endError creates the error to reject with.
 * @throws that error, if the signal is aborted already.
 */
export function startDeadline(
  timeout: number,
  callerSignal: AbortSignal | undefined,
  endError: (isTimeout: boolean) => Error,
): Deadline {
  if (callerSignal?.aborted) throw endError(false);
  const controller = new AbortController();
  const time = timeout || Number.POSITIVE_INFINITY;
  const end = Date.now() + time;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let pause: ReturnType<typeof setTimeout> | undefined;
  let stopListening = () => {};
  const cutShort = new Promise<boolean>((resolve) => {
    function stop(isTimeout: boolean) {
      resolve(isTimeout);
      controller.abort(endError(isTimeout));
    }
    // Longer delays overflow in setTimeout.
    if (time < 2 ** 31) timer = setTimeout(stop, time, true);
    if (callerSignal) stopListening = onAbort(callerSignal, () => stop(false));
  }).then((isTimeout) => {
    // Not the one of `stop`: an error that is created here has the caller in its stack.
    throw endError(isTimeout);
  });
  return {
    signal: controller.signal,
    cutShort,
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

const callbacksOf = new WeakMap<AbortSignal, AbortCallbacks>();

/**
 * Runs a callback when a signal is aborted. All callbacks of a signal share one listener: Node warns of a leak above ten,
 * and one signal can belong to hundreds of calls.
 *
 * @returns a function that removes the callback.
 */
export function onAbort(signal: AbortSignal, callback: () => void): () => void {
  const callbacks = callbacksOf.get(signal) ?? new AbortCallbacks();
  callbacksOf.set(signal, callbacks.add(callback));
  signal.addEventListener("abort", callbacks);
  return () => {
    callbacks.delete(callback);
    if (callbacks.size === 0) signal.removeEventListener("abort", callbacks);
  };
}
