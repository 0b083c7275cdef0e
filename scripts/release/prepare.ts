import { posix } from "node:path";
import { historyPath, versionsName } from "../config-name.js";
import { Diagnostics } from "../diagnostic.js";
import { displayPath, readIfThere } from "../files.js";
import { generate } from "../generate.js";
import { printHistory } from "../history.js";
import type { GeneratedFile, Release } from "../model/api-model.js";
import { packageName } from "../model/names.js";
import { pathInRepository } from "../output/repository-path.js";
import { writeAll } from "../output/write.js";
import { compare } from "../text.js";
import { printVersions } from "../versions.js";
import { type PackageRelease, releaseTexts } from "./notes.js";
import { changelogName } from "./package-contents.js";
import { type PlannedRelease, type PlanOptions, planRelease, type ReleasePlan } from "./plan.js";
import { checkClean } from "./repository.js";
import { putSection, type Section } from "./sections.js";
import { isPrerelease } from "./version.js";

/** Release notes of the last release, in the output folder. */
export const notesName = "RELEASE.md";

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
 * @throws InputError with every problem; then nothing was written.
 */
export async function prepareRelease(options: PrepareOptions): Promise<ReleasePlan> {
  const { spec, out, dryRun } = options;
  const plan = await planRelease(options);
  if (dryRun) return plan;
  // What a release writes itself, so that it can be prepared again.
  const own = [`${spec}/${versionsName}`, `${spec}/history`, out].flatMap(
    (path) => pathInRepository(path) ?? [],
  );
  await checkClean(plan.repository, own);
  const date = options.date ?? dateOf(plan);
  const histories = historiesOf(plan, date);
  const texts = await markdownFiles(out, plan, histories, date);
  await writeAll(spec, specificationFiles(plan, histories));
  await generate({ spec, out, check: false });
  await writeAll(out, texts);
  return plan;
}

/** The history of each package that still exists, with the release. */
type Histories = ReadonlyMap<string, readonly Release[]>;

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

/** Releases that an earlier run has prepared, and that this one replaces. */
function replaced({ model, releases, unchanged }: ReleasePlan, name: string): readonly Release[] {
  const planned = [...releases, ...unchanged].find((one) => one.name === name);
  const isStable = releases.some((one) => one.name === name);
  const kept = (planned?.kept ?? []).filter(({ version }) => !isStable || !isPrerelease(version));
  const versions = new Set(kept.map(({ version }) => version));
  return (model.history[name] ?? []).filter(({ version }) => !versions.has(version));
}

/** A release that is prepared again keeps its date. */
function dateOf(plan: ReleasePlan): string {
  const before = plan.releases.flatMap(({ name, version }) =>
    replaced(plan, name).filter((release) => release.version === version),
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

/** The changelogs of the packages, that of the output folder, and the notes. @throws InputError if they were edited. */
async function markdownFiles(
  out: string,
  plan: ReleasePlan,
  histories: Histories,
  date: string,
): Promise<GeneratedFile[]> {
  const { brand } = plan.model;
  const texts = await releaseTexts();
  const diagnostics = new Diagnostics();
  const write = async (path: string, heading: string, section: Section, ids: readonly string[]) => {
    const text = (await readIfThere(`${out}/${path}`))?.text;
    const isReplaced = (id: string) => id === section.id || ids.includes(id);
    // The notes are those of one release: Git has those of the others.
    const isOther = path === notesName && text?.includes(`<!-- release ${section.id} `) !== true;
    const content = putSection(isOther ? undefined : text, heading, section, isReplaced);
    if (typeof content === "string") return [{ path, content }];
    for (const { id, line } of content) {
      const message = `the section of ${id} was edited since it was written, so it is not replaced`;
      const help = `Move your text below "<!-- end of release ${id} -->", which is kept, and restore the section. Nothing was written.`;
      diagnostics.add({ code: "release-edited", file: displayPath(`${out}/${path}`), line, message, help });
    }
    return [];
  };
  const files: GeneratedFile[] = [];
  for (const planned of plan.releases) {
    const { name, version, last } = planned;
    const section = { id: version, markdown: texts.section(releaseOf(planned, date), last) };
    const ids = replaced(plan, name).map((release) => release.version);
    const path = posix.join("packages", name, changelogName);
    files.push(...(await write(path, `Changelog of ${planned.package}`, section, ids)));
  }
  const packages = releasedOn(date, histories, brand.package.scope);
  const current = new Set([...histories.values()].flat().map((release) => release.date));
  const dates = [...histories.keys()]
    .flatMap((name) => replaced(plan, name).map((release) => release.date))
    .filter((one) => !current.has(one));
  const digest = { id: date, markdown: texts.digest(date, packages) };
  const notes = { id: date, markdown: texts.notes(date, packages) };
  if (plan.releases.length > 0) {
    files.push(...(await write(changelogName, `Releases of the ${brand.name} packages`, digest, dates)));
    files.push(...(await write(notesName, "Release notes", notes, [])));
  }
  diagnostics.throwIfAny();
  return files;
}

/** Every package that was released on a date, with the release: also those that were published already. */
function releasedOn(date: string, histories: Histories, scope: string): PackageRelease[] {
  return [...histories]
    .sort(([a], [b]) => Number(b === "core") - Number(a === "core") || compare(a, b))
    .flatMap(([name, [release, before]]) =>
      release?.date === date
        ? [{ package: packageName(scope, name), last: before?.version ?? "", release }]
        : [],
    );
}
