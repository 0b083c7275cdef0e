import { posix } from "node:path";
import semver from "semver";
import { historyPath } from "../config-name.js";
import { Diagnostics, InputError } from "../diagnostic.js";
import { fileProblem } from "../files.js";
import type { Repository } from "../git.js";
import { type LoadedModel, load } from "../load.js";
import { packageName } from "../model/names.js";
import type { Release, ReleasedChange } from "../model/release.js";
import { pathInRepository } from "../output/repository-path.js";
import { compare } from "../text.js";
import { versionLocation } from "../versions.js";
import { type Candidate, candidateOf } from "./candidate.js";
import { coreVersion } from "./changes.js";
import { differencesSince } from "./differences.js";
import { differs, packageFiles } from "./package-contents.js";
import { openRepository, type ReleaseTag, releaseTags } from "./repository.js";
import { choose } from "./version-choice.js";

export interface PlanOptions {
  /** Specification folder. */
  readonly spec: string;
  /** Output folder. */
  readonly out: string;
  /** Whether the versions are prereleases. */
  readonly prerelease: boolean;
}

/** A version of a package that is to be released. */
export interface PlannedRelease {
  /** Name of the package's folder: `core`, or that of a product. */
  readonly name: string;
  /** Name of the npm package. */
  readonly package: string;
  /** Its last stable release; `""` if there is none. */
  readonly last: string;
  readonly version: string;
  /** Version of the core package that a product depends on; `""` for the core package. */
  readonly core: string;
  /** Changes since the last stable release; empty for the first one. */
  readonly changes: readonly ReleasedChange[];
  /** Its history until now. */
  readonly kept: readonly Release[];
}

/** What a release contains. */
export interface ReleasePlan {
  readonly repository: Repository;
  readonly model: LoadedModel;
  /** Packages that have changed, core first. */
  readonly releases: readonly PlannedRelease[];
  /** Packages whose files are those of their last release. */
  readonly unchanged: readonly Pick<PlannedRelease, "name" | "version" | "kept">[];
  /** npm packages that were released, and whose products do not exist any more. */
  readonly removed: readonly string[];
}

/**
 * Decides which packages have changed since their last release, and the version of each. Writes nothing.
 *
 * @throws InputError with the problems of the specification and the repository, and with each version that is too low.
 */
export async function planRelease({ spec, out, prerelease }: PlanOptions): Promise<ReleasePlan> {
  const repository = await openRepository(spec);
  const model = await load(spec);
  const { scope } = model.brand.package;
  const tags = await releaseTags(repository, scope);
  const names = ["core", ...model.products.map(({ name }) => name)];
  checkTags(spec, model, tags);
  const candidates = names.map((name) => candidateOf(name, model, tags.get(name) ?? [], prerelease));
  const folder = outputPathOf(out, repository);
  const files = await packageFiles(model, folder, candidates);
  const changed: Candidate[] = [];
  for (const candidate of candidates) {
    const { name, reference } = candidate;
    const path = posix.join(folder, "packages", name);
    if (!reference || (await differs(repository, reference.commit, path, files.get(name) ?? [])))
      changed.push(candidate);
  }
  const changes = await differencesSince({ repository, spec, folder, files }, changed);
  const decided = await decide(candidates, changed, changes, { spec, scope, prerelease });
  const removed = [...tags].filter(([name, own]) => !names.includes(name) && own.some((tag) => tag.isMerged));
  return {
    repository,
    model,
    ...decided,
    removed: removed.map(([name]) => packageName(scope, name)).sort(compare),
  };
}

/** Reports releases without a tag: only the newest one can be prepared and not published yet. @throws InputError */
function checkTags(
  spec: string,
  { brand, history }: LoadedModel,
  tags: ReadonlyMap<string, readonly ReleaseTag[]>,
): void {
  const diagnostics = new Diagnostics();
  for (const [name, [, published]] of Object.entries(history)) {
    const isTagged = tags.get(name)?.some((tag) => tag.isMerged && tag.version === published?.version);
    if (published === undefined || isTagged) continue;
    const tag = `${packageName(brand.package.scope, name)}@${published.version}`;
    const message = `has a release ${published.version}, but the current branch has no tag ${tag}`;
    const help = "Run `git fetch --tags`. If the tag is on another branch, merge its commit.";
    diagnostics.add(fileProblem("release-tag", posix.join(spec, historyPath(name)), message, help));
  }
  diagnostics.throwIfAny();
}

/** Chooses versions: that of core first, since products depend on it. @throws InputError with each that is too low. */
async function decide(
  candidates: readonly Candidate[],
  changed: readonly Candidate[],
  changes: ReadonlyMap<string, readonly ReleasedChange[]>,
  { spec, scope, prerelease }: Pick<PlanOptions, "spec" | "prerelease"> & { readonly scope: string },
): Promise<Pick<ReleasePlan, "releases" | "unchanged">> {
  const problems: { name: string; message: string; help: string }[] = [];
  const [releases, unchanged]: [PlannedRelease[], ReleasePlan["unchanged"][number][]] = [[], []];
  let core = "";
  for (const candidate of candidates) {
    const { name, reference, current, last, kept } = candidate;
    const report = (message: string, help: string) => problems.push({ name, message, help });
    const incompatible = incompatibleCore(kept, packageName(scope, "core"), core);
    const isReleased = changed.includes(candidate) || candidate.isWished || incompatible.length > 0;
    const own = [...incompatible, ...(changes.get(name) ?? [])];
    const version = isReleased ? choose(candidate, own, prerelease, report) : (reference?.version ?? current);
    if (isReleased)
      releases.push({ name, package: packageName(scope, name), last, version, core, changes: own, kept });
    else unchanged.push({ name, version, kept });
    if (name === "core") core = version;
  }
  const diagnostics = new Diagnostics();
  for (const { name, ...problem } of problems)
    diagnostics.add({ code: "release-version", ...(await versionLocation(spec, name)), ...problem });
  diagnostics.throwIfAny();
  return { releases, unchanged };
}

/** The change of a product whose last release depends on a core that the new one is not compatible with. */
function incompatibleCore([latest]: readonly Release[], core: string, version: string): ReleasedChange[] {
  const before = latest?.core ?? "";
  if (before === "" || semver.satisfies(version, `^${before}`, { includePrerelease: true })) return [];
  return [coreVersion(core, before, version)];
}

function outputPathOf(out: string, { root }: Repository): string {
  const path = pathInRepository(out);
  if (path !== undefined) return path;
  const message = `is not in the Git repository ${root}, whose tags have the last releases of the packages`;
  const help = "Choose a folder in the repository with --out, and commit it.";
  throw new InputError([fileProblem("release-output", out, message, help)]);
}
