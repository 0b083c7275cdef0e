import { posix } from "node:path";
import { changesBetween } from "../diff/between.js";
import { highestBump } from "../diff/report.js";
import type { Repository } from "../git.js";
import type { GeneratedFile } from "../model/api-model.js";
import type { ReleasedChange } from "../model/release.js";
import { exportChanges, generatedCode, releasedChange } from "./changes.js";
import { filesOfCommit, type ReleaseTag } from "./repository.js";

/** The current state of what was released. */
interface Current {
  readonly repository: Repository;
  readonly spec: string;
  /** Path of the output folder in the repository. */
  readonly folder: string;
  /** Files of each package, by the name of its folder. */
  readonly files: ReadonlyMap<string, readonly GeneratedFile[]>;
}

/**
 * The changes of packages whose files have changed, each since its last stable release.
 *
 * @param packages with their last stable release; one without has no changes.
 * @returns changes by the name of the package's folder.
 */
export async function differencesSince(
  current: Current,
  packages: readonly { readonly name: string; readonly stableTag: ReleaseTag | undefined }[],
): Promise<Map<string, ReleasedChange[]>> {
  const byCommit = new Map<string, string[]>();
  for (const { name, stableTag } of packages) {
    if (stableTag === undefined) continue;
    byCommit.set(stableTag.commit, [...(byCommit.get(stableTag.commit) ?? []), name]);
  }
  const found = new Map<string, ReleasedChange[]>();
  for (const [commit, names] of byCommit) {
    const changes = await changesBetween(commit, current.spec, current.spec);
    for (const name of names) {
      // What concerns all packages concerns each that has changed.
      const own = changes.filter(({ product }) => product === "" || product === name).map(releasedChange);
      const exports = await exportsSince(current, commit, name);
      const all = [...own, ...unexplained(exports, name === "core" ? [] : own)];
      found.set(name, all.length > 0 ? all : [generatedCode]);
    }
  }
  return found;
}

/**
 * The changes of exports that changes of the model cannot be the reason for, but another version of the toolkit: those that need
 * a higher version.
 */
function unexplained(
  exports: readonly ReleasedChange[],
  own: readonly ReleasedChange[],
): readonly ReleasedChange[] {
  const explained = highestBump(own);
  return exports.filter((change) => own.length === 0 || highestBump([...own, change]) !== explained);
}

/** The changes of a package's list of exports. */
async function exportsSince(
  { repository, folder, files }: Current,
  commit: string,
  name: string,
): Promise<ReleasedChange[]> {
  const path = posix.join(folder, "packages", name);
  const released = await filesOfCommit(repository, commit, path);
  const after = files.get(name)?.find((file) => file.path === "api.md")?.content;
  if (!released.has("api.md") || after === undefined) return [];
  return exportChanges(await repository.git("show", `${commit}:${path}/api.md`), after);
}
