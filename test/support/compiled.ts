import { type ChildProcess, execFile, spawn } from "node:child_process";
import { chmod, mkdir, mkdtemp, rm } from "node:fs/promises";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { afterAll } from "vitest";

/** Result of a program. */
interface Run {
  /** Exit code; `null` if a signal ended it. */
  readonly code: number | null;
  /** First 100,000 characters of each. */
  readonly out: string;
  readonly err: string;
}

export interface RunOptions {
  /** Milliseconds after which it is killed. Default: 60,000. */
  readonly timeout?: number;
  /** Program and arguments that start the command line that follows. Default: none. */
  readonly prefix?: readonly string[];
  readonly uid?: number;
  readonly onStart?: (child: ChildProcess) => void;
}

/**
 * Compiles the program once for the tests of a file, since it starts in a third of the time.
 *
 * @returns a function that runs a command line in a process of its own.
 */
export async function compiledProgram(): Promise<
  (args: readonly string[], options?: RunOptions) => Promise<Run>
> {
  // In the repository, whose dependencies and templates it needs.
  const cache = resolve("node_modules/.cache");
  await mkdir(cache, { recursive: true });
  const folder = await mkdtemp(join(cache, "actiongen-"));
  afterAll(() => rm(folder, { recursive: true, force: true }));
  // Another user may run it.
  await chmod(folder, 0o755);
  const compiler = resolve("node_modules/typescript/bin/tsc");
  await promisify(execFile)(process.execPath, [compiler, "-p", "tsconfig.build.json", "--outDir", folder]);
  const program = join(folder, "scripts/main.js");
  return (args, options = {}) => run([process.execPath, program, ...args], options);
}

function run(args: readonly string[], options: RunOptions): Promise<Run> {
  const { timeout = 60_000, prefix = [], uid, onStart } = options;
  const [file = "", ...rest] = [...prefix, ...args];
  return new Promise((settle, reject) => {
    const child = spawn(file, rest, {
      stdio: ["ignore", "pipe", "pipe"],
      env: { PATH: process.env.PATH ?? "" },
      timeout,
      killSignal: "SIGKILL",
      ...(uid === undefined ? {} : { uid, gid: uid }),
    });
    let [out, err] = ["", ""];
    child.stdout.on("data", (chunk) => (out = (out + chunk).slice(0, 100_000)));
    child.stderr.on("data", (chunk) => (err = (err + chunk).slice(0, 100_000)));
    child.once("error", reject);
    child.once("close", (code) => settle({ code, out, err }));
    onStart?.(child);
  });
}
