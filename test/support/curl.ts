import { execFile } from "node:child_process";
import { chmod, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

/**
 * Runs a curl sample in a POSIX shell with a stand-in for curl, which a machine need not have: the stand-in
 * keeps the arguments that the shell gave it.
 *
 * @param folder where the shell runs.
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

/** The URL that curl asks for, given `--get`, a base URL and `--data-urlencode name=value` arguments. */
export function urlOf(given: readonly string[]): string {
  const [get, baseUrl, ...rest] = given;
  const pairs = rest.filter((_, index) => index % 2 === 1);
  const flags = rest.filter((_, index) => index % 2 === 0);
  if (get !== "--get" || baseUrl === undefined || flags.some((flag) => flag !== "--data-urlencode")) {
    throw new Error(`not what this stand-in knows: ${given.join(" ")}`);
  }
  const query = pairs.map((pair) => {
    const at = pair.indexOf("=");
    return `${pair.slice(0, at)}=${encodeURIComponent(pair.slice(at + 1))}`;
  });
  return `${baseUrl}?${query.join("&")}`;
}
