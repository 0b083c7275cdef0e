import { execFile, spawn } from "node:child_process";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { parse } from "yaml";
import { configName } from "../config-name.js";
import { toolkitFolder } from "../toolkit.js";
import { CommandError, programs } from "./measure.js";

/** Memory in use after a garbage collection, in MB. */
interface Memory {
  readonly heap: number;
  readonly rss: number;
}

/** Result of many calls. */
export interface LoadFigures {
  readonly seconds: number;
  /** Error messages with their number. */
  readonly failures: readonly (readonly [message: string, count: number])[];
  /** After a warm-up, after half of the calls and after all. */
  readonly memory: readonly [start: Memory, half: Memory, end: Memory];
}

const probe = fileURLToPath(new URL("load-probe.mjs", import.meta.url));

/**
 * Makes many calls to the mock gateway. Client and gateway run in a process each.
 *
 * @param program path of an ES module that creates the calling function from a `fetch`, credentials and a base URL.
 * @throws CommandError if the gateway does not start.
 */
export async function measureLoad(program: string, calls: number, concurrency: number): Promise<LoadFigures> {
  const gateway = spawn(process.execPath, [programs.actiongen, "mock", "--port", "0"], {
    cwd: toolkitFolder,
    stdio: ["ignore", "pipe", "inherit"],
  });
  try {
    const baseUrl = await addressIn(gateway.stdout);
    gateway.stdout.resume();
    const { exampleCredentials } = parse(await readFile(join(toolkitFolder, "spec", configName), "utf8"));
    const args = [program, baseUrl, JSON.stringify(exampleCredentials), `${calls}`, `${concurrency}`];
    const { stdout } = await promisify(execFile)(process.execPath, ["--expose-gc", probe, ...args]);
    return JSON.parse(stdout);
  } finally {
    gateway.kill();
  }
}

/** Reads the address that the gateway prints when it listens. */
async function addressIn(output: NodeJS.ReadableStream): Promise<string> {
  for await (const line of createInterface({ input: output })) {
    const [address] = /http:\/\/\S+\/$/.exec(line) ?? [];
    if (address !== undefined) return address;
  }
  throw new CommandError("the mock gateway did not start");
}
