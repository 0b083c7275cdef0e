import { spawn } from "node:child_process";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { toolkitFolder } from "../toolkit.js";

/** Resources that a process used. */
export interface Usage {
  readonly wallSeconds: number;
  /** User and system time. */
  readonly cpuSeconds: number;
  /** Peak of the resident memory. */
  readonly peakMegabytes: number;
}

/** Thrown if a measured command fails. */
export class CommandError extends Error {
  override readonly name = "CommandError";
}

const modules = join(toolkitFolder, "node_modules");

/** Programs to measure; `actiongen` is the compiled one, as it is published. */
export const programs = {
  actiongen: join(toolkitFolder, "dist/scripts/main.js"),
  openapiTypescript: join(modules, "openapi-typescript/bin/cli.js"),
  tsc: join(modules, "typescript/bin/tsc"),
};

/** Compiles the toolkit. */
export async function buildToolkit(): Promise<void> {
  await measure([programs.tsc, "-p", join(toolkitFolder, "tsconfig.build.json")]);
}

const probe = new URL("usage-probe.mjs", import.meta.url).href;

/**
 * Runs a Node program in a process of its own and measures it.
 *
 * @param args path of the program, and its arguments.
 * @throws CommandError with the output if the exit code is not 0.
 */
export async function measure(args: readonly string[]): Promise<Usage> {
  const started = performance.now();
  const child = spawn(process.execPath, ["--import", probe, ...args], {
    stdio: ["ignore", "pipe", "pipe", "pipe"],
  });
  const [code, ...[output, errors, usage]] = await Promise.all([
    new Promise((resolve, reject) => child.on("error", reject).on("close", resolve)),
    ...[1, 2, 3].map((descriptor) => text(child.stdio[descriptor] as Readable)),
  ]);
  const wallSeconds = (performance.now() - started) / 1000;
  if (code !== 0) throw new CommandError(`${args.join(" ")}: exit code ${code}\n${errors || output}`);
  return { wallSeconds, ...(JSON.parse(usage ?? "") as Omit<Usage, "wallSeconds">) };
}

/** The median of each figure. */
export function median(usages: readonly Usage[]): Usage {
  return {
    wallSeconds: middle(usages.map(({ wallSeconds }) => wallSeconds)),
    cpuSeconds: middle(usages.map(({ cpuSeconds }) => cpuSeconds)),
    peakMegabytes: middle(usages.map(({ peakMegabytes }) => peakMegabytes)),
  };
}

/** The median of some numbers. */
export function middle(numbers: readonly number[]): number {
  return [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN;
}

/** Usage of two commands that run one after the other. */
export function inSequence(first: Usage, second: Usage): Usage {
  return {
    wallSeconds: first.wallSeconds + second.wallSeconds,
    cpuSeconds: first.cpuSeconds + second.cpuSeconds,
    peakMegabytes: Math.max(first.peakMegabytes, second.peakMegabytes),
  };
}
