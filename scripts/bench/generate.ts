import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { measureConsumers } from "./consumer.js";
import { buildToolkit, inSequence, measure, median, programs, type Usage } from "./measure.js";
import { type Check, checkTable, table } from "./table.js";
import { openWorkspace, writePages } from "./workspace.js";

export interface GenerateBenchOptions {
  /** Number of actions. */
  readonly actions: number;
  /** Number of measurements. */
  readonly runs: number;
}

/** The vendor's 1,644 actions are in 78 products. */
const actionsPerProduct = 21;

/**
 * Measures generation from pages, and prints the figures and how they compare with their limits.
 *
 * @throws CommandError if a measured command fails.
 */
export async function benchGenerate({ actions, runs }: GenerateBenchOptions): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "actiongen-bench-"));
  try {
    await buildToolkit();
    const rounds: Round[] = [];
    for (let run = 0; run < runs; run += 1) rounds.push(await measureRound(join(folder, `${run}`), actions));
    const stages = medians(rounds);
    const consumers = await measureConsumers(join(folder, "consumer"), actions, Math.max(runs, 5));
    const usages = {
      ...stages,
      "tsc, package of one action": consumers.one,
      [`tsc, package of ${actions} actions`]: consumers.many,
    };
    const rows = Object.entries(usages).map(([name, usage]) => [name, ...cells(usage)]);
    console.log(`${actions} actions, median of ${runs}\n`);
    console.log(`${table(["command", "wall s", "CPU s", "peak MB"], rows)}\n`);
    console.log(checkTable(checksOf(stages, consumers.many.wallSeconds / consumers.one.wallSeconds)));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

type Round = Awaited<ReturnType<typeof measureRound>>;

/** Measures every command once. They alternate, so that a machine that slows down affects all of them. */
async function measureRound(folder: string, actions: number) {
  const pages = join(folder, "pages");
  const [firstPage = ""] = await writePages(pages, actions, Math.ceil(actions / actionsPerProduct));
  const { transcribe, generate, spec } = await openWorkspace(folder, pages);
  const transcribed = await transcribe();
  const generated = await generate();
  const unchanged = await generate();
  const text = await readFile(firstPage, "utf8");
  await writeFile(firstPage, text.replace("## Overview\n\n", "$&Revised. "));
  const changed = inSequence(await transcribe(), await generate());
  const document = join(folder, "virtual.json");
  await measure([programs.actiongen, "bundle", "--form", "virtual", "--spec", spec, "--out", document]);
  const types = await measure([programs.openapiTypescript, document, "--output", join(folder, "types.d.ts")]);
  return {
    transcribe: transcribed,
    "generate, from nothing": generated,
    "generate, nothing changed": unchanged,
    "transcribe + generate, one page changed": changed,
    "openapi-typescript": types,
  };
}

function medians(rounds: readonly Round[]): Round {
  const names = Object.keys(rounds[0] ?? {}) as (keyof Round)[];
  const entries = names.map((name) => [name, median(rounds.map((round) => round[name]))]);
  return Object.fromEntries(entries) as Round;
}

function checksOf(stages: Round, consumerRatio: number): Check[] {
  const both = inSequence(stages.transcribe, stages["generate, from nothing"]);
  const unchanged = stages["generate, nothing changed"].wallSeconds;
  const changed = stages["transcribe + generate, one page changed"].wallSeconds;
  const ratio = both.wallSeconds / stages["openapi-typescript"].wallSeconds;
  return [
    { name: "transcribe + generate / openapi-typescript", figure: ratio, limit: 3, unit: "" },
    { name: "peak memory", figure: both.peakMegabytes, limit: 500, unit: "MB" },
    { name: "nothing changed", figure: unchanged, limit: 0.8, unit: "s" },
    { name: "one page changed", figure: changed, limit: 1.8, unit: "s" },
    { name: "tsc, large package / package of one action", figure: consumerRatio, limit: 1.3, unit: "" },
  ];
}

function cells({ wallSeconds, cpuSeconds, peakMegabytes }: Usage): string[] {
  return [wallSeconds.toFixed(2), cpuSeconds.toFixed(2), peakMegabytes.toFixed(0)];
}
