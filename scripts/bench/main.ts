import { Command, CommanderError, InvalidArgumentError } from "commander";
import { benchClient } from "./client.js";
import { benchDiff } from "./diff.js";
import { benchDocs } from "./docs.js";
import { benchDownload } from "./download.js";
import { benchGenerate } from "./generate.js";
import { CommandError } from "./measure.js";

// A report, not a test: the exit code does not depend on the figures, and is 1 only if a measured command fails.
const program = new Command("bench")
  .description("Measure actiongen and the clients that it generates.")
  .exitOverride();

program
  .command("generate")
  .description(
    "Measure transcribe and generate beside openapi-typescript, and tsc of a program that uses the result.",
  )
  .option("--actions <n>", "number of actions, copies of the pages in spec/pages", positive, 1644)
  .option("--runs <n>", "number of measurements; medians are shown", positive, 3)
  .action(benchGenerate);

program
  .command("diff")
  .description(
    "Measure diff beside redocly diff, which has to be installed elsewhere: npm install @redocly/cli.",
  )
  .requiredOption("--redocly <file>", "its program, …/node_modules/@redocly/cli/bin/cli.js")
  .option("--actions <n>", "number of actions, copies of the pages in spec/pages", positive, 1644)
  .option("--runs <n>", "number of measurements; medians are shown", positive, 3)
  .option("--one-of <n>", "one of how many documents differs", positive, 20)
  .action(benchDiff);

program
  .command("client")
  .description(
    "Measure a call beside openapi-fetch and plain fetch: bundle size, time, import, and load on the mock gateway. Run npm run build first.",
  )
  .option("--rounds <n>", "number of time measurements of each client; medians are shown", positive, 15)
  .option("--calls <n>", "number of calls to the mock gateway", positive, 30_000)
  .option("--concurrency <n>", "number of simultaneous calls", positive, 100)
  .action(benchClient);

program
  .command("download")
  .description("Measure a download from a local server.")
  .option("--files <n>", "number of files", positive, 1)
  .option("--megabytes <n>", "size of each file in MiB", positive, 1024)
  .option("--concurrency <n>", "number of simultaneous downloads", positive, 4)
  .action(benchDownload);

program
  .command("docs")
  .description("Measure the reference: what it adds to generate, sizes, and its pages in Chromium.")
  .option("--actions <n>", "number of actions, copies of the pages in spec/pages", positive, 1650)
  .option("--runs <n>", "number of time measurements; medians are shown", positive, 3)
  .option("--spec <dir>", "specification folder to measure instead of the copies")
  .action(benchDocs);

for (const command of program.commands) command.exitOverride();

try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : 2;
  else if (error instanceof CommandError) {
    console.error(error.message);
    process.exitCode = 1;
  } else throw error;
}

function positive(value: string): number {
  if (/^[1-9]\d{0,8}$/.test(value)) return Number(value);
  throw new InvalidArgumentError("Use a positive integer.");
}
