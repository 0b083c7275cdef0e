import { mkdir, readFile, stat, writeFile } from "node:fs/promises";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { basename, join } from "node:path";
import { Readable } from "node:stream";
import { build } from "esbuild";
import { toolkitFolder } from "../toolkit.js";
import { CommandError, checkTable, inTemporaryFolder, measure, type Usage } from "./measure.js";

/** Options of the command `download`. */
interface DownloadBenchOptions {
  readonly files: number;
  readonly megabytes: number;
  readonly concurrency: number;
}

/** Measures a download and prints the figures and how they compare with their limit. */
export async function benchDownload({ files, megabytes, concurrency }: DownloadBenchOptions): Promise<void> {
  const usage = await measureDownload(files, megabytes * 2 ** 20, concurrency);
  const time = `${usage.wallSeconds.toFixed(2)} s, ${usage.cpuSeconds.toFixed(2)} s of CPU time`;
  console.log(`${files} x ${megabytes} MiB, ${concurrency} at a time: ${time}\n`);
  console.log(checkTable([{ name: "peak memory", figure: usage.peakMegabytes, limit: 100, unit: "MB" }]));
}

/** Where a measured download goes: to files, to existing files that it is compared with, or to streams that count its bytes. */
export type DownloadTarget = "files" | "existing" | "sink";

/**
 * Measures a process that downloads generated files from a local server.
 *
 * @param size size of each file in bytes.
 * @throws CommandError if bytes are missing.
 */
export async function measureDownload(
  files: number,
  size: number,
  concurrency: number,
  target: DownloadTarget = "files",
): Promise<Usage> {
  const server = createServer((_, response) => send(response, size));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const links = Array.from({ length: files }, (_, index) => `http://127.0.0.1:${port}/shard-${index}.rdb`);
  return await inTemporaryFolder(async (folder) => {
    const directory = join(folder, "files");
    const names = links.map((link) => basename(link));
    if (target === "existing") {
      await mkdir(directory);
      for (const name of names) await writeFile(join(directory, name), chunksOf(size));
    }
    const usage = await measure(await writeProgram(folder, links, directory, concurrency, target));
    // The stream of a sink writes its number of bytes.
    const sizeOf = async (name: string) =>
      target === "sink"
        ? Number(await readFile(join(folder, name), "utf8"))
        : (await stat(join(directory, name))).size;
    const sizes = await Promise.all(names.map(sizeOf));
    if (sizes.some((one) => one !== size))
      throw new CommandError(
        `expected ${files} files of ${size} bytes, downloaded ${sizes.join(", ")} bytes`,
      );
    return usage;
  }).finally(() => {
    server.closeAllConnections();
    server.close();
  });
}

async function writeProgram(
  folder: string,
  links: readonly string[],
  directory: string,
  concurrency: number,
  target: DownloadTarget,
): Promise<string> {
  const program = join(folder, "download.mjs");
  const runtime = join(toolkitFolder, "templates/runtime/node.ts");
  const contents = `import { writeFileSync } from "node:fs";
import { downloadLinks } from ${JSON.stringify(runtime)};
const sink = ({ name }) => {
  let size = 0;
  return new WritableStream({
    write: (chunk) => void (size += chunk.length),
    close: () => writeFileSync(${JSON.stringify(`${folder}/`)} + name, String(size)),
  });
};
const target = ${target === "sink" ? "{ sink }" : JSON.stringify({ directory })};
const files = await downloadLinks(${JSON.stringify(links)}, { ...target, concurrency: ${concurrency} });
if (files.some(({ skipped }) => skipped !== ${target === "existing"})) process.exit(1);`;
  await build({
    stdin: { contents, resolveDir: toolkitFolder },
    bundle: true,
    platform: "node",
    format: "esm",
    outfile: program,
  });
  return program;
}

/** Sends a body as fast as the client reads it. */
function send(response: ServerResponse, size: number): void {
  response.writeHead(200, { "Content-Length": size, ETag: '"made-up"' });
  Readable.from(chunksOf(size)).pipe(response);
}

function* chunksOf(size: number): Generator<Uint8Array> {
  const chunk = Buffer.alloc(2 ** 16, "redis");
  for (let left = size; left > 0; left -= chunk.length) yield chunk.subarray(0, left);
}
