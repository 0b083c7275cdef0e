import semver from "semver";
import { highestBump } from "../diff/report.js";
import type { LoadedModel } from "../load.js";
import type { Release } from "../model/release.js";
import { versionOf } from "../versions.js";
import type { ReleaseTag } from "./repository.js";
import { increment, isPrerelease, stable } from "./version.js";
import type { Versions } from "./version-choice.js";

/** What is known of a package before it is decided whether it is released. */
export interface Candidate extends Versions {
  /** The release that its files are compared with; `undefined` if there is none. */
  readonly reference: ReleaseTag | undefined;
  /** The last stable release; `undefined` if there is none. */
  readonly stableTag: ReleaseTag | undefined;
  /** Its history until the reference. */
  readonly kept: readonly Release[];
}

/**
 * Creates a candidate.
 *
 * @param name `core`, or that of a product.
 * @param tags of its releases, the highest version first. What it is compared with is in the current commit.
 * @param prerelease whether it is compared with its last prerelease, if that is later than its last stable release.
 */
export function candidateOf(
  name: string,
  { brand, history }: LoadedModel,
  tags: readonly ReleaseTag[],
  prerelease: boolean,
): Candidate {
  const merged = tags.filter(({ isMerged }) => isMerged);
  const stableTag = merged.find(({ version }) => !isPrerelease(version));
  const reference = prerelease ? merged[0] : stableTag;
  const releases = history[name] ?? [];
  const isKept = ({ version }: Release) =>
    reference !== undefined &&
    semver.lte(version, reference.version) &&
    (!isPrerelease(version) || version === reference.version);
  const current = versionOf(brand.package, name);
  const last = stableTag?.version ?? "";
  const used = tags.map(({ version }) => version);
  const prepared = releases.find((release) => !isKept(release) && release.version === current);
  const isComputed = prepared !== undefined && last !== "" && isNeeded(prepared, last);
  return {
    name,
    reference,
    stableTag,
    kept: releases.filter(isKept),
    current,
    wanted: isComputed ? last : stable(current),
    last,
    used,
    isWished: reference !== undefined && !used.includes(current) && !isComputed,
  };
}

/** Whether the version of a release is the lowest that its changes allow. */
function isNeeded({ version, changes }: Release, last: string): boolean {
  const bump = highestBump(changes);
  return bump !== undefined && stable(version) === increment(last, bump);
}
