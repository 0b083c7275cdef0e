import { execFile } from "node:child_process";
import { readFile, rm } from "node:fs/promises";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import ts from "typescript";

/** Outcome of a mutation test. */
export interface Mutants {
  /** Number of mutants that were tested, without those of code that runs when a module is loaded. */
  readonly total: number;
  /** Percentage of them that a test notices. */
  readonly score: number;
  /** The others, as `file:line replacement`. */
  readonly survivors: readonly string[];
}

/** Position in a file; both count from 1. */
interface Position {
  readonly line: number;
  readonly column: number;
}

/** The part of Stryker's JSON report that is read. */
interface Report {
  readonly files: Readonly<Record<string, { readonly source: string; readonly mutants: readonly Mutant[] }>>;
}

interface LocatedMutant extends Mutant {
  readonly file: string;
}

interface Mutant {
  readonly status: string;
  readonly replacement?: string;
  readonly location: { readonly start: Position; readonly end: Position };
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
  return Object.entries(files).flatMap(([file, { source, mutants }]) => {
    const parsed = ts.createSourceFile(file, source, ts.ScriptTarget.Latest, true);
    return mutants
      .filter(({ location }) => isInFunction(parsed, location))
      .map((mutant) => ({ ...mutant, file }));
  });
}

/** Whether code runs when a function is called. Other code runs when its module is loaded, once for all mutants. */
function isInFunction(source: ts.SourceFile, { start, end }: Mutant["location"]): boolean {
  const [from, to] = [start, end].map(({ line, column }) =>
    source.getPositionOfLineAndCharacter(line - 1, column - 1),
  ) as [number, number];
  const isAround = (node: ts.Node) => node.getStart(source) <= from && to <= node.end;
  const find = (node: ts.Node): boolean =>
    (ts.isFunctionLike(node) && node.getStart(source) < from) ||
    (ts.forEachChild(node, (child) => (isAround(child) && find(child)) || undefined) ?? false);
  return find(source);
}
