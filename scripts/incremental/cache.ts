import { mkdirSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { writeWhole } from "../output/write.js";
import { hashOf, hashOfAll } from "./hash.js";

/**
 * What earlier runs made, by the hash of all that went into it: so an entry can be missing, but not out of date.
 * Deleting the files of a cache costs time and nothing else.
 */
export interface Cache {
  get(key: string): unknown;
  set(key: string, value: unknown): void;
  /** Keeps the entries that this run used. Where the disk refuses, nothing is kept, which is no fault. */
  save(): Promise<void>;
}

const week = 7 * 24 * 3_600_000;

/**
 * Opens a cache in a folder. A file that is missing, damaged or of another form is an empty cache.
 *
 * @param purpose tells caches apart that are used in turn, such as those of two specification folders.
 */
export function openCache(folder: string, ...purpose: readonly string[]): Cache {
  const path = cacheFile(folder, ...purpose);
  const known = readEntries(path);
  const used = new Map<string, unknown>();
  let isChanged = false;
  return {
    get(key) {
      const value = used.get(key) ?? known.get(key);
      if (value !== undefined) used.set(key, value);
      return value;
    },
    set(key, value) {
      used.set(key, value);
      isChanged = true;
    },
    async save() {
      if (!isChanged && used.size === known.size) return;
      const entries = [...used].sort(([a], [b]) => (a < b ? -1 : 1));
      const text = JSON.stringify(entries);
      await writeWhole(path, `${hashOf(text)}\n${text}`)
        .then(() => removeOld(folder))
        .catch(() => undefined);
    },
  };
}

/** The file of a cache. */
export function cacheFile(folder: string, ...purpose: readonly string[]): string {
  return join(folder, `${hashOfAll(...purpose).slice(0, 16)}.json`);
}

/** Only a file that is as this program wrote it counts. */
function readEntries(path: string): ReadonlyMap<string, unknown> {
  try {
    const [hash = "", text = ""] = readFileSync(path, "utf8").split("\n", 2);
    return hash === hashOf(text) ? new Map(JSON.parse(text)) : new Map();
  } catch {
    return new Map();
  }
}

/** Caches of folders that nobody works with any more. */
function removeOld(folder: string): void {
  mkdirSync(folder, { recursive: true });
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    if (name.endsWith(".json") && Date.now() - statSync(path).mtimeMs > week) rmSync(path, { force: true });
  }
}
