import semver from "semver";
import type { Bump } from "../diff/rules.js";

/** Name of prereleases in their versions, and their distribution tag: `1.3.0-next.0`. */
export const prereleaseName = "next";

/**
 * The next stable version. Below 1.0.0, as npm's caret ranges have it, a breaking change increments the minor part and any
 * other change the patch: `^0.2.0` is 0.2.x. Every change of 0.0.x increments the patch.
 */
export function increment(version: string, bump: Bump): string {
  const { major, minor, patch } = semver.parse(version, {}, true);
  if (major > 0 && bump === "major") return `${major + 1}.0.0`;
  if (major > 0 && bump === "minor") return `${major}.${minor + 1}.0`;
  if (major === 0 && minor > 0 && bump === "major") return `0.${minor + 1}.0`;
  return `${major}.${minor}.${patch + 1}`;
}

/** A version without its prerelease part: `1.3.0` for `1.3.0-next.0`. */
export function stable(version: string): string {
  const { major, minor, patch } = semver.parse(version, {}, true);
  return `${major}.${minor}.${patch}`;
}

export function isPrerelease(version: string): boolean {
  return semver.prerelease(version) !== null;
}

/** The first prerelease of a version that is not in use. @param used versions. */
export function nextPrerelease(version: string, used: readonly string[]): string {
  let number = 0;
  while (used.includes(`${version}-${prereleaseName}.${number}`)) number++;
  return `${version}-${prereleaseName}.${number}`;
}
