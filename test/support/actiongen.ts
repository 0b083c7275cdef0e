import { type ExecFileException, execFile } from "node:child_process";
import { resolve } from "node:path";

export interface Result {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs the command line as a person does, with nothing of this machine's environment that names a key. */
export function actiongen(
  args: readonly string[],
  { input = "", env = {}, cwd = "." }: { input?: string; env?: Record<string, string>; cwd?: string } = {},
): Promise<Result> {
  return new Promise((settle) => {
    const done = (error: ExecFileException | null, out: string, err: string) =>
      settle({ code: error === null ? 0 : Number(error.code), out, err });
    const child = execFile(
      process.execPath,
      [resolve("scripts/bin.mjs"), ...args],
      { cwd, env: { PATH: process.env.PATH ?? "", ...env } },
      done,
    );
    child.stdin?.end(input);
  });
}

/** The key pair that the vendor publishes, as options. */
export const keys = [
  "--public-key",
  "ucloudsomeone@example.com1296235120854146120",
  "--private-key",
  "46f09bb9fab4f12dfc160dae12273d5332b5debe",
];

export const isTrace = /^\s+at /m;
