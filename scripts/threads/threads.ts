import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import { type Run, startTask, type TaskName, type Tasks } from "./tasks.js";

/** A thread costs a third of a second to start, and its memory. */
const mostThreads = 4;
const fewestItems = 100;
const atOnce = 20;

let workerFile: URL | undefined;

/** Lets long work run in several threads. @param file what a thread runs. */
export function allowThreads(file: URL): void {
  workerFile = file;
}

/**
 * Carries out a task for many items, in several threads where there are enough of both. The results are in the order of
 * the items, and the same whatever the number of threads.
 *
 * @param onItem told after each item.
 */
export async function runTask<Name extends TaskName>(
  name: Name,
  context: Tasks[Name]["context"],
  items: readonly Tasks[Name]["item"][],
  onItem: () => void,
): Promise<Tasks[Name]["result"][]> {
  const results: Tasks[Name]["result"][] = new Array(items.length);
  let next = 0;

  /** Takes some items more until none are left. */
  async function work(run: Run<Name>): Promise<void> {
    while (next < items.length) {
      const from = next;
      next = Math.min(next + atOnce, items.length);
      const made = await run(items.slice(from, next));
      for (const [index, result] of made.entries()) {
        results[from + index] = result;
        onItem();
      }
      // Answers of other threads are heard in between only.
      await new Promise((resume) => setImmediate(resume));
    }
  }

  const threads = items.length < fewestItems ? 1 : Math.min(availableParallelism(), mostThreads);
  const others =
    workerFile === undefined
      ? []
      : Array.from({ length: threads - 1 }, () => startThread(name, context, workerFile as URL));
  await Promise.all([...others.map(({ run }) => work(run)), startTask(name, context).then(work)]);
  await Promise.all(others.map(({ stop }) => stop()));
  return results;
}

function startThread<Name extends TaskName>(
  task: Name,
  context: Tasks[Name]["context"],
  file: URL,
): { run: Run<Name>; stop: () => Promise<void> } {
  const worker = new Worker(file, { workerData: { task, context } });
  const failed = new Promise<never>((_, reject) => worker.once("error", reject));
  const ended = new Promise<void>((resume) => worker.once("exit", () => resume()));
  failed.catch(() => undefined);
  return {
    run: (items) => {
      const answer = new Promise<Tasks[Name]["result"][]>((resume) => worker.once("message", resume));
      worker.postMessage(items);
      return Promise.race([answer, failed]);
    },
    stop: async () => {
      worker.postMessage(undefined);
      await Promise.race([ended, failed]);
    },
  };
}
