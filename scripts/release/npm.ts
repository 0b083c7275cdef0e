import { execFile } from "node:child_process";
import { win32 } from "node:path";
import { promisify } from "node:util";
import { oneLine } from "../text.js";

const run = promisify(execFile);

/** Failure of npm; `code` is npm's, such as `E403`. */
export class NpmError extends Error {
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

/** The program to run npm, and its first arguments. On Windows, npm is a script that only a shell runs. */
export function npmCommand(
  { platform, execPath }: Pick<NodeJS.Process, "platform" | "execPath">,
  { npm_execpath: own = "" }: NodeJS.ProcessEnv,
): [program: string, ...args: string[]] {
  if (platform !== "win32") return ["npm"];
  const isNpm = /[\\/]npm-cli\.js$/.test(own);
  return [execPath, isNpm ? own : win32.join(execPath, "../node_modules/npm/bin/npm-cli.js")];
}

/** Runs npm. @returns its output as JSON; `undefined` if it prints nothing. */
export async function npm(...args: readonly string[]): Promise<unknown> {
  try {
    const [program, ...first] = npmCommand(process, process.env);
    const { stdout } = await run(program, [...first, ...args, "--json"], { maxBuffer: 2 ** 28 });
    return stdout.trim() === "" ? undefined : JSON.parse(stdout);
  } catch (error) {
    const { code, stdout = "" } = error as { code?: unknown; stdout?: string };
    const { error: own } = parseError(stdout);
    const name = own?.code ?? (typeof code === "string" ? code : "");
    const summary = own?.summary ?? (error as Error).message.split("\n", 1)[0] ?? "";
    throw new NpmError(name, oneLine(`${name} ${summary}`.trim()));
  }
}

function parseError(output: string): { error?: { code?: string; summary?: string } } {
  try {
    return JSON.parse(output.slice(output.indexOf("{"))) as object;
  } catch {
    return {};
  }
}
