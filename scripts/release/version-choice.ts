import semver from "semver";
import { highestBump } from "../diff/report.js";
import type { ReleasedChange } from "../model/release.js";
import { increment, nextPrerelease } from "./version.js";

/** The versions of a package that its next one depends on. */
export interface Versions {
  readonly name: string;
  /** Version of `versions.json`. */
  readonly current: string;
  /** The lowest stable version that it can get: that of `versions.json`, or `last` if an earlier run has computed that. */
  readonly wanted: string;
  /** Its last stable release; `""` if there is none. */
  readonly last: string;
  /** Every version that was released, also on other branches. */
  readonly used: readonly string[];
  /** Whether somebody has written the version of `versions.json`, since it was neither released nor computed. */
  readonly isWished: boolean;
}

/**
 * The version of a release: the last stable one, incremented for the changes, or the version of `versions.json` if that is
 * higher.
 *
 * @param report called if `versions.json` has a lower version than the changes need, or than the last one, and if another
 *   branch has released the version.
 */
export function choose(
  { name, current, wanted, last, used, isWished }: Versions,
  changes: readonly ReleasedChange[],
  prerelease: boolean,
  report: (message: string, help: string) => void,
): string {
  const bump = highestBump(changes) ?? "patch";
  const needed = last === "" ? wanted : increment(last, bump);
  if (isWished && semver.lt(wanted, needed)) {
    const reason =
      semver.lte(wanted, last || "0.0.0") && wanted !== last
        ? `${last}, which was released`
        : `${needed}: ${reasonOf(changes, bump)}`;
    report(
      `the version of ${name} is ${current}, lower than ${reason}`,
      `Write ${needed} or a higher version, or the version of the last release, ${last}, for the version to be computed.`,
    );
  }
  const target = semver.gt(wanted, needed) ? wanted : needed;
  if (used.includes(target))
    report(
      `the next version of ${name} is ${target}, but the tag of that version is not in the current branch`,
      "Merge the commit of the tag, or write a higher version.",
    );
  return prerelease ? nextPrerelease(target, used) : target;
}

/** The change that needs a bump. */
function reasonOf(changes: readonly ReleasedChange[], bump: string): string {
  const [first, ...more] = changes.filter((change) => change.bump === bump);
  if (first === undefined) return "its files have changed since the last release";
  const others = more.length === 0 ? "" : ` (and ${more.length} more)`;
  return `${first.action === "" ? "" : `${first.action}: `}${first.message}${others}`;
}
