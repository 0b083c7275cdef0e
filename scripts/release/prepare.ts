import { historyPath, versionsName } from "../config-name.js";
import { generate } from "../generate.js";
import { printHistory } from "../history.js";
import type { GeneratedFile } from "../model/api-model.js";
import type { Release } from "../model/release.js";
import { pathInRepository } from "../output/repository-path.js";
import { writeAll } from "../output/write.js";
import { printVersions } from "../versions.js";
import { changelogFiles, type Histories } from "./changelogs.js";
import { type PlannedRelease, type PlanOptions, planRelease, type ReleasePlan } from "./plan.js";
import { checkClean } from "./repository.js";
import { isPrerelease } from "./version.js";

export interface PrepareOptions extends PlanOptions {
  /** Date of the release, `2026-11-27`. Default: that of the release that was prepared already, else today. */
  readonly date?: string;
  /** Whether nothing is written. */
  readonly dryRun: boolean;
}

/**
 * Prepares a release: writes the versions, the history and the changelogs of the packages that have changed, and generates
 * them again. The result is to be committed. A second run, before the release is published, replaces what the first one wrote.
 *
 * @throws InputError with every problem. Then the versions and the changelogs are as before, or, if the output could not be
 *   written, a second run completes them.
 */
export async function prepareRelease(options: PrepareOptions): Promise<ReleasePlan> {
  const { spec, out, dryRun } = options;
  const plan = await planRelease(options);
  if (dryRun) return plan;
  // What a release writes itself, so that it can be prepared again; the repository itself also has other files.
  const own = [`${spec}/${versionsName}`, `${spec}/history`, out].flatMap(
    (path) => pathInRepository(path) || [],
  );
  await checkClean(plan.repository, own);
  const date = options.date ?? dateOf(plan);
  const histories = historiesOf(plan, date);
  const changelogs = await changelogFiles(out, plan, histories, date);
  // Reports what generation refuses before anything is written.
  await generate({ spec, out, check: false });
  await writeAll(spec, specificationFiles(plan, histories));
  await generate({ spec, out, check: false });
  await writeAll(out, changelogs);
  return plan;
}

function historiesOf({ releases, unchanged }: ReleasePlan, date: string): Histories {
  return new Map([
    ...releases.map((planned) => [planned.name, [releaseOf(planned, date), ...stableOf(planned)]] as const),
    ...unchanged.map(({ name, kept }) => [name, kept] as const),
  ]);
}

function releaseOf({ version, core, changes }: PlannedRelease, date: string): Release {
  return { version, date, core, changes };
}

/** A release replaces the prereleases before it. */
function stableOf({ kept }: PlannedRelease): Release[] {
  return kept.filter(({ version }) => !isPrerelease(version));
}

/** A release that is prepared again keeps its date. */
function dateOf({ model, releases }: ReleasePlan): string {
  const before = releases.flatMap(({ name, version }) =>
    (model.history[name] ?? []).filter((release) => release.version === version),
  );
  return before[0]?.date ?? new Date().toISOString().slice(0, 10);
}

function specificationFiles(plan: ReleasePlan, histories: Histories): GeneratedFile[] {
  const { model, releases, unchanged } = plan;
  const planned = [...releases, ...unchanged].map(({ name, version }) => [name, version] as const);
  const versions = { ...model.brand.package.versions, ...Object.fromEntries(planned) };
  const isNew = ([name, list]: [string, readonly Release[]]) =>
    list.length > 0 || (model.history[name] ?? []).length > 0;
  return [
    { path: versionsName, content: printVersions(versions) },
    ...[...histories].filter(isNew).map(([name, list]) => ({
      path: historyPath(name),
      content: printHistory(list),
    })),
  ];
}
