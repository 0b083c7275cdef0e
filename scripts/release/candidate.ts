import semver from "semver";
import type { LoadedModel } from "../load.js";
import type { Release } from "../model/api-model.js";
import { versionOf } from "../versions.js";
import type { ReleaseTag } from "./repository.js";
import { isPrerelease } from "./version.js";
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
 * @param tags of its releases, the highest version first.
 * @param prerelease whether it is compared with its last prerelease, if that is later than its last stable release.
 */
export function candidateOf(
  name: string,
  { brand, history }: LoadedModel,
  tags: readonly ReleaseTag[],
  prerelease: boolean,
): Candidate {
  const stableTag = tags.find(({ version }) => !isPrerelease(version));
  const reference = prerelease ? tags[0] : stableTag;
  const releases = history[name] ?? [];
  const isKept = ({ version }: Release) =>
    reference !== undefined &&
    semver.lte(version, reference.version) &&
    (!isPrerelease(version) || version === reference.version);
  const current = versionOf(brand.package, name);
  const prepared = releases.filter((release) => !isKept(release)).map(({ version }) => version);
  const used = tags.map(({ version }) => version);
  return {
    name,
    reference,
    stableTag,
    kept: releases.filter(isKept),
    current,
    last: stableTag?.version ?? "",
    used,
    isWished: reference !== undefined && ![...used, ...prepared].includes(current),
  };
}
