import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Usage } from "./child.js";
import { type ConsumerFigures, measureConsumer } from "./consumer.js";
import { type Check, checkTable, consumerCheck, growthCheck, sizeChecks } from "./limits.js";
import { measureSize, type SizeFigures, type Stage, stages } from "./rounds.js";
import { table } from "./table.js";
import { copyPages, writeVendor } from "./workshop.js";

export interface GenerateBenchOptions {
  /** Sizes of the made-up vendor. */
  readonly actions: readonly number[];
  /** A folder of pages to measure in place of a made-up vendor. */
  readonly pages?: string;
  readonly seed: number;
  /** How often everything is measured; the medians are shown. */
  readonly runs: number;
}

/**
 * Measures the way from pages to output and prints the figures as they come, then how they stand to their limits.
 *
 * @throws CommandError where a command that is measured fails, InputError where the folder of pages cannot be read.
 */
export async function benchGenerate({ actions, pages, seed, runs }: GenerateBenchOptions): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "actiongen-bench-"));
  try {
    const figures =
      pages === undefined ? await sizes(folder, actions, seed, runs) : [await realPages(folder, pages, runs)];
    const checks = limitChecks(figures);
    if (pages === undefined) {
      const largest = Math.max(...actions);
      const consumer = await measureConsumer(join(folder, "consumer"), seed, largest, Math.max(runs, 5));
      console.log(`${consumerTable(consumer)}\n`);
      checks.push(consumerCheck(consumer));
    }
    console.log(checkTable(checks));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function sizes(
  folder: string,
  actions: readonly number[],
  seed: number,
  runs: number,
): Promise<SizeFigures[]> {
  const figures: SizeFigures[] = [];
  for (const size of [...actions].sort((a, b) => a - b)) {
    const place = join(folder, `${size}`);
    await writeVendor(join(place, "pages"), seed, size);
    figures.push(await measured(place, runs, `Made-up vendor of seed ${seed}`));
  }
  return figures;
}

async function realPages(folder: string, pages: string, runs: number): Promise<SizeFigures> {
  const place = join(folder, "real");
  await copyPages(pages, join(place, "pages"));
  return await measured(place, runs, `Pages of ${pages}`);
}

async function measured(place: string, runs: number, what: string): Promise<SizeFigures> {
  const figures = await measureSize(place, join(place, "pages"), runs);
  console.log(`${what}, ${figures.actions} actions, median of ${runs}\n\n${stageTable(figures)}\n`);
  return figures;
}

function limitChecks(figures: readonly SizeFigures[]): Check[] {
  const [smaller, larger] = [figures.at(-2), figures.at(-1)];
  return [
    ...(larger === undefined ? [] : sizeChecks(larger)),
    ...(smaller === undefined || larger === undefined ? [] : [growthCheck(smaller, larger)]),
  ];
}

function stageTable({ usage }: SizeFigures): string {
  const rows = Object.entries(stages).map(([stage, name]) => [name, ...cells(usage[stage as Stage])]);
  return table(["stage", ...usageColumns], rows);
}

function consumerTable({ actions, one, many }: ConsumerFigures): string {
  return table(
    ["tsc --noEmit, one action imported", ...usageColumns],
    [
      ["from a package of 1", ...cells(one)],
      [`from a package of ${actions}`, ...cells(many)],
    ],
  );
}

const usageColumns = ["wall s", "CPU s", "peak MB"];

function cells({ wallSeconds, cpuSeconds, peakMegabytes }: Usage): string[] {
  return [wallSeconds.toFixed(2), cpuSeconds.toFixed(2), peakMegabytes.toFixed(0)];
}
