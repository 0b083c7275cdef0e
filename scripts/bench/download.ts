import { mkdtemp, readdir, rm, stat, writeFile } from "node:fs/promises";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";
import { toolkitFolder } from "../toolkit.js";
import { CommandError, measure, type Usage } from "./measure.js";
import { checkTable, table } from "./table.js";

const entry = join(toolkitFolder, "templates/runtime/node.ts");

/** Measures a download and prints the figures and how they compare with their limit. */
export async function benchDownload(options: {
  readonly files: number;
  readonly megabytes: number;
  readonly concurrency: number;
}): Promise<void> {
  const { files, megabytes, concurrency } = options;
  const usage = await measureDownload(files, megabytes * 2 ** 20, concurrency);
  const title = `${files} x ${megabytes} MiB, ${concurrency} at the same time`;
  console.log(
    `${table([title, "wall s", "CPU s"], [["", usage.wallSeconds.toFixed(2), usage.cpuSeconds.toFixed(2)]])}\n`,
  );
  console.log(checkTable([{ name: "peak memory", figure: usage.peakMegabytes, limit: 100, unit: "MB" }]));
}

/**
 * Measures a process that downloads generated files from a local server.
 *
 * @param size size of each file in bytes.
 * @throws CommandError if bytes are missing.
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
      throw new CommandError(
        `expected ${files} files of ${size} bytes, downloaded ${sizes.join(", ")} bytes`,
      );
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

/** Sends a body as fast as the client reads it. */
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
