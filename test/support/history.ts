import { cp, mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { historyPath } from "../../scripts/config-name.js";
import { printHistory } from "../../scripts/history.js";
import type { Release, ReleasedChange } from "../../scripts/model/release.js";

/** A change that was released. */
export function released(rule: string, more: Partial<ReleasedChange> = {}): ReleasedChange {
  const nothing = { action: "", path: "", before: "", after: "", review: false, message: "a change" };
  return { ...nothing, rule, bump: "minor", ...more };
}

export function releaseOf(version: string, date: string, ...changes: readonly ReleasedChange[]): Release {
  return { version, date, core: "", changes };
}

/**
 * Copies a specification folder, and adds a history to it.
 *
 * @param history releases by the name of the package's folder.
 */
export async function copyWithHistory(
  spec: string,
  folder: string,
  history: Readonly<Record<string, readonly Release[]>>,
): Promise<void> {
  await cp(spec, folder, { recursive: true });
  for (const [name, releases] of Object.entries(history)) {
    const path = join(folder, historyPath(name));
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, printHistory(releases));
  }
}
