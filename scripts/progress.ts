import { SingleBar } from "cli-progress";

/** Shows how far a long run is. */
export interface Progress {
  start(total: number): void;
  step(): void;
  stop(): void;
}

export const noProgress: Progress = { start() {}, step() {}, stop() {} };

/** A bar on the terminal; nothing where the output goes elsewhere, or where it would be gone at once. */
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
