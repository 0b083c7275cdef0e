import { existsSync } from "node:fs";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import ts from "typescript";
import { transpileFolder } from "../build/transpile.js";
import { Diagnostics } from "../diagnostic.js";
import { fileProblem } from "../files.js";
import { packageName } from "../model/names.js";
import type { CreateClient } from "./replay.js";

/** Generated clients, in a temporary folder until they are closed. */
export interface GeneratedClients {
  /** Factories of clients by product. */
  readonly createClient: ReadonlyMap<string, CreateClient>;
  close(): Promise<void>;
}

/** Exports of every package. Those of the generated ones depend on the conditions of this process. */
const manifest = { type: "module", exports: { ".": "./dist/esm/index.js", "./*": "./dist/esm/*.js" } };

/**
 * Imports generated clients from their sources, so that what is tested is what was generated, whether it is installed or
 * built or not.
 *
 * @param out output folder of `generate`.
 * @param scope npm scope of the packages.
 * @throws InputError with every product that has no package.
 */
export async function importClients(
  out: string,
  scope: string,
  products: readonly string[],
): Promise<GeneratedClients> {
  const sources = ["core", ...products].map((name) => ({ name, folder: join(out, "packages", name) }));
  const diagnostics = new Diagnostics();
  for (const { folder } of sources) {
    if (existsSync(join(folder, "src"))) continue;
    diagnostics.add(
      fileProblem("packages-missing", folder, "has no generated package", "Run `generate` first."),
    );
  }
  diagnostics.throwIfAny();

  const temporary = await mkdtemp(join(tmpdir(), "actiongen-clients-"));
  const close = () => rm(temporary, { recursive: true, force: true });
  const installed = (name: string) => join(temporary, "node_modules", packageName(scope, name));
  try {
    for (const { name, folder } of sources) {
      await mkdir(installed(name), { recursive: true });
      await writeFile(join(installed(name), "package.json"), JSON.stringify(manifest));
      await transpileFolder(join(folder, "src"), join(installed(name), "dist/esm"), ts.ModuleKind.ES2022);
    }
    const createClient = new Map<string, CreateClient>();
    for (const product of products) {
      const { href } = pathToFileURL(join(installed(product), "dist/esm/index.js"));
      createClient.set(product, (await import(href)).createClient);
    }
    return { createClient, close };
  } catch (error) {
    await close();
    throw error;
  }
}
