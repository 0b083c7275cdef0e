import { mkdtemp, readdir, rm, stat, writeFile } from "node:fs/promises";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { CommandError, measure, type Usage } from "./child.js";
import { table } from "./table.js";

const entry = fileURLToPath(new URL("../../templates/runtime/node.ts", import.meta.url));

/** Measures a download and prints the figures, and how they stand to their limit. */
export async function benchDownload(options: {
  readonly files: number;
  readonly megabytes: number;
  readonly concurrency: number;
}): Promise<void> {
  const { files, megabytes, concurrency } = options;
  const { wallSeconds, cpuSeconds, peakMegabytes } = await measureDownload(
    files,
    megabytes * 2 ** 20,
    concurrency,
  );
  const rows = [
    ["wall time", `${wallSeconds.toFixed(2)} s`, ""],
    ["CPU time", `${cpuSeconds.toFixed(2)} s`, ""],
    ["peak memory (at most 100 MB)", `${peakMegabytes.toFixed(0)} MB`, peakMegabytes < 100 ? "pass" : "over"],
  ];
  console.log(table([`${files} x ${megabytes} MiB, ${concurrency} at once`, "", ""], rows));
}

/**
 * Downloads made-up files from a server on loopback, in a process of its own that has nothing else to do.
 *
 * @param size of each file, in bytes.
 * @throws CommandError where not every byte arrived.
 */
export async function measureDownload(files: number, size: number, concurrency: number): Promise<Usage> {
  const folder = await mkdtemp(join(tmpdir(), "actiongen-bench-"));
  const server = createServer((_, response) => send(response, size));
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  try {
    const { port } = server.address() as AddressInfo;
    const links = Array.from({ length: files }, (_, index) => `http://127.0.0.1:${port}/shard-${index}.rdb`);
    const program = await writeProgram(folder, links, concurrency);
    const usage = await measure([program]);
    const names = await readdir(join(folder, "files"));
    const sizes = await Promise.all(
      names.map(async (name) => (await stat(join(folder, "files", name))).size),
    );
    if (sizes.length !== files || sizes.some((one) => one !== size))
      throw new CommandError(`the files have ${sizes.join(", ")} bytes, not ${size} each`);
    return usage;
  } finally {
    server.closeAllConnections();
    server.close();
    await rm(folder, { recursive: true, force: true });
  }
}

async function writeProgram(folder: string, links: readonly string[], concurrency: number): Promise<string> {
  const program = join(folder, "download.mjs");
  await build({
    entryPoints: [entry],
    bundle: true,
    platform: "node",
    format: "esm",
    outfile: join(folder, "node.mjs"),
  });
  const options = { directory: join(folder, "files"), concurrency };
  await writeFile(
    program,
    `import { downloadLinks } from "./node.mjs";\nawait downloadLinks(${JSON.stringify(links)}, ${JSON.stringify(options)});\n`,
  );
  return program;
}

const piece = Buffer.alloc(2 ** 16, "redis");

/** Sends as fast as it is read. */
function send(response: ServerResponse, size: number): void {
  response.writeHead(200, { "Content-Length": size, ETag: '"made-up"' });
  let left = size;
  const more = () => {
    while (left > 0) {
      const length = Math.min(left, piece.length);
      left -= length;
      if (!response.write(piece.subarray(0, length))) return;
    }
    response.end();
  };
  response.on("drain", more);
  more();
}
