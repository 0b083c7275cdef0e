import { posix } from "node:path";
import { Diagnostics } from "../diagnostic.js";
import { displayPath, readIfThere } from "../files.js";
import type { GeneratedFile } from "../model/api-model.js";
import { packageName } from "../model/names.js";
import type { Release } from "../model/release.js";
import { compare } from "../text.js";
import { type PackageRelease, type ReleaseTexts, releaseTexts } from "./notes.js";
import { changelogName } from "./package-contents.js";
import type { ReleasePlan } from "./plan.js";
import { putSections, type Section } from "./sections.js";

/** Release notes of the last release, in the output folder. */
export const notesName = "RELEASE.md";

/** The history of each package that still exists, with the release that is prepared, by name of the package's folder. */
export type Histories = ReadonlyMap<string, readonly Release[]>;

/**
 * The changelogs of the packages, that of the output folder, and the notes: with the release that is prepared, and without
 * what an earlier run has prepared and this one replaces.
 *
 * @param date of the release.
 * @returns the files that change.
 * @throws InputError with each section to replace that was edited.
 */
export async function changelogFiles(
  out: string,
  plan: ReleasePlan,
  histories: Histories,
  date: string,
): Promise<GeneratedFile[]> {
  const texts = await releaseTexts();
  const diagnostics = new Diagnostics();
  const files: GeneratedFile[] = [];
  for (const change of [...ofPackages(plan, histories, texts), ...ofDays(plan, histories, texts, date)])
    files.push(...(await changedFile(out, change, diagnostics)));
  diagnostics.throwIfAny();
  return files;
}

/** What is changed in a Markdown file, as {@link putSections} has it. */
interface Changes {
  readonly path: string;
  readonly heading: string;
  readonly sections: readonly Section[];
  readonly removed: readonly string[];
}

/** The changelog of each package. */
function ofPackages(plan: ReleasePlan, histories: Histories, texts: ReleaseTexts): Changes[] {
  return [...histories].map(([name, releases]) => {
    const planned = plan.releases.find((one) => one.name === name);
    const [release] = releases;
    const isPlanned = planned !== undefined && release !== undefined;
    return {
      path: posix.join("packages", name, changelogName),
      heading: `Changelog of ${packageName(plan.model.brand.package.scope, name)}`,
      sections: isPlanned ? [{ id: planned.version, markdown: texts.section(release, planned.last) }] : [],
      removed: replacedReleases(plan, name, releases).map(({ version }) => version),
    };
  });
}

/** The changelog of all packages, and the notes. */
function ofDays(plan: ReleasePlan, histories: Histories, texts: ReleaseTexts, date: string): Changes[] {
  const replaced = [...histories].flatMap(([name, releases]) => replacedReleases(plan, name, releases));
  const dates = new Set([...(plan.releases.length > 0 ? [date] : []), ...replaced.map((one) => one.date)]);
  const days = [...dates].sort(compare).map((id) => ({ id, packages: releasedOn(id, plan, histories) }));
  const released = days.filter(({ packages }) => packages.length > 0);
  const last = released.find(({ id }) => id === date) ?? released.at(-1);
  return [
    {
      path: changelogName,
      heading: `Releases of the ${plan.model.brand.name} packages`,
      sections: released.map(({ id, packages }) => ({ id, markdown: texts.digest(id, packages) })),
      removed: days.filter(({ packages }) => packages.length === 0).map(({ id }) => id),
    },
    {
      path: notesName,
      heading: "Release notes",
      sections: last === undefined ? [] : [{ id: last.id, markdown: texts.notes(last.id, last.packages) }],
      removed: [...dates],
    },
  ];
}

/** Releases that an earlier run has prepared, and that this one replaces. @param releases the new history of the package. */
function replacedReleases({ model }: ReleasePlan, name: string, releases: readonly Release[]): Release[] {
  const isKept = (old: Release) =>
    releases.some(({ version, date }) => version === old.version && date === old.date);
  return (model.history[name] ?? []).filter((old) => !isKept(old));
}

/** A file with other sections; none if it does not change. */
async function changedFile(
  out: string,
  { path, heading, sections, removed }: Changes,
  diagnostics: Diagnostics,
): Promise<GeneratedFile[]> {
  const text = (await readIfThere(`${out}/${path}`))?.text;
  // The notes are those of one release: Git has those of the others.
  const isOther = path === notesName && !removed.some((id) => text?.includes(`<!-- release ${id} `));
  if (sections.length === 0 && (isOther || text === undefined)) return [];
  const content = putSections(isOther ? undefined : text, heading, sections, removed);
  if (typeof content === "string") return content === text ? [] : [{ path, content }];
  for (const { id, line } of content) {
    const message = `the section of ${id} was edited since it was written, so it is not replaced`;
    const help = `Move your text below "<!-- end of release ${id} -->", which is kept, and restore the section. Nothing was written.`;
    diagnostics.add({ code: "release-edited", file: displayPath(`${out}/${path}`), line, message, help });
  }
  return [];
}

/** Every package that was released on a date, with the release: also those that were published already. */
function releasedOn(date: string, { model, releases }: ReleasePlan, histories: Histories): PackageRelease[] {
  const { scope } = model.brand.package;
  const lastOf = (name: string, version: string) =>
    releases.find((planned) => planned.name === name && planned.version === version)?.last;
  return [...histories]
    .sort(([a], [b]) => Number(b === "core") - Number(a === "core") || compare(a, b))
    .flatMap(([name, list]) =>
      list.flatMap((release, index) => {
        const last = lastOf(name, release.version) ?? list[index + 1]?.version ?? "";
        return release.date === date ? [{ package: packageName(scope, name), last, release }] : [];
      }),
    );
}
