import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import { type Answer, createQueue, takeAll } from "./queue.js";
import { startTask, type TaskName, type Tasks } from "./tasks.js";

/** A thread costs a third of a second to start, and its memory. */
const mostThreads = 4;
const fewestItems = 100;

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
  const queue = createQueue(items);

  function take({ from, made }: Answer<Name>): void {
    for (const [index, result] of made.entries()) {
      results[from + index] = result;
      onItem();
    }
  }

  const file = workerFile;
  const threads = items.length < fewestItems ? 1 : Math.min(availableParallelism(), mostThreads);
  const others =
    file === undefined
      ? []
      : Array.from({ length: threads - 1 }, () =>
          runThread(new Worker(file, { workerData: { name, context, queue } }), take),
        );
  await Promise.all([...others, startTask(name, context).then((run) => takeAll(queue, run, take))]);
  return results;
}

/** Ends when the thread has ended. */
function runThread<Name extends TaskName>(
  worker: Worker,
  onAnswer: (answer: Answer<Name>) => void,
): Promise<void> {
  return new Promise((resume, reject) => {
    worker.on("message", onAnswer).once("error", reject).once("exit", resume);
  });
}
