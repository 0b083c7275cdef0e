import { execFile } from "node:child_process";
import { readFile, rm } from "node:fs/promises";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";

/** Outcome of a mutation test. */
export interface Mutants {
  /** Number of mutants that were tested. */
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

interface LocatedMutant extends Mutant {
  readonly file: string;
}

interface Mutant {
  readonly status: string;
  readonly replacement?: string;
  /** Whether the code runs when its module is loaded, which happens once for all mutants. */
  readonly static?: boolean;
  readonly location: { readonly start: { readonly line: number } };
}

/**
 * Runs Stryker for one module after the other: in a process that runs the tests of several, a timer that one of them
 * replaced can stop the others.
 *
 * @param configFile path of its configuration.
 * @param testFiles test files to run for each mutant, by the module.
 * @throws Error with its output if it makes no report.
 */
export async function testMutants(
  configFile: string,
  testFiles: Readonly<Record<string, readonly string[]>>,
): Promise<Mutants> {
  const { default: config } = await import(pathToFileURL(resolve(configFile)).href);
  const mutants: LocatedMutant[] = [];
  for (const [module, files] of Object.entries(testFiles))
    mutants.push(...(await mutantsOf(configFile, config.jsonReporter.fileName, module, files)));
  const killed = mutants.filter(({ status }) => status === "Killed" || status === "Timeout");
  const alive = mutants.filter(({ status }) => status === "Survived" || status === "NoCoverage");
  const total = killed.length + alive.length;
  const survivors = alive.map(
    ({ file, location, replacement }) => `${file}:${location.start.line} ${replacement ?? ""}`,
  );
  return { total, score: total === 0 ? 0 : (100 * killed.length) / total, survivors };
}

async function mutantsOf(
  configFile: string,
  report: string,
  module: string,
  testFiles: readonly string[],
): Promise<LocatedMutant[]> {
  await rm(report, { force: true });
  const program = "node_modules/@stryker-mutator/core/bin/stryker.js";
  // Each mutant of a value that is created when a module is loaded would need a process of its own.
  const options = [
    "--mutate",
    module,
    "--testFiles",
    testFiles.join(),
    "--ignoreStatic",
    "--reporters",
    "json",
  ];
  const run = promisify(execFile)(process.execPath, [program, "run", configFile, ...options]);
  // It fails as well if the score is below the limit.
  const failure: unknown = await run.then(
    () => undefined,
    (error: unknown) => error,
  );
  const text = await readFile(report, "utf8").catch(() => {
    throw failure;
  });
  const { files } = JSON.parse(text) as Report;
  return Object.entries(files).flatMap(([file, { mutants }]) =>
    mutants.filter((mutant) => mutant.static !== true).map((mutant) => ({ ...mutant, file })),
  );
}
