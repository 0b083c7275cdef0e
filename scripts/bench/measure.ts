import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
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

/** Program that is preloaded into a measured process, and writes its usage to file descriptor 3 when it exits. */
const probe = `
import { readFileSync, writeSync } from "node:fs";
process.on("exit", () => {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  let peak = maxRSS;
  try {
    // Linux's maxRSS can be that of the parent process, before this program was loaded.
    peak = /^VmHWM:\\s*(\\d+) kB$/m.exec(readFileSync("/proc/self/status", "utf8"))[1];
  } catch {}
  writeSync(3, JSON.stringify({ cpuSeconds: (userCPUTime + systemCPUTime) / 1e6, peakMegabytes: peak / 1024 }));
});`;

/**
 * Runs a Node program in a process of its own and measures it.
 *
 * @param args path of the program, and its arguments.
 * @throws CommandError with the output if the exit code is not 0.
 */
export async function measure(...args: readonly string[]): Promise<Usage> {
  const started = performance.now();
  const preload = `data:text/javascript,${encodeURIComponent(probe)}`;
  const child = spawn(process.execPath, ["--import", preload, ...args], {
    stdio: ["ignore", "pipe", "pipe", "pipe"],
  });
  const [code, ...[output, errors, usage = ""]] = await Promise.all([
    new Promise((resolve, reject) => child.on("error", reject).on("close", resolve)),
    ...[1, 2, 3].map((descriptor) => text(child.stdio[descriptor] as Readable)),
  ]);
  const wallSeconds = (performance.now() - started) / 1000;
  if (code !== 0) throw new CommandError(`${args.join(" ")}: exit code ${code}\n${errors || output}`);
  return { wallSeconds, ...(JSON.parse(usage) as Omit<Usage, "wallSeconds">) };
}

/** Calls a function with the path of a temporary folder. */
export async function inTemporaryFolder<Result>(use: (folder: string) => Promise<Result>): Promise<Result> {
  const folder = await mkdtemp(join(tmpdir(), "actiongen-bench-"));
  return await use(folder).finally(() => rm(folder, { recursive: true, force: true }));
}

/** Path of a file of an installed package. */
export const installed = (path: string) => join(toolkitFolder, "node_modules", path);

/** Median of some numbers. */
export function median(numbers: readonly number[]): number {
  return [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN;
}

/** Figure and its limit. */
export interface Check {
  readonly name: string;
  readonly figure: number;
  readonly limit: number;
  readonly unit?: "s" | "ms" | "MB" | "kB" | "px";
}

/** Table of figures, their limits, and whether each is within its limit. */
export function checkTable(checks: readonly Check[]): string {
  const rows = checks.map(({ name, figure, limit, unit }) => {
    const show = (number: number) =>
      number.toFixed(unit === "MB" || unit === "px" ? 0 : 2) + (unit ? ` ${unit}` : "");
    return [name, show(figure), show(limit), figure <= limit ? "pass" : "over"];
  });
  return table(["figure", "measured", "at most", ""], rows);
}

/** Plain-text table with an empty line below. The first column is aligned to the left, the others to the right. */
export function table(columns: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = columns.map((_, index) =>
    Math.max(...[columns, ...rows].map((row) => row[index]?.length ?? 0)),
  );
  const aligned = (cells: readonly string[]) =>
    cells.map((cell, index) => cell[index === 0 ? "padEnd" : "padStart"](widths[index] ?? 0));
  const lines = [columns, widths.map((width) => "-".repeat(width)), ...rows].map(aligned);
  return `${lines.map((cells) => cells.join("  ").trimEnd()).join("\n")}\n`;
}
