import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { build } from "../build/build.js";
import { historyPath } from "../config-name.js";
import { Diagnostics, InputError } from "../diagnostic.js";
import { displayPath, fileProblem } from "../files.js";
import { generate } from "../generate.js";
import { GitError, openGit, type Repository } from "../git.js";
import { load } from "../load.js";
import { packageName } from "../model/names.js";
import type { Release } from "../model/release.js";
import { versionOf } from "../versions.js";
import { planRelease } from "./plan.js";
import { conflict, findPublished, type Published, pack, publishTarball, type Tarball } from "./registry.js";
import { checkClean, openRepository, releaseTags } from "./repository.js";
import { isPrerelease } from "./version.js";

export interface PublishOptions {
  /** Specification folder. */
  readonly spec: string;
  /** Output folder. */
  readonly out: string;
  /** Whether packages that the registry does not have are published. */
  readonly first: boolean;
  /** Whether nothing is published and no tag is set. */
  readonly dryRun: boolean;
  /** Called when a package is published and tagged. */
  readonly onTagged: (tagged: TaggedPackage) => void;
}

/** A package that is published, and whose Git tag was set. */
export interface TaggedPackage {
  /** Name of the npm package. */
  readonly package: string;
  readonly version: string;
  readonly tag: string;
  /** Whether an earlier run published it. */
  readonly isEarlier: boolean;
}

/** A version that is to be published. */
interface Pending {
  /** Name of the package's folder: `core`, or that of a product. */
  readonly name: string;
  /** Name of the npm package. */
  readonly package: string;
  readonly version: string;
  /** Its Git tag. */
  readonly tag: string;
  readonly folder: string;
  /** The release that was prepared; `undefined` if it is of another version. */
  readonly prepared: Release | undefined;
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
  const { spec, out, first, dryRun, onTagged } = options;
  const repository = await openRepository(spec);
  const head = await repository.git("rev-parse", "HEAD");
  await checkClean(repository);
  await checkGenerated(spec, out);
  const pending = await findPending(repository, spec, out);
  await checkPrepared(pending, spec, out);
  const published = new Map<Pending, Published>();
  for (const one of pending) published.set(one, await findPublished(one.package, one.version));
  const isNew = (one: Pending) => published.get(one)?.state === "no-package" && !first;
  const lacksCore = pending.some((one) => one.name === "core" && isNew(one));
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
      const found = published.get(one) as Published;
      const isEarlier = found.state === "published";
      if (!isEarlier) await publishTarball(one.package, one.version, tarballs.get(one) as Tarball, found);
      await setTag(repository, one, head);
      onTagged({ ...one, isEarlier });
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

/** The versions without a tag in the current commit, core first. */
async function findPending(repository: Repository, spec: string, out: string): Promise<Pending[]> {
  const { brand, products, history } = await load(spec);
  const tags = await releaseTags(repository, brand.package.scope);
  return ["core", ...products.map(({ name }) => name)].flatMap((name) => {
    const version = versionOf(brand.package, name);
    if (tags.get(name)?.some((tag) => tag.isMerged && tag.version === version)) return [];
    const own = packageName(brand.package.scope, name);
    const prepared = history[name]?.find((release) => release.version === version);
    const folder = join(out, "packages", name);
    return [{ name, package: own, version, tag: `${own}@${version}`, folder, prepared }];
  });
}

/** Reports versions that `release` has not prepared, or for other changes. @throws InputError */
async function checkPrepared(pending: readonly Pending[], spec: string, out: string): Promise<void> {
  const diagnostics = new Diagnostics();
  const report = (name: string, message: string, help: string) =>
    diagnostics.add(fileProblem("release-unprepared", join(spec, historyPath(name)), message, help));
  for (const { name, version, prepared } of pending) {
    if (prepared !== undefined) continue;
    const message = `has no release ${version}, which is the version of ${name} in versions.json`;
    report(name, message, "Run `release` first, and commit what it writes. Nothing was published.");
  }
  diagnostics.throwIfAny();
  for (const prerelease of new Set(pending.map(({ version }) => isPrerelease(version)))) {
    const { releases } = await planRelease({ spec, out, prerelease });
    for (const { name, version, prepared } of pending) {
      if (isPrerelease(version) !== prerelease) continue;
      const planned = releases.find((one) => one.name === name);
      if (planned?.version === version && isDeepStrictEqual(planned.changes, prepared?.changes)) continue;
      const now = planned === undefined ? "no release is needed" : `the next version is ${planned.version}`;
      const message = `has a release ${version} that was prepared for other changes: ${now}`;
      report(name, message, "Run `release` again, and commit what it writes. Nothing was published.");
    }
  }
  diagnostics.throwIfAny();
}

/** Tags what was published. Without a signature: Git could ask for a message or a passphrase. @throws InputError */
async function setTag(
  { root }: Repository,
  { package: name, version, tag }: Pending,
  commit: string,
): Promise<void> {
  const tagged = openGit(root).then(({ git }) => git("tag", "--no-sign", tag, commit));
  await tagged.catch((error) => {
    if (!(error instanceof GitError)) throw error;
    const message = `is published, but Git has not set its tag: ${error.message}`;
    const help = "Nothing is published twice: run `release --publish` again, which sets the tag.";
    throw new InputError([{ code: "release-tag", file: `${name}@${version}`, line: 0, message, help }]);
  });
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
  for (const one of packages) tarballs.set(one, await pack(one, destination));
  return tarballs;
}
