import { join } from "node:path";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { Bench } from "tinybench";
import { readRecordings } from "../contract/recording.js";
import { load } from "../load.js";
import { startMock } from "../mock/server.js";
import { toolkitFolder } from "../toolkit.js";
import { importTimes } from "./import-time.js";
import { checkTable, median, table } from "./measure.js";

export interface ClientBenchOptions {
  /** Number of time measurements; medians are shown. */
  readonly rounds: number;
  /** Number of calls to the mock gateway. */
  readonly calls: number;
  readonly concurrency: number;
}

/**
 * Measures the generated client beside openapi-fetch with a signing middleware, beside a call without any library, and beside
 * what the vendor's SDK imports; prints the figures and how they compare with their limits.
 */
export async function benchClient({ rounds, calls, concurrency }: ClientBenchOptions): Promise<void> {
  const own = await bundleClient("actiongen");
  const peer = await bundleClient("openapi-fetch");
  const least = await bundleClient("hand-written");
  const all = [own.createCall, peer.createCall, least.createCall];
  const [times = [], peerTimes = [], leastTimes = []] = await timeCalls(all, rounds);
  const row = (name: string, { minified, gzip }: Bundle, all: readonly number[]) => [
    name,
    `${minified}`,
    `${gzip}`,
    median(all).toFixed(1),
  ];
  const rows = [
    row("@dezai/umem", own, times),
    row("openapi-fetch, signing middleware", peer, peerTimes),
    row("fetch, signing by hand", least, leastTimes),
  ];
  console.log(`One call with a stub of fetch, median of ${rounds}\n`);
  console.log(table(["client", "minified B", "gzip B", "µs per call"], rows));
  const { seconds, failures, half, end } = await measureLoad(own.createCall, calls, concurrency);
  const growth = `heap ${half.toFixed(1)} MB after half of them, ${end.toFixed(1)} MB after all`;
  console.log(
    `${calls} calls to the mock gateway, ${concurrency} at a time: ${seconds.toFixed(1)} s, ${growth}\n`,
  );
  for (const failure of new Set(failures)) console.log(`${failure}\n`);
  const imports = await importTimes(rounds);
  const [ownImport, peerImport] = [median(imports.own), median(imports.peers)];
  console.log(
    `Import: ${ownImport.toFixed(1)} ms; of axios, which the vendor's SDK imports: ${peerImport.toFixed(1)} ms\n`,
  );
  console.log(
    checkTable([
      { name: "bundle with one call, gzip (aim 6.5)", figure: own.gzip / 1000, limit: 7.5, unit: "kB" },
      { name: "time of a call / openapi-fetch that signs", figure: ratio(times, peerTimes), limit: 0.5 },
      { name: "time of a call / fetch, signing by hand", figure: ratio(times, leastTimes), limit: 2 },
      {
        name: "time of import / axios, which the vendor's SDK imports",
        figure: ratio(imports.own, imports.peers),
        limit: 1,
      },
      { name: "failed calls", figure: failures.length, limit: 0 },
      { name: "heap after all calls / after half", figure: end / half, limit: 1.1 },
    ]),
  );
}

/** Median of the ratios within a round, since the speed of a machine varies. */
function ratio(times: readonly number[], others: readonly number[]): number {
  return median(times.map((time, round) => time / (others[round] ?? Number.NaN)));
}

interface Bundle {
  readonly text: string;
  /** Size in bytes. */
  readonly minified: number;
  /** Size in bytes, compressed. */
  readonly gzip: number;
}

/**
 * Bundles a program as a consumer would: a minified ES module for browsers.
 *
 * @param source source of an ES module, whose imports are relative to the root folder of this repository.
 */
export async function bundleProgram(source: string): Promise<Bundle> {
  const { outputFiles } = await build({
    stdin: { contents: source, resolveDir: toolkitFolder },
    bundle: true,
    minify: true,
    format: "esm",
    platform: "browser",
    conditions: ["@actiongen/source"],
    write: false,
    logLevel: "error",
  });
  const [{ contents, text }] = outputFiles as [(typeof outputFiles)[0]];
  return { text, minified: contents.length, gzip: gzipSync(contents, { level: 9 }).length };
}

/** Creates a function that makes one call. */
type CreateCall = (options: {
  readonly credentials: { readonly publicKey: string; readonly privateKey: string };
  readonly fetch?: () => Promise<Response>;
  readonly baseUrl?: string;
}) => () => Promise<unknown>;

/** Bundles and imports a module of the folder `clients`. The sources as they are would run slower, through tsx. */
async function bundleClient(name: string): Promise<Bundle & { createCall: CreateCall }> {
  const bundle = await bundleProgram(`export * from "./scripts/bench/clients/${name}.ts"`);
  const { createCall } = await import(`data:text/javascript,${encodeURIComponent(bundle.text)}`);
  return { ...bundle, createCall };
}

const body = JSON.stringify({
  RetCode: 0,
  Action: "DescribeUMemBackupURLResponse",
  BackupURL: [0, 1, 2].map((shard) => `https://backup.example.com/WfTAPwME/HnsnJnXX/shard-${shard}.rdb`),
});

/** Measures clients in turn, since a machine that slows down affects all. @returns microseconds of each round. */
async function timeCalls(clients: readonly CreateCall[], rounds: number): Promise<number[][]> {
  const fetch = async () => new Response(body, { headers: { "Content-Type": "application/json" } });
  // Not a real key pair: nothing is sent.
  const credentials = { publicKey: "public-key-of-a-bench", privateKey: "private-key-of-a-bench" };
  const bench = new Bench({ time: 150, warmupTime: 500, throws: true });
  for (const [index, createCall] of clients.entries())
    bench.add(`${index}`, createCall({ fetch, credentials }));
  const times: number[][] = clients.map(() => []);
  for (let round = 0; round < rounds; round += 1) {
    for (const [index, { result }] of (await bench.run()).entries())
      if (result.state === "completed") times[index]?.push(result.latency.p50 * 1000);
  }
  return times;
}

/** Makes many calls to a mock gateway. @returns the megabytes of the heap after half of them and after all. */
async function measureLoad(createCall: CreateCall, calls: number, concurrency: number) {
  const api = await load(join(toolkitFolder, "spec"));
  const recordings = await readRecordings(join(toolkitFolder, "test/recordings"));
  const server = await startMock(api, recordings, { port: 0, log: () => {} });
  const call = createCall({ baseUrl: server.baseUrl, credentials: api.brand.exampleCredentials });
  const failures: string[] = [];

  async function makeCalls(count: number): Promise<number> {
    let left = count;
    const work = async () => {
      while (left-- > 0) await call().catch((error) => failures.push(`${error}`));
    };
    await Promise.all(Array.from({ length: concurrency }, work));
    collectGarbage();
    return process.memoryUsage().heapUsed / 1e6;
  }

  try {
    // Memory that the platform allocates once is not growth.
    await makeCalls(concurrency * 5);
    const started = performance.now();
    const half = await makeCalls(Math.ceil(calls / 2));
    const end = await makeCalls(Math.floor(calls / 2));
    return { seconds: (performance.now() - started) / 1000, failures, half, end };
  } finally {
    await server.close();
  }
}

function collectGarbage(): void {
  setFlagsFromString("--expose-gc");
  runInNewContext("gc")();
}
