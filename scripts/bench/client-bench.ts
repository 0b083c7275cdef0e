import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Bundle, bundleProgram } from "./bundle.js";
import { type ProgramName, programs } from "./client-programs.js";
import { type Check, checkTable, clientLimits } from "./limits.js";
import { type LoadFigures, measureLoad } from "./load.js";
import { table } from "./table.js";
import { timeCalls } from "./timing.js";

export interface ClientBenchOptions {
  /** How often the time of a call is measured; the medians are shown. */
  readonly rounds: number;
  /** How many calls are made against the mock gateway, and how many at a time. */
  readonly calls: number;
  readonly concurrency: number;
}

const names = Object.keys(programs) as ProgramName[];
const ours: ProgramName = "@dezai/umem";
const peer: ProgramName = "openapi-fetch, signing middleware";

/**
 * Measures the generated client beside others that make the same call, and prints the figures as they come, then how
 * they stand to their limits.
 *
 * @throws CommandError where the mock gateway does not start.
 */
export async function benchClient({ rounds, calls, concurrency }: ClientBenchOptions): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "actiongen-bench-"));
  try {
    const bundles = await Promise.all(names.map((name) => bundleProgram(programs[name])));
    console.log(`A program with one call, minified for browsers\n\n${sizeTable(bundles)}\n`);

    const files = names.map((_, index) => join(folder, `${index}.mjs`));
    await Promise.all(files.map((file, index) => writeFile(file, bundles[index]?.text ?? "")));
    const times = await timeCalls(files, rounds);
    console.log(`A call over a stub of fetch, median of ${rounds} rounds in turns\n\n${timeTable(times)}\n`);

    const load = await measureLoad(files[names.indexOf(ours)] ?? "", calls, concurrency);
    console.log(`${loadTitle(load)}\n\n${loadTable(load)}\n`);
    for (const [message, count] of load.failures) console.log(`${count} times ${message}\n`);
    console.log(checkTable(checksOf(bundles, times, load)));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function checksOf(bundles: readonly Bundle[], times: readonly number[], load: LoadFigures): Check[] {
  const of = <Figure>(figures: readonly Figure[], name: ProgramName) =>
    figures[names.indexOf(name)] as Figure;
  const { failures, memory } = load;
  const [, middle, end] = memory;
  return [
    {
      what: `bundle of ${ours}, gzip (aim 5.0)`,
      figure: of(bundles, ours).gzip / 1000,
      limit: clientLimits.gzip / 1000,
      unit: "kB",
    },
    {
      what: `time of a call / ${peer} (aim 0.7)`,
      figure: of(times, ours) / of(times, peer),
      limit: clientLimits.time,
      unit: "",
    },
    {
      what: `${load.calls} calls: failures`,
      figure: failures.reduce((sum, [, count]) => sum + count, 0),
      limit: clientLimits.failures,
      unit: "",
    },
    {
      what: `${load.calls} calls: heap at the end / in the middle`,
      figure: end.heap / middle.heap,
      limit: clientLimits.growth,
      unit: "",
    },
  ];
}

function sizeTable(bundles: readonly Bundle[]): string {
  const rows = bundles.map(({ minified, gzip }, index) => [names[index] ?? "", `${minified}`, `${gzip}`]);
  return table(["client", "minified B", "gzip B"], rows);
}

function timeTable(times: readonly number[]): string {
  return table(
    ["client", "µs a call"],
    times.map((time, index) => [names[index] ?? "", time.toFixed(1)]),
  );
}

function loadTitle({ calls, concurrency, seconds }: LoadFigures): string {
  const rate = Math.round(calls / seconds);
  return `${calls} calls of ${ours}, ${concurrency} at a time, against the mock gateway: ${seconds.toFixed(1)} s, ${rate} a second`;
}

function loadTable({ memory }: LoadFigures): string {
  const moments = ["start", "middle", "end"];
  return table(
    ["memory after a collection", "heap MB", "RSS MB"],
    memory.map(({ heap, rss }, index) => [moments[index] ?? "", heap.toFixed(1), rss.toFixed(0)]),
  );
}
