import { posix } from "node:path";
import { Diagnostics } from "../diagnostic.js";
import { displayPath, readIfThere } from "../files.js";
import type { GeneratedFile, Release } from "../model/api-model.js";
import { packageName } from "../model/names.js";
import { compare } from "../text.js";
import { type PackageRelease, releaseTexts } from "./notes.js";
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
  const { brand, history } = plan.model;
  const texts = await releaseTexts();
  const diagnostics = new Diagnostics();
  const files: GeneratedFile[] = [];
  const put = async (
    path: string,
    heading: string,
    sections: readonly Section[],
    removed: readonly string[],
  ) => {
    files.push(...(await changedFile(out, { path, heading, sections, removed }, diagnostics)));
  };
  const dates = new Set(plan.releases.length > 0 ? [date] : []);
  for (const [name, releases] of histories) {
    const isKept = (old: Release) =>
      releases.some(({ version, date: day }) => version === old.version && day === old.date);
    const replaced = (history[name] ?? []).filter((old) => !isKept(old));
    for (const old of replaced) dates.add(old.date);
    const sections = plan.releases
      .filter((planned) => planned.name === name)
      .flatMap(({ version, last }) =>
        releases.slice(0, 1).map((release) => ({ id: version, markdown: texts.section(release, last) })),
      );
    const heading = `Changelog of ${packageName(brand.package.scope, name)}`;
    const versions = replaced.map(({ version }) => version);
    await put(posix.join("packages", name, changelogName), heading, sections, versions);
  }
  const days = [...dates].sort(compare).map((id) => ({ id, packages: releasedOn(id, plan, histories) }));
  const released = days.filter(({ packages }) => packages.length > 0);
  const digests = released.map(({ id, packages }) => ({ id, markdown: texts.digest(id, packages) }));
  const withdrawn = days.filter((day) => !released.includes(day)).map(({ id }) => id);
  await put(changelogName, `Releases of the ${brand.name} packages`, digests, withdrawn);
  const last = released.find(({ id }) => id === date) ?? released.at(-1);
  const notes = last === undefined ? [] : [{ id: last.id, markdown: texts.notes(last.id, last.packages) }];
  await put(notesName, "Release notes", notes, [...dates]);
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
