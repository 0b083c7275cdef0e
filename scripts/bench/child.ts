import { spawn } from "node:child_process";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** What a command used, the Node processes that it started included. */
export interface Usage {
  readonly wallSeconds: number;
  /** User and system time. */
  readonly cpuSeconds: number;
  /** Peak of the resident memory; the sum where there were several processes. */
  readonly peakMegabytes: number;
}

/** Thrown for a command that did not end as it should. */
export class CommandError extends Error {
  override readonly name = "CommandError";
}

/**
 * Runs a JavaScript program in a process of its own and measures it.
 *
 * @param args the program and what it is given.
 * @param accepted the exit codes that count as success.
 * @throws CommandError with what the program printed as errors.
 */
export async function measure(args: readonly string[], accepted: readonly number[] = [0]): Promise<Usage> {
  const folder = await mkdtemp(join(tmpdir(), "actiongen-usage-"));
  try {
    const started = performance.now();
    const { code, errors } = await run(args, folder);
    const wallSeconds = (performance.now() - started) / 1000;
    if (!accepted.includes(code)) throw new CommandError(`${args.join(" ")}: exit code ${code}\n${errors}`);
    return { wallSeconds, ...(await sumOf(folder)) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Of each figure the median. */
export function median(usages: readonly Usage[]): Usage {
  const middle = (figure: (usage: Usage) => number): number => {
    const sorted = usages.map(figure).sort((a, b) => a - b);
    return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
  };
  return {
    wallSeconds: middle(({ wallSeconds }) => wallSeconds),
    cpuSeconds: middle(({ cpuSeconds }) => cpuSeconds),
    peakMegabytes: middle(({ peakMegabytes }) => peakMegabytes),
  };
}

/** Two commands that run one after the other. */
export function inTurn(first: Usage, second: Usage): Usage {
  return {
    wallSeconds: first.wallSeconds + second.wallSeconds,
    cpuSeconds: first.cpuSeconds + second.cpuSeconds,
    peakMegabytes: Math.max(first.peakMegabytes, second.peakMegabytes),
  };
}

const probe = new URL("usage-probe.mjs", import.meta.url).href;

function run(args: readonly string[], folder: string): Promise<{ code: number; errors: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, {
      stdio: ["ignore", "ignore", "pipe"],
      // By way of the environment, so that processes which the program starts are measured too.
      env: { ...process.env, NODE_OPTIONS: `--import ${probe}`, ACTIONGEN_BENCH_USAGE: folder },
    });
    let errors = "";
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      errors += text;
    });
    child.on("error", reject);
    child.on("close", (code) => resolve({ code: code ?? 128, errors }));
  });
}

async function sumOf(folder: string): Promise<Omit<Usage, "wallSeconds">> {
  let [cpuSeconds, peakMegabytes] = [0, 0];
  for (const name of await readdir(folder)) {
    const one = JSON.parse(await readFile(join(folder, name), "utf8")) as Omit<Usage, "wallSeconds">;
    cpuSeconds += one.cpuSeconds;
    peakMegabytes += one.peakMegabytes;
  }
  return { cpuSeconds, peakMegabytes };
}
