import { execFile } from "node:child_process";
import { chmod, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

/**
 * Runs a curl sample in a POSIX shell, with a stub for curl that records its arguments.
 *
 * @param folder working directory of the shell.
 */
export async function runCurlSample(
  sample: string,
  folder: string,
  environment: Readonly<Record<string, string>>,
): Promise<{ arguments: string[] }> {
  const bin = await mkdtemp(join(tmpdir(), "actiongen-curl-"));
  try {
    await writeFile(join(bin, "curl"), `#!/bin/sh\nprintf '%s\\0' "$@" > "${join(bin, "arguments")}"\n`);
    await chmod(join(bin, "curl"), 0o755);
    const env = { ...environment, PATH: `${bin}:${process.env.PATH}` };
    await promisify(execFile)("sh", ["-eu", "-c", sample], { cwd: folder, env });
    return { arguments: (await readFile(join(bin, "arguments"), "utf8")).split("\0").slice(0, -1) };
  } finally {
    await rm(bin, { recursive: true, force: true });
  }
}
