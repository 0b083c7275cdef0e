import { SingleBar } from "cli-progress";

/** Progress of a long operation. */
export interface Progress {
  start(total: number): void;
  step(): void;
  stop(): void;
}

export const noProgress: Progress = { start() {}, step() {}, stop() {} };

/** A progress bar on the terminal; shows nothing if standard error is redirected. */
export function progressBar(what: string): Progress {
  if (!process.stderr.isTTY) return noProgress;
  const format = `{bar} {value}/{total} ${what}, {eta} s left`;
  const bar = new SingleBar({ format, stream: process.stderr, clearOnComplete: true, hideCursor: true });
  return {
    start: (total) => bar.start(total, 0),
    step: () => bar.increment(),
    stop: () => bar.stop(),
  };
}
