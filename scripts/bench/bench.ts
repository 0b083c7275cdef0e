import { Command, CommanderError, InvalidArgumentError } from "commander";
import { InputError } from "../diagnostic.js";
import { CommandError } from "./child.js";
import { benchClient } from "./client-bench.js";
import { benchDownload } from "./download.js";
import { benchGenerate } from "./generate-bench.js";

/** A report, not a test: the exit code is 0 whatever the figures are, 1 where a command that is measured fails. */
const program = new Command("bench").description("Measure actiongen and what it generates.");

program
  .command("generate")
  .description(
    "Measure the way from pages to types, clients and reference beside openapi-typescript, each stage in a process of its own.",
  )
  .option("--actions <sizes>", "numbers of actions of the made-up vendor", sizes, [1, 100, 500, 1644])
  .option("--pages <dir>", "measure the pages of a folder in place of a made-up vendor")
  .option("--seed <n>", "what the made-up vendor is made from", wholeNumber, 1)
  .option("--runs <n>", "how often to measure; medians are shown", atLeastOne, 3)
  .action(benchGenerate);

program
  .command("client")
  .description(
    "Measure a client with one call beside openapi-fetch: bundle, time over a stub of fetch, and load on the mock gateway.",
  )
  .option("--rounds <n>", "how often to time each client, in turns; medians are shown", atLeastOne, 15)
  .option("--calls <n>", "calls against the mock gateway", atLeastOne, 10_000)
  .option("--concurrency <n>", "calls at a time", atLeastOne, 100)
  .action(benchClient);

program
  .command("download")
  .description("Measure a download of made-up files from loopback, in a process of its own.")
  .option("--files <n>", "number of files", atLeastOne, 1)
  .option("--megabytes <n>", "size of each", atLeastOne, 1024)
  .option("--concurrency <n>", "files at once", atLeastOne, 4)
  .action(benchDownload);

for (const command of [program, ...program.commands]) command.exitOverride();

try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : 2;
  else if (error instanceof CommandError || error instanceof InputError) {
    console.error(error.message);
    process.exitCode = 1;
  } else throw error;
}

function sizes(text: string): number[] {
  return text.split(",").map(atLeastOne);
}

function atLeastOne(text: string): number {
  const number = wholeNumber(text);
  if (number >= 1) return number;
  throw new InvalidArgumentError("It has to be 1 at least.");
}

function wholeNumber(text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new InvalidArgumentError("Give a whole number.");
}
