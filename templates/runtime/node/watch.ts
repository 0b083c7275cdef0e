/** Waits for a server, but neither for ever nor after the download's end. */
export interface Watch {
  /** For what is waited for: aborted where it is given up. */
  readonly signal: AbortSignal;
  /** Whether it was given up because nothing came. */
  readonly isStalled: () => boolean;
  /** What work comes to. Rejects as soon as it is given up, even where the work does not mind the signal. */
  readonly wait: <Result>(work: Promise<Result>) => Promise<Result>;
  /** Lets go of the connection and of the outer signal. */
  readonly stop: () => void;
}

// A timer cannot be set for longer than this.
const longestTimer = 2 ** 31 - 1;

/** @param stallTimeout how long each wait may take, in milliseconds; 0 for no limit. */
export function startWatch(outer: AbortSignal, stallTimeout: number): Watch {
  const controller = new AbortController();
  const isLimited = stallTimeout > 0 && stallTimeout < longestTimer;
  let isStalled = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let giveUp: (reason: Error) => void = () => {};
  const end = () => {
    clearTimeout(timer);
    giveUp(new Error(isStalled ? "nothing came" : "ended"));
    controller.abort();
  };
  if (outer.aborted) end();
  else outer.addEventListener("abort", end);
  return {
    signal: controller.signal,
    isStalled: () => isStalled,
    wait(work) {
      return new Promise((resolve, reject) => {
        const onStall = () => {
          isStalled = true;
          end();
        };
        if (controller.signal.aborted) reject(new Error("ended"));
        else timer = isLimited ? setTimeout(onStall, stallTimeout) : undefined;
        giveUp = reject;
        work.then(resolve, reject).finally(() => clearTimeout(timer));
      });
    },
    stop() {
      outer.removeEventListener("abort", end);
      controller.abort();
    },
  };
}
