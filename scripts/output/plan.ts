import { stat } from "node:fs/promises";
import { join } from "node:path";
import { type Diagnostic, Diagnostics } from "../diagnostic.js";
import { displayPath } from "../files.js";
import { hashOf } from "../incremental/hash.js";
import type { GeneratedFile } from "../model/api-model.js";
import type { ExistingFiles } from "./existing-files.js";

/** What writing did, or with `check` would do. Paths are relative to the output folder, sorted. */
export interface WriteResult {
  readonly written: readonly string[];
  readonly removed: readonly string[];
  readonly unchanged: number;
}

/** Lists what this program wrote into a folder: nothing else there is ever replaced or removed. */
export const manifestName = ".actiongen-files";

/** A generated file that is known to be up to date without having been made. */
export interface KnownFile {
  readonly path: string;
  /** As {@link hashOf} gives for its text. */
  readonly hash: string;
}

/** A generated file whose text waits in a staging folder. */
export interface StagedFile extends KnownFile {
  readonly staged: string;
}

/** A generated file as the writer takes it. */
export type OutputFile = GeneratedFile | StagedFile | KnownFile;

/** What is to be done to an output folder. */
export interface Plan extends WriteResult {
  /** The files whose text is another one now, sorted by path. */
  readonly changed: readonly OutputFile[];
  /** What the manifest lists now, and what it is going to list. */
  readonly owned: readonly string[];
  readonly wanted: readonly string[];
}

/**
 * Finds out what has to be done so that an output folder holds exactly these files. Writes nothing.
 *
 * @throws InputError where a file stands in the way.
 */
export async function planChanges(
  out: string,
  files: readonly OutputFile[],
  existing: ExistingFiles,
): Promise<Plan> {
  const diagnostics = new Diagnostics();
  for (const { path } of files) if (!isInside(path)) diagnostics.add(outside(out, path));
  await checkFolder(out, diagnostics);
  diagnostics.throwIfAny();

  const sorted = [...files].sort(byPath);
  const wanted = new Set(sorted.map(({ path }) => path));
  const owned = readManifest(out, existing, diagnostics);
  const current = new Map<string, string | undefined>();
  for (const path of new Set([...wanted, ...owned])) {
    if (isInside(path)) current.set(path, existing.hash(path, diagnostics));
  }
  for (const path of wanted) {
    if (current.get(path) !== undefined && !owned.has(path)) diagnostics.add(notOurs(out, path));
  }
  diagnostics.throwIfAny();

  const changed = sorted.filter((file) => current.get(file.path) !== hashOfFile(file));
  const paths = changed.map(({ path }) => path);
  const isManifestChanged = [...owned].join("\n") !== [...wanted].join("\n");
  return {
    written: isManifestChanged ? [manifestName, ...paths] : paths,
    removed: [...owned].filter((path) => !wanted.has(path) && current.get(path) !== undefined),
    unchanged: sorted.length - changed.length,
    changed,
    owned: [...owned],
    wanted: [...wanted],
  };
}

function hashOfFile(file: OutputFile): string {
  return "hash" in file ? file.hash : hashOf(file.content);
}

async function checkFolder(out: string, diagnostics: Diagnostics): Promise<void> {
  const entry = await stat(out).catch(() => undefined);
  if (entry === undefined || entry.isDirectory()) return;
  const help = "Move it away, or choose another folder with --out. Nothing was written.";
  diagnostics.add({
    code: "output-in-the-way",
    file: displayPath(out),
    line: 0,
    message: "is not a folder",
    help,
  });
}

function readManifest(out: string, existing: ExistingFiles, diagnostics: Diagnostics): Set<string> {
  const text = existing.text(manifestName, diagnostics);
  const paths = [...new Set((text ?? "").split(/\r?\n/))].filter(
    (path) => path !== "" && path !== manifestName,
  );
  for (const path of paths) if (!isInside(path)) diagnostics.add(outside(join(out, manifestName), path));
  return new Set(paths);
}

/** Relative, with forward slashes, without `.` or `..`, and no name that a system reserves or cannot hold. */
function isInside(path: string): boolean {
  return path.split("/").every((part) => /^(?!\.{1,2}$)[\w.@-][\w.@ -]*$/.test(part));
}

function outside(file: string, path: string): Diagnostic {
  return {
    code: "path-outside-output",
    file: displayPath(file),
    line: 0,
    message: `"${path}" is no path inside the output folder`,
    help: "Mend the name that it comes from. Nothing was written.",
  };
}

function notOurs(out: string, path: string): Diagnostic {
  return {
    code: "file-not-generated",
    file: displayPath(join(out, path)),
    line: 0,
    message: `exists, and ${manifestName} does not list it as generated`,
    help: `Move or delete it, or restore ${manifestName} from version control. Nothing was written.`,
  };
}

function byPath(a: { path: string }, b: { path: string }): number {
  return a.path < b.path ? -1 : a.path > b.path ? 1 : 0;
}
