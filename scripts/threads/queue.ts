import type { Run, TaskName, Tasks } from "./tasks.js";

/** Items that several threads work off: each takes the next ones itself, and waits for no other. */
export interface Queue<Name extends TaskName> {
  readonly items: readonly Tasks[Name]["item"][];
  /** The number of items that were taken, in memory that the threads share. */
  readonly taken: Int32Array;
}

/** The results of some items that stand next to each other. */
export interface Answer<Name extends TaskName> {
  /** The place of the first. */
  readonly from: number;
  readonly made: readonly Tasks[Name]["result"][];
}

const atOnce = 10;

/** A queue from which nothing was taken. */
export function createQueue<Name extends TaskName>(items: Queue<Name>["items"]): Queue<Name> {
  return { items, taken: new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT)) };
}

/** Takes items and gives their results to `onAnswer` until none are left. */
export async function takeAll<Name extends TaskName>(
  { items, taken }: Queue<Name>,
  run: Run<Name>,
  onAnswer: (answer: Answer<Name>) => void,
): Promise<void> {
  for (;;) {
    const from = Atomics.add(taken, 0, atOnce);
    if (from >= items.length) return;
    onAnswer({ from, made: await run(items.slice(from, from + atOnce)) });
    // Answers of other threads are heard in between only.
    await new Promise((resume) => setImmediate(resume));
  }
}
