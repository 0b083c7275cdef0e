interface Waiting {
  readonly acts: Set<() => void>;
  readonly listen: () => void;
}

const waiting = new WeakMap<AbortSignal, Waiting>();

/**
 * Does something when a signal is aborted. All that wait for the same signal share one listener: Node warns of a leak
 * where there are more than ten, and a program may well have one signal for hundreds of calls.
 *
 * @returns lets go of the signal.
 */
export function onAbort(signal: AbortSignal, act: () => void): () => void {
  const shared = waiting.get(signal) ?? share(signal);
  const { acts, listen } = shared;
  acts.add(act);
  return () => {
    if (!acts.delete(act) || acts.size > 0) return;
    waiting.delete(signal);
    signal.removeEventListener("abort", listen);
  };
}

function share(signal: AbortSignal): Waiting {
  const acts = new Set<() => void>();
  const listen = () => {
    for (const act of acts) act();
  };
  const shared = { acts, listen };
  waiting.set(signal, shared);
  signal.addEventListener("abort", shared.listen);
  return shared;
}
