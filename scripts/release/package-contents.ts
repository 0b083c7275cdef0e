import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { emitCore } from "../emit/core.js";
import { emitProductPackage, readTemplates } from "../emit/index.js";
import type { Repository } from "../git.js";
import type { LoadedModel } from "../load.js";
import type { Brand, GeneratedFile } from "../model/api-model.js";
import { summarize } from "../model/summary.js";
import type { Candidate } from "./candidate.js";
import { filesOfCommit } from "./repository.js";

/** Name of a package's changelog, which `release` writes into its folder. */
export const changelogName = "CHANGELOG.md";

/**
 * The files of every package as they would be generated with the version and the history of its last release.
 *
 * @param outputPath path of the output folder in the repository.
 * @param released packages with these.
 * @returns files by name of the package's folder; their paths are relative to it.
 */
export async function packageFiles(
  { brand, products }: LoadedModel,
  outputPath: string,
  released: readonly Pick<Candidate, "name" | "reference" | "current" | "kept">[],
): Promise<Map<string, GeneratedFile[]>> {
  const versions = Object.fromEntries(
    released.map(({ name, reference, current }) => [name, reference?.version ?? current]),
  );
  const own: Brand = { ...brand, package: { ...brand.package, versions, outputPath } };
  const templates = await readTemplates(own);
  const historyOf = (name: string) => released.find((one) => one.name === name)?.kept ?? [];
  const files = new Map([["core", inFolder("core", await emitCore(own, templates))]]);
  const withHistory = products.map((product) => ({ ...product, history: historyOf(product.name) }));
  const summaries = withHistory.map((product) => summarize(product, own));
  for (const product of withHistory) {
    const emitted = await emitProductPackage(own, product, summaries, templates);
    files.set(product.name, inFolder(product.name, emitted));
  }
  return files;
}

function inFolder(name: string, files: readonly GeneratedFile[]): GeneratedFile[] {
  const folder = `packages/${name}/`;
  return files
    .filter(({ path }) => path.startsWith(folder))
    .map(({ path, content }) => ({ path: path.slice(folder.length), content }));
}

/**
 * Whether a package differs from that of a commit in any file but its changelog.
 *
 * @param folder of the package in the repository.
 */
export async function differs(
  repository: Repository,
  commit: string,
  folder: string,
  files: readonly GeneratedFile[],
): Promise<boolean> {
  const released = await filesOfCommit(repository, commit, folder);
  released.delete(changelogName);
  const isSame = ({ path, content }: GeneratedFile) => isBlob(released.get(path), Buffer.from(content));
  if (!files.every(isSame)) return true;
  const emitted = new Set(files.map(({ path }) => path));
  // Files that somebody added beside the generated ones.
  return [...released].some(([path, hash]) => {
    const file = join(repository.root, folder, path);
    return !emitted.has(path) && !(existsSync(file) && isBlob(hash, readFileSync(file)));
  });
}

/** Whether Git has a content under a hash. */
function isBlob(hash: string | undefined, content: Buffer): boolean {
  if (hash === undefined) return false;
  const algorithm = hash.length === 40 ? "sha1" : "sha256";
  return createHash(algorithm).update(`blob ${content.length}\0`).update(content).digest("hex") === hash;
}
