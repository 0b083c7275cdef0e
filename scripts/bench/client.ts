import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { Bench } from "tinybench";
import { type Bundle, bundleProgram } from "./bundle.js";
import { type LoadFigures, measureLoad } from "./load.js";
import { buildToolkit, middle } from "./measure.js";
import { type ProgramName, programs } from "./programs.js";
import { type Check, checkTable, table } from "./table.js";

export interface ClientBenchOptions {
  /** Number of time measurements; medians are shown. */
  readonly rounds: number;
  /** Number of calls to the mock gateway. */
  readonly calls: number;
  readonly concurrency: number;
}

/** Figures of one program. */
interface Measured {
  readonly file: string;
  readonly bundle: Bundle;
  /** Microseconds per call, of each round. */
  readonly times: number[];
}

type Programs = Readonly<Record<ProgramName, Measured>>;

/**
 * Measures the generated client beside others that make the same call, and prints the figures and how they compare with
 * their limits.
 *
 * @throws CommandError if the mock gateway does not start.
 */
export async function benchClient({ rounds, calls, concurrency }: ClientBenchOptions): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "actiongen-bench-"));
  try {
    await buildToolkit();
    const measured = await bundleAll(folder);
    await timeCalls(Object.values(measured), rounds);
    const load = await measureLoad(measured["@dezai/umem"].file, calls, concurrency);
    console.log(`One call with a stub of fetch, median of ${rounds}\n\n${clientTable(measured)}\n`);
    console.log(`${calls} calls of @dezai/umem to the mock gateway, ${concurrency} at the same time\n`);
    console.log(`${loadTable(load)}\n`);
    for (const [message, count] of load.failures) console.log(`${count} x ${message}\n`);
    console.log(checkTable(checksOf(measured, load)));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function bundleAll(folder: string): Promise<Programs> {
  const entries = Object.entries(programs).map(async ([name, source], index) => {
    const file = join(folder, `${index}.mjs`);
    const bundle = await bundleProgram(source);
    await writeFile(file, bundle.text);
    return [name, { file, bundle, times: [] }] as const;
  });
  return Object.fromEntries(await Promise.all(entries)) as unknown as Programs;
}

/** Not a real key pair: nothing is sent. */
const credentials = { publicKey: "public-key-of-a-bench", privateKey: "private-key-of-a-bench" };

const body = JSON.stringify({
  RetCode: 0,
  Action: "DescribeUMemBackupURLResponse",
  BackupURL: [0, 1, 2].map((shard) => `https://backup.example.com/WfTAPwME/HnsnJnXX/shard-${shard}.rdb`),
});

async function stub(): Promise<Response> {
  return new Response(body, { headers: { "Content-Type": "application/json" } });
}

/** Adds the median time of a call in each round. Clients alternate: a machine that slows down affects all of them. */
async function timeCalls(measured: readonly Measured[], rounds: number): Promise<void> {
  const bench = new Bench({ time: 100, warmupTime: 50 });
  for (const { file } of measured) {
    const { default: createCall } = await import(pathToFileURL(file).href);
    bench.add(file, createCall(stub, credentials));
  }
  for (let round = 0; round < rounds; round += 1) {
    for (const [index, { result }] of (await bench.run()).entries()) {
      if (result.state !== "completed") throw "error" in result ? result.error : new Error(result.state);
      measured[index]?.times.push(result.latency.p50 * 1000);
    }
  }
}

function clientTable(measured: Programs): string {
  const rows = Object.entries(measured).map(([name, { bundle, times }]) => [
    name,
    `${bundle.minified}`,
    `${bundle.gzip}`,
    middle(times).toFixed(1),
  ]);
  return table(["client", "minified B", "gzip B", "µs per call"], rows);
}

function loadTable({ seconds, memory }: LoadFigures): string {
  const rows = ["start", "middle", "end"].map((moment, index) => [
    moment,
    memory[index]?.heap.toFixed(1) ?? "",
    memory[index]?.rss.toFixed(0) ?? "",
  ]);
  return `${table(["memory after garbage collection", "heap MB", "RSS MB"], rows)}\n\ntime: ${seconds.toFixed(1)} s`;
}

function checksOf(measured: Programs, { failures, memory: [, half, end] }: LoadFigures): Check[] {
  const own = measured["@dezai/umem"];
  const peer = measured["openapi-fetch, signing middleware"];
  // Ratios within a round, since the speed of a machine varies.
  const ratios = own.times.map((time, round) => time / (peer.times[round] ?? Number.NaN));
  const failed = failures.reduce((sum, [, count]) => sum + count, 0);
  return [
    { name: "bundle with one call, gzip (aim 6.5)", figure: own.bundle.gzip / 1000, limit: 7.7, unit: "kB" },
    { name: "time of a call / openapi-fetch that signs", figure: middle(ratios), limit: 0.7, unit: "" },
    { name: "failed calls", figure: failed, limit: 0, unit: "" },
    { name: "heap after all calls / after half", figure: end.heap / half.heap, limit: 1.1, unit: "" },
  ];
}
