// One of the threads that threads.ts shares work with.
import { parentPort, workerData } from "node:worker_threads";
import { loadBundle } from "../toolkit-bundle.mjs";

const { task, context } = workerData;
const bundle = await loadBundle(task);
if (bundle === undefined) throw new Error("a thread is started only where there is a bundle");
const run = await bundle.toolkit.startTask(task, context);
parentPort.on("message", async (items) => {
  if (items === undefined) {
    bundle.keepCode();
    parentPort.close();
  } else {
    parentPort.postMessage(await run(items));
  }
});
