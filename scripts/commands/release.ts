import { UsageError } from "../diagnostic.js";
import { displayPath } from "../files.js";
import { notesName } from "../release/changelogs.js";
import type { PlannedRelease, ReleasePlan } from "../release/plan.js";
import { prepareRelease } from "../release/prepare.js";
import { publishRelease, type TaggedPackage } from "../release/publish.js";
import { oneLine } from "../text.js";
import { commandLine } from "../toolkit.js";
import { shellArgument } from "./command-line.js";
import { count } from "./printing.js";

interface ReleaseOptions {
  readonly spec: string;
  readonly out: string;
  readonly dryRun: boolean;
  readonly prerelease: boolean;
  readonly date?: string;
  readonly publish: boolean;
  readonly first: boolean;
}

/**
 * Prepares a release, or publishes the one that was prepared, and prints what it contains.
 *
 * @returns whether nothing is left to do by hand.
 */
export async function runRelease(options: ReleaseOptions): Promise<boolean> {
  const { publish, first, prerelease, date } = options;
  if (publish && (prerelease || date !== undefined))
    throw new UsageError("error: --prerelease and --date are for preparing a release, not for --publish.");
  if (first && !publish) throw new UsageError("error: --first requires --publish.");
  if (publish) return await runPublish(options);
  const plan = await prepareRelease(options);
  printPlan(plan);
  if (!options.dryRun && plan.releases.length > 0) {
    console.log(`\nWrote versions, history, changelogs and ${displayPath(options.out)}/${notesName}.`);
    console.log(`Review and commit them, then run \`${commandLine} release --publish\`.`);
  }
  return true;
}

function printPlan({ releases, unchanged, removed }: ReleasePlan): void {
  for (const release of releases) printRelease(release);
  if (releases.length === 0) console.log("No package has changed since its last release.");
  else if (unchanged.length > 0) console.log(`${count(unchanged.length, "package")} without changes.`);
  for (const name of removed)
    console.log(`${name} has no documents any more: \`npm deprecate ${name} "<reason>"\` warns its users.`);
}

function printRelease({ package: name, last, version, changes }: PlannedRelease): void {
  console.log(`${name} ${last === "" ? "(first release)" : last} → ${version}`);
  for (const { action, message, bump, review } of changes) {
    const kind = review ? `${bump}, to review` : bump;
    console.log(`  ${kind}: ${oneLine(action === "" ? message : `${action}: ${message}`)}`);
  }
}

async function runPublish(options: ReleaseOptions): Promise<boolean> {
  const set: string[] = [];
  const onTagged = ({ package: name, version, tag, isEarlier }: TaggedPackage) => {
    set.push(tag);
    console.log(`${name} ${version} ${isEarlier ? "was published before" : "published"}`);
  };
  // Also after a failure: the next run does not set these tags again.
  const { tags, left } = await publishRelease({ ...options, onTagged }).finally(() => {
    if (set.length > 0)
      console.log(`\nPush the tags:\n  git push origin ${set.map(shellArgument).join(" ")}`);
  });
  if (tags.length + left.length === 0) console.log("Nothing to publish: every version has its tag.");
  else if (options.dryRun) for (const tag of tags) console.log(`would publish ${tag}`);
  if (left.length === 0) return true;
  console.error(
    `Not published, since the registry has no package of that name, or no core package: ${left.join(", ")}`,
  );
  console.error(
    `  help: Publish new packages by hand, with an account of the scope: \`${commandLine} release --publish --first\`.`,
  );
  return false;
}
