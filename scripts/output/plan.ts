import { join } from "node:path";
import { Diagnostics } from "../diagnostic.js";
import { fileProblem } from "../files.js";
import type { GeneratedFile } from "../model/api-model.js";
import { mapValues } from "../openapi/pointer.js";
import { existingFiles } from "./existing-files.js";
import { folderProblem } from "./make-folder.js";
import {
  byPath,
  isInside,
  type Manifest,
  type ManifestGroup,
  manifestName,
  outsideOutput,
  ownedFiles,
  type ProductGroup,
  printManifest,
  readManifest,
} from "./manifest.js";

/** An entry of the manifest with the files themselves. */
export type OutputGroup<Group extends ManifestGroup = ManifestGroup> = Omit<Group, "files"> & {
  readonly files: readonly GeneratedFile[];
};

/** What an output folder has to contain. */
export interface Output {
  /** The specification folder that it is generated from, relative to the output folder, with forward slashes. */
  readonly specification: string;
  readonly products: Readonly<Record<string, OutputGroup<ProductGroup>>>;
  readonly shared: OutputGroup;
  /** Products whose files are up to date already, as the manifest has them. */
  readonly upToDate: Manifest["products"];
}

/** What writing did, or with `check` would do. Paths are relative to the output folder, sorted. */
export interface WriteResult {
  readonly written: readonly string[];
  readonly removed: readonly string[];
  readonly unchanged: number;
}

/** Changes to an output folder. */
export interface Plan extends WriteResult {
  /** Files that are new, or whose content is different; sorted. */
  readonly changed: readonly GeneratedFile[];
  /** The manifest to write last. */
  readonly manifest: string;
  readonly isManifestCurrent: boolean;
  /** The manifest to write first: it owns the files of before and after, in case the run is interrupted. */
  readonly interim: string;
}

/**
 * Finds the changes after which an output folder contains exactly the files of an output. Writes nothing.
 *
 * @param allowRemoving whether the output of another specification can be replaced, and packages can be removed.
 * @throws InputError if files that were not generated conflict with it, or if it removes what it must not.
 */
export async function planChanges(
  out: string,
  { specification, products, shared, upToDate }: Output,
  allowRemoving: boolean,
): Promise<Plan> {
  const files = [...Object.values(products), shared].flatMap((group) => group.files).sort(byPath);
  checkPaths(out, files);
  const diagnostics = new Diagnostics();
  const read = existingFiles(out);
  const before = readManifest(out, read, diagnostics);
  const owned = new Set(before === undefined ? [] : ownedFiles(before));
  const after: Manifest = {
    specification,
    products: { ...upToDate, ...mapValues(products, toEntry) },
    shared: toEntry(shared),
  };
  const wanted = new Set(ownedFiles(after));
  const foreign: string[] = [];
  const changed = files.filter(({ path, content }) => {
    const current = read(path, diagnostics);
    if (current !== undefined && !owned.has(path)) foreign.push(path);
    return current === undefined || !current.equals(Buffer.from(content));
  });
  reportForeign(out, foreign, diagnostics);
  if (before !== undefined && !allowRemoving) reportRemovals(out, before, after, diagnostics);
  const removed = [...owned]
    .filter((path) => !wanted.has(path) && read(path, diagnostics) !== undefined)
    .sort();
  diagnostics.throwIfAny();

  const manifest = printManifest(after);
  const hasOtherFiles = [...owned].sort().join("\n") !== [...wanted].sort().join("\n");
  const paths = changed.map(({ path }) => path);
  return {
    written: hasOtherFiles ? [manifestName, ...paths] : paths,
    removed,
    unchanged: wanted.size - changed.length,
    changed,
    manifest,
    isManifestCurrent: manifest === read(manifestName, diagnostics)?.toString(),
    interim: printInterim(after, new Set([...owned, ...wanted])),
  };
}

/** @throws InputError if a file is not inside of the output folder, or there is a file in place of the folder. */
function checkPaths(out: string, files: readonly GeneratedFile[]): void {
  const diagnostics = new Diagnostics();
  for (const { path } of files) if (!isInside(path)) diagnostics.add(outsideOutput(out, path));
  const blocked = folderProblem(out);
  if (blocked !== undefined) diagnostics.add(blocked);
  diagnostics.throwIfAny();
}

/** A manifest that owns files, and no product whose files are up to date. */
function printInterim(after: Manifest, files: ReadonlySet<string>): string {
  const shared = { ...after.shared, input: "", files: [...files].sort() };
  return printManifest({ ...after, products: {}, shared });
}

/** Reports files that were not generated and have the paths of generated ones. Many have one cause: a lost manifest. */
function reportForeign(out: string, paths: readonly string[], diagnostics: Diagnostics): void {
  const isLost = paths.length > 10;
  for (const path of isLost ? paths.slice(0, 1) : paths) {
    const others = isLost ? `, like ${paths.length - 1} other files` : "";
    const message = `exists${others}, and ${manifestName} does not list it as generated`;
    const help = `Move or delete it, or restore ${manifestName} from version control. Nothing was written.`;
    diagnostics.add(fileProblem("file-not-generated", join(out, path), message, help));
  }
}

/** Reports packages that would be removed, and the output of another specification that would be replaced. */
function reportRemovals(out: string, before: Manifest, after: Manifest, diagnostics: Diagnostics): void {
  const removed = Object.keys(before.products).filter((name) => !Object.hasOwn(after.products, name));
  const list = removed.length === 0 ? "" : `, which would remove the packages of ${removed.join(", ")}`;
  const allow = "run `generate --allow-removing`. Nothing was written.";
  const { specification = after.specification } = before;
  if (specification !== after.specification) {
    const message = `was generated from ${specification}, not from ${after.specification}${list}`;
    const help = `Choose another folder with --out. To replace its files, ${allow}`;
    diagnostics.add(fileProblem("output-other-specification", out, message, help));
    return;
  }
  for (const name of removed) {
    const message = `${name} has no documents any more, so its package and its pages would be removed`;
    const help = `Restore its documents. To remove them, ${allow}`;
    diagnostics.add(fileProblem("output-removes-package", out, message, help));
  }
}

function toEntry<Facts extends object>({ files, ...facts }: Facts & Pick<OutputGroup, "files">) {
  return { ...facts, files: files.map(({ path }) => path).sort() };
}
