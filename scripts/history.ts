import { existsSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { historyPath } from "./config-name.js";
import { closed, compileSchema, string, version } from "./config-schema.js";
import type { Diagnostics } from "./diagnostic.js";
import { unreadable } from "./files.js";
import { readJsonFile } from "./json-file.js";
import { isProductName } from "./model/names.js";
import type { Release } from "./model/release.js";
import { compare } from "./text.js";

/** Content of `history/<product>.json`. */
interface HistoryFile {
  readonly releases: readonly (Omit<Release, "core"> & { readonly core?: string })[];
}

const anyText = { type: "string" };
const change = closed({
  rule: string("^[a-z][a-z0-9-]*$", "the name of a rule such as param-renamed"),
  action: anyText,
  path: anyText,
  before: anyText,
  after: anyText,
  bump: { enum: ["major", "minor", "patch"] },
  review: { type: "boolean" },
  message: anyText,
});
const date = { ...string("^\\d{4}-\\d{2}-\\d{2}$", "a date such as 2026-11-27"), format: "date" };
const release = closed({ version, date, changes: { type: "array", items: change } }, { core: version });
const validateHistory = compileSchema<HistoryFile>(closed({ releases: { type: "array", items: release } }));

/**
 * Names of the packages that have a history: `core`, and those of products, also of products that do not exist any more.
 *
 * @returns sorted.
 * @throws InputError if the folder of the histories cannot be read.
 */
export function historyNames(specFolder: string): string[] {
  const folder = join(specFolder, dirname(historyPath("core")));
  if (!existsSync(folder)) return [];
  try {
    const names = readdirSync(folder).flatMap((file) => /^(.+)\.json$/.exec(file)?.[1] ?? []);
    return names.filter((name) => name === "core" || isProductName(name)).sort(compare);
  } catch (error) {
    throw unreadable(folder, error);
  }
}

/**
 * Reads what was released of packages. Reports problems of the files.
 *
 * @returns releases by the name of the package's folder, the newest first.
 */
export async function readHistory(
  specFolder: string,
  diagnostics: Diagnostics,
): Promise<Record<string, readonly Release[]>> {
  const entries = historyNames(specFolder).map(async (name) => {
    const file = await readJsonFile(specFolder, historyPath(name), validateHistory, diagnostics);
    const releases = file?.value.releases ?? [];
    return [name, releases.map((one) => ({ ...one, core: one.core ?? "" }))] as const;
  });
  // A product can be called constructor, which other objects inherit.
  return Object.assign(Object.create(null), Object.fromEntries(await Promise.all(entries)));
}

/** Content of `history/<product>.json`. @param releases the newest first. */
export function printHistory(releases: readonly Release[]): string {
  const printed = releases.map(({ version: own, date: day, core, changes }) => ({
    version: own,
    date: day,
    ...(core !== "" && { core }),
    changes,
  }));
  return `${JSON.stringify({ releases: printed }, null, 2)}\n`;
}
