/** Lets the work of a call observe the end of the call. */
export interface Deadline {
  /** Aborted when the call ends early. */
  readonly signal: AbortSignal;
  /** Milliseconds left; `Infinity` without a timeout. */
  readonly left: () => number;
  /** Waits, and never resolves if the call ends before. */
  readonly wait: (milliseconds: number) => Promise<void>;
}

/**
 * Runs work until it is done, its time is up or the caller's signal is aborted, whichever comes first. Leaves no timer and
 * no listener behind.
 *
 * @param timeout in milliseconds; 0 and `Infinity` mean no limit.
 * @param endError creates the error to reject with if the work is cut short.
 */
export async function withDeadline<Result>(
  timeout: number,
  callerSignal: AbortSignal | undefined,
  endError: (isTimeout: boolean) => Error,
  work: (deadline: Deadline) => Promise<Result>,
): Promise<Result> {
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
  const wait = (milliseconds: number) =>
    new Promise<void>((resolve) => {
      pause = setTimeout(resolve, milliseconds);
    });
  try {
    const { signal } = controller;
    return await Promise.race([work({ signal, left: () => end - Date.now(), wait }), cutShort]);
  } finally {
    clearTimeout(timer);
    clearTimeout(pause);
    stopListening();
  }
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
