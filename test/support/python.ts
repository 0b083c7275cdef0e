import { spawn } from "node:child_process";
import { text } from "node:stream/consumers";

/**
 * Passes lines to a program of `test/python/`.
 *
 * @returns the JSON values that it writes, one a line.
 * @throws Error if it fails, or if Python 3 is not installed: the comparison with Python is never skipped.
 */
export async function python<Output>(program: string, lines: readonly string[]): Promise<Output[]> {
  const child = spawn("python3", [`test/python/${program}`], { stdio: ["pipe", "pipe", "inherit"] });
  const ended = new Promise<number | null>((resolve, reject) => {
    child.on("error", (cause) =>
      reject(new Error("Install Python 3 (python3): the runtime is compared with it.", { cause })),
    );
    child.on("close", resolve);
  });
  child.stdin.on("error", () => {});
  child.stdin.end(lines.map((line) => `${line}\n`).join(""));
  const [code, out] = await Promise.all([ended, text(child.stdout)]);
  if (code !== 0) throw new Error(`${program} ended with ${code}`);
  return out
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as Output);
}
