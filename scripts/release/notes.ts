import { join } from "node:path";
import { count } from "../commands/printing.js";
import { byAction, inSections } from "../diff/sections.js";
import { createTemplates } from "../emit/templates.js";
import { readTree } from "../files.js";
import type { Release, ReleasedChange } from "../model/release.js";
import { toolkitFolder } from "../toolkit.js";

/** A release of a package, and the version before. */
export interface PackageRelease {
  /** Name of the npm package. */
  readonly package: string;
  /** Version of the release before; `""` for the first one. */
  readonly last: string;
  readonly release: Release;
}

/** What is written about releases, in Markdown. */
export interface ReleaseTexts {
  /** What changed in one release of a package, for its changelog. */
  section(release: Release, last: string): string;
  /** One line for each package. */
  digest(date: string, releases: readonly PackageRelease[]): string;
  /** Everything that changed in the packages. */
  notes(date: string, releases: readonly PackageRelease[]): string;
}

/** Reads the templates of `templates/release/`. */
export async function releaseTexts(): Promise<ReleaseTexts> {
  const templates = createTemplates(await readTree(join(toolkitFolder, "templates/release")));
  const section = (release: Release, last: string) =>
    templates.render("section.md.hbs", { version: release.version, ...viewOf(release, last) });
  return {
    section,
    digest: (date, releases) => templates.render("digest.md.hbs", { date, packages: releases.map(lineOf) }),
    notes: (date, releases) =>
      templates.render("notes.md.hbs", {
        date,
        packages: releases.map(({ package: name, last, release }) => ({
          ...lineOf({ package: name, last, release }),
          ...viewOf(release, last),
        })),
      }),
  };
}

function lineOf({ package: name, last, release }: PackageRelease) {
  const counts = inSections(release.changes).map(({ noun, changes }) => count(changes.length, noun));
  const summary = last === "" ? "first release" : counts.join(", ") || "no changes";
  return { name, version: release.version, last, summary };
}

function viewOf(release: Release, last: string) {
  return {
    date: release.date,
    isFirst: last === "",
    groups: inSections(release.changes).map(({ title, changes }) => ({ title, lines: linesOf(changes) })),
  };
}

function linesOf(changes: readonly ReleasedChange[]) {
  return byAction(changes).map(({ action, messages }) => ({ action, message: messages.join("; ") }));
}
