import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "../build/build.js";
import { historyPath } from "../config-name.js";
import { Diagnostics, InputError } from "../diagnostic.js";
import { displayPath, fileProblem } from "../files.js";
import { generate } from "../generate.js";
import { load } from "../load.js";
import { packageName } from "../model/names.js";
import { versionOf } from "../versions.js";
import { conflict, findPublished, type Published, pack, publishTarball, type Tarball } from "./registry.js";
import { checkClean, openRepository, type Repository } from "./repository.js";

export interface PublishOptions {
  /** Specification folder. */
  readonly spec: string;
  /** Output folder. */
  readonly out: string;
  /** Whether packages that the registry does not have are published. */
  readonly first: boolean;
  /** Whether nothing is published and no tag is set. */
  readonly dryRun: boolean;
  /** Called after each package. */
  readonly log: (line: string) => void;
}

/** A version that is to be published. */
interface Pending {
  /** Name of the npm package. */
  readonly package: string;
  readonly version: string;
  /** Its Git tag. */
  readonly tag: string;
  readonly folder: string;
  readonly isCore: boolean;
}

/** Result of {@link publishRelease}. */
export interface PublishResult {
  /** Git tags that were set, or with `dryRun` would be. */
  readonly tags: readonly string[];
  /** Packages that were left out since the registry does not have them, or since it lacks their core package. */
  readonly left: readonly string[];
}

/**
 * Publishes every version without a Git tag, core first, and tags it then. What an interrupted run has published is only
 * tagged.
 *
 * @throws InputError if the working tree has changes, if the generated packages are not those of the specification, if a
 *   release is not prepared, or with what the registry says; everything that was published until then has its tag.
 */
export async function publishRelease(options: PublishOptions): Promise<PublishResult> {
  const { spec, out, first, dryRun, log } = options;
  const repository = await openRepository(spec);
  await checkClean(repository);
  await checkGenerated(spec, out);
  const pending = await findPending(repository, spec, out);
  const published = new Map<Pending, Published>();
  for (const one of pending) published.set(one, await findPublished(one.package, one.version));
  const isNew = (one: Pending) => published.get(one)?.state === "no-package" && !first;
  const lacksCore = pending.some((one) => one.isCore && isNew(one));
  const left = pending.filter((one) => isNew(one) || lacksCore);
  const chosen = pending.filter((one) => !left.includes(one));
  const leftNames = left.map((one) => one.package);
  if (dryRun || chosen.length === 0) return { tags: chosen.map(({ tag }) => tag), left: leftNames };

  const folder = await mkdtemp(join(tmpdir(), "actiongen-release-"));
  try {
    const tarballs = await packAll(out, chosen, folder);
    for (const one of chosen) {
      const [found, { integrity }] = [published.get(one), tarballs.get(one) as Tarball];
      if (found?.state === "published" && found.integrity !== integrity)
        throw conflict(one.package, one.version);
    }
    for (const one of chosen) {
      const isThere = published.get(one)?.state === "published";
      if (!isThere) await publishTarball(one.package, one.version, tarballs.get(one) as Tarball);
      await repository.git("tag", one.tag);
      log(`${one.package} ${one.version} ${isThere ? "was published before" : "published"}`);
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  return { tags: chosen.map(({ tag }) => tag), left: leftNames };
}

/** Reports generated packages that are not those of the specification. */
async function checkGenerated(spec: string, out: string): Promise<void> {
  const { written, removed } = await generate({ spec, out, check: true });
  const [file] = [...written, ...removed];
  if (file === undefined) return;
  const message = `is not what would be generated from ${displayPath(spec)}`;
  const help = "Run `generate`, and commit the result. Nothing was published.";
  throw new InputError([fileProblem("release-generated", join(out, file), message, help)]);
}

/** The versions without a tag, core first. @throws InputError with those that `release` has not prepared. */
async function findPending({ git }: Repository, spec: string, out: string): Promise<Pending[]> {
  const { brand, products, history } = await load(spec);
  const tags = new Set((await git("tag", "--list", `${brand.package.scope}/*`)).split("\n"));
  const diagnostics = new Diagnostics();
  const pending = ["core", ...products.map(({ name }) => name)].flatMap((name) => {
    const version = versionOf(brand.package, name);
    const own = packageName(brand.package.scope, name);
    const tag = `${own}@${version}`;
    if (tags.has(tag)) return [];
    if (history[name]?.[0]?.version !== version) {
      const message = `has no release ${version}, which is the version of ${name} in versions.json`;
      const help = "Run `release` first, and commit what it writes. Nothing was published.";
      diagnostics.add(fileProblem("release-unprepared", join(spec, historyPath(name)), message, help));
    }
    const folder = join(out, "packages", name);
    return [{ package: own, version, tag, folder, isCore: name === "core" }];
  });
  diagnostics.throwIfAny();
  return pending;
}

/** Builds and packs all, before the first is published. Core is built in any case: the others are compiled with it. */
async function packAll(
  out: string,
  packages: readonly Pending[],
  destination: string,
): Promise<Map<Pending, Tarball>> {
  const core = join(out, "packages/core");
  const folders = packages.map(({ folder }) => folder).filter((folder) => folder !== core);
  for (const folder of [core, ...folders]) await build({ out, package: folder });
  const tarballs = new Map<Pending, Tarball>();
  for (const one of packages) tarballs.set(one, await pack(one.folder, destination));
  return tarballs;
}
