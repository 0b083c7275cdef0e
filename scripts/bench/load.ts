import { execFile, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { load } from "../load.js";
import { CommandError } from "./child.js";

/** Memory in use after a collection of garbage, in MB. */
interface Memory {
  readonly heap: number;
  readonly rss: number;
}

/** What many calls came to. */
export interface LoadFigures {
  readonly calls: number;
  readonly concurrency: number;
  readonly seconds: number;
  /** Messages, and how often each came. */
  readonly failures: readonly (readonly [message: string, count: number])[];
  /** After the warm-up, half of the calls and all of them. */
  readonly memory: readonly [start: Memory, middle: Memory, end: Memory];
}

const path = (name: string) => fileURLToPath(new URL(name, import.meta.url));

/**
 * Makes many calls against the mock gateway; client and gateway have a process of their own each.
 *
 * @param program file of an ES module that makes the call's function from `fetch`, credentials and base URL.
 * @throws CommandError
 */
export async function measureLoad(program: string, calls: number, concurrency: number): Promise<LoadFigures> {
  const gateway = spawn(process.execPath, [path("../bin.mjs"), "mock", "--port", "0"], {
    cwd: path("../.."),
    stdio: ["ignore", "pipe", "inherit"],
  });
  try {
    const baseUrl = await listening(gateway.stdout);
    gateway.stdout.resume();
    const { brand } = await load(path("../../spec"));
    const args = [program, baseUrl, JSON.stringify(brand.exampleCredentials), `${calls}`, `${concurrency}`];
    const { stdout } = await promisify(execFile)(process.execPath, [
      "--expose-gc",
      path("load-probe.mjs"),
      ...args,
    ]);
    return { calls, concurrency, ...JSON.parse(stdout) };
  } finally {
    gateway.kill();
  }
}

/** The address that the gateway says it listens on. */
async function listening(output: NodeJS.ReadableStream): Promise<string> {
  for await (const line of createInterface({ input: output })) {
    const [address] = /http:\/\/\S+\/$/.exec(line) ?? [];
    if (address !== undefined) return address;
  }
  throw new CommandError("the mock gateway did not start");
}
