import { pathToFileURL } from "node:url";
import { Bench } from "tinybench";

/** Nothing hangs on them: every signature is thrown away. */
const keys = { publicKey: "public-key-of-a-bench", privateKey: "private-key-of-a-bench" };

const body = JSON.stringify({
  RetCode: 0,
  Action: "DescribeUMemBackupURLResponse",
  BackupURL: [0, 1, 2].map((shard) => `https://backup.example.com/WfTAPwME/HnsnJnXX/shard-${shard}.rdb`),
});

/** Answers at once, with what a gateway would. */
async function stub(): Promise<Response> {
  return new Response(body, { headers: { "Content-Type": "application/json" } });
}

/**
 * Times calls over a stub of `fetch`. The clients take turns, so that a machine that slows down slows all of them.
 *
 * @param files of ES modules that make the call's function from a `fetch`.
 * @returns microseconds a call, of each file the median of the rounds' medians.
 */
export async function timeCalls(files: readonly string[], rounds: number): Promise<number[]> {
  const bench = new Bench({ time: 200, warmupTime: 100 });
  for (const file of files) {
    const { default: make } = await import(pathToFileURL(file).href);
    bench.add(file, make(stub, keys));
  }
  const figures: number[][] = files.map(() => []);
  for (let round = 0; round < rounds; round += 1) {
    for (const [index, { result }] of (await bench.run()).entries()) {
      if (result.state !== "completed") throw "error" in result ? result.error : new Error(result.state);
      figures[index]?.push(result.latency.p50 * 1000);
    }
  }
  return figures.map((times) => times.sort((a, b) => a - b)[Math.floor(times.length / 2)] ?? Number.NaN);
}
