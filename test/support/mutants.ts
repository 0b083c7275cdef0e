import { execFile } from "node:child_process";
import { readFile, rm } from "node:fs/promises";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";

/** Outcome of a mutation test. */
export interface Mutants {
  /** Number of mutants that compile. */
  readonly total: number;
  /** Percentage of them that a test notices. */
  readonly score: number;
  /** The others, as `file:line replacement`. */
  readonly survivors: readonly string[];
}

/** The part of Stryker's JSON report that is read. */
interface Report {
  readonly files: Readonly<Record<string, { readonly mutants: readonly Mutant[] }>>;
}

interface Mutant {
  readonly status: string;
  readonly replacement?: string;
  readonly location: { readonly start: { readonly line: number } };
}

/**
 * Runs Stryker.
 *
 * @param configFile path of its configuration.
 * @param mutate files to mutate.
 * @param testFiles test files to run for each mutant.
 * @throws Error with its output if it makes no report.
 */
export async function testMutants(
  configFile: string,
  mutate: readonly string[],
  testFiles: readonly string[],
): Promise<Mutants> {
  const { default: config } = await import(pathToFileURL(resolve(configFile)).href);
  const report: string = config.jsonReporter.fileName;
  await rm(report, { force: true });
  const program = "node_modules/@stryker-mutator/core/bin/stryker.js";
  const options = ["--mutate", mutate.join(), "--testFiles", testFiles.join(), "--reporters", "json"];
  const run = promisify(execFile)(process.execPath, [program, "run", configFile, ...options]);
  // It fails as well if the score is below the limit.
  const failure: unknown = await run.then(
    () => undefined,
    (error: unknown) => error,
  );
  const text = await readFile(report, "utf8").catch(() => {
    throw failure;
  });
  return read(JSON.parse(text));
}

function read({ files }: Report): Mutants {
  const mutants = Object.entries(files).flatMap(([file, { mutants }]) =>
    mutants.map((mutant) => ({ ...mutant, file })),
  );
  const killed = mutants.filter(({ status }) => status === "Killed" || status === "Timeout");
  const alive = mutants.filter(({ status }) => status === "Survived" || status === "NoCoverage");
  const total = killed.length + alive.length;
  const survivors = alive.map(
    ({ file, location, replacement }) => `${file}:${location.start.line} ${replacement ?? ""}`,
  );
  return { total, score: total === 0 ? 0 : (100 * killed.length) / total, survivors };
}
