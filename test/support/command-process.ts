import { type ChildProcess, fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import { actiongen, type Result } from "./actiongen.js";

/** A command line, and where it runs. */
interface Command {
  readonly args: readonly string[];
  readonly cwd: string;
}

/** Runs command lines one by one in a process of its own, which a command can make hang or crash. */
export interface CommandProcess {
  /**
   * Runs a command line. One that serves until it is interrupted is interrupted at once.
   *
   * @returns its result, or how the process ended instead.
   */
  run(command: Command): Promise<Result | string>;
  close(): void;
}

/**
 * Creates a process for command lines.
 *
 * @param timeout milliseconds after which a command line is ended.
 * @param uid user that runs it, instead of that of this process.
 */
export function commandProcess(timeout: number, uid?: number): CommandProcess {
  let child: ChildProcess | undefined;
  return {
    async run(command) {
      child ??= start(uid);
      const result = await resultOf(child, command, timeout);
      if (typeof result === "string") child = undefined;
      return result;
    },
    close: () => void child?.kill("SIGKILL"),
  };
}

function start(uid: number | undefined): ChildProcess {
  return fork(fileURLToPath(import.meta.url), {
    execArgv: ["--import", "tsx"],
    env: { PATH: process.env.PATH ?? "" },
    stdio: ["ignore", "ignore", "pipe", "ipc"],
    ...(uid === undefined ? {} : { uid, gid: uid }),
  });
}

function resultOf(child: ChildProcess, command: Command, timeout: number): Promise<Result | string> {
  return new Promise((settle) => {
    let err = "";
    const timer = setTimeout(() => child.kill("SIGKILL"), timeout);
    child.stderr?.on("data", (chunk) => {
      err += chunk;
    });
    child.once("close", (code, signal) => {
      clearTimeout(timer);
      settle(`${signal ?? `exit code ${code}`}: ${err}`);
    });
    child.once("message", (result: Result) => {
      clearTimeout(timer);
      child.removeAllListeners("close");
      child.stderr?.removeAllListeners("data");
      settle(result);
    });
    child.send(command);
  });
}

// In the process itself.
if (process.send !== undefined && process.argv[1] === fileURLToPath(import.meta.url)) {
  process.on("newListener", (event) => {
    if (event === "SIGINT") setImmediate(() => process.emit("SIGINT"));
  });
  process.on("message", async ({ args, cwd }: Command) => {
    process.send?.(await actiongen(args, { cwd }));
  });
}
