import { setFlagsFromString } from "node:v8";
import { main } from "./cli.js";

// By default, V8 lets the heap grow to four times of what is in use before it collects garbage. Twice is as fast.
setFlagsFromString("--heap-growing-percent=100");

// A program that reads the output, such as `head`, can end first. The command goes on, so that nothing is half-written.
for (const stream of [process.stdout, process.stderr])
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
  });

process.exitCode = await main(process.argv.slice(2));
