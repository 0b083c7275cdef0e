import { historyPath } from "./config-name.js";
import { closed, compileSchema, string, version } from "./config-schema.js";
import type { Diagnostics } from "./diagnostic.js";
import { readJsonFile } from "./json-file.js";
import type { Release } from "./model/api-model.js";

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
 * Reads what was released of packages. Reports problems of the files.
 *
 * @param names of the packages' folders, `core` and those of products.
 * @returns releases by name, the newest first; none of a package without the file.
 */
export async function readHistory(
  specFolder: string,
  names: readonly string[],
  diagnostics: Diagnostics,
): Promise<Record<string, readonly Release[]>> {
  const entries = names.map(async (name) => {
    const file = await readJsonFile(specFolder, historyPath(name), "the file", validateHistory, diagnostics);
    const releases = file?.value.releases ?? [];
    return [name, releases.map((one) => ({ ...one, core: one.core ?? "" }))] as const;
  });
  return Object.fromEntries(await Promise.all(entries));
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
