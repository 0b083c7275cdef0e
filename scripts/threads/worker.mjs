// One of the threads that threads.ts shares work with.
import { parentPort, workerData } from "node:worker_threads";
import { loadBundle } from "../toolkit-bundle.mjs";

const { name, context, queue } = workerData;
const bundle = await loadBundle(name);
if (bundle === undefined) throw new Error("a thread is started only where there is a bundle");
const { startTask, takeAll } = bundle.toolkit;
await takeAll(queue, await startTask(name, context), (answer) => parentPort.postMessage(answer));
bundle.keepCode();
