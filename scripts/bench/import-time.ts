import { execFile } from "node:child_process";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { toolkitFolder } from "../toolkit.js";
import { inTemporaryFolder } from "./measure.js";

const run = promisify(execFile);

/** The only dependency of version 0.2.3 of the vendor's SDK, whose import cannot take less time than that of its dependency. */
const peer = "axios@0.21.4";

/**
 * Measures the imports of the built client and of what the vendor's SDK imports, each in processes of its own, in turn.
 *
 * @returns milliseconds of each round.
 * @throws Error if npm cannot install the peer, or the packages are not built.
 */
export async function importTimes(rounds: number): Promise<{ own: number[]; peers: number[] }> {
  return await inTemporaryFolder(async (folder) => {
    await run("npm", ["install", "--no-audit", "--no-fund", "--ignore-scripts", "--prefix", folder, peer]);
    const own: number[] = [];
    const peers: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      own.push(await importTime(join(toolkitFolder, "generated/packages/umem/dist/esm/index.js")));
      peers.push(await importTime(join(folder, "node_modules/axios/index.js")));
    }
    return { own, peers };
  });
}

/** @returns milliseconds. */
async function importTime(file: string): Promise<number> {
  const program = `
    const started = performance.now();
    await import(${JSON.stringify(pathToFileURL(file).href)});
    console.log(performance.now() - started);`;
  const { stdout } = await run(process.execPath, ["--input-type=module", "--eval", program]);
  return Number(stdout);
}
