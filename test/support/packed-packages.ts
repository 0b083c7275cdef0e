import { execFile } from "node:child_process";
import { readdir, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

/** Installs the packed packages into an empty folder, as a consumer would. Uses no network. */
export async function installPackedPackages(folder: string): Promise<void> {
  const generated = (await readdir("generated/packages")).map((name) => `generated/packages/${name}`);
  const packages = [...generated, "node_modules/openapi-fetch", "node_modules/openapi-typescript-helpers"];
  const pack = ["pack", "--json", "--ignore-scripts", "--pack-destination", folder];
  const { stdout } = await run("npm", [...pack, ...packages.map((path) => resolve(path))]);
  const tarballs = Object.values(JSON.parse(stdout) as Record<string, { filename: string }>).map(
    ({ filename }) => join(folder, filename),
  );
  await writeFile(join(folder, "package.json"), '{ "name": "consumer", "private": true }\n');
  await run("npm", ["install", "--offline", "--no-audit", "--no-fund", ...tarballs], { cwd: folder });
}
