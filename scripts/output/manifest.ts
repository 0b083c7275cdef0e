import { createHash } from "node:crypto";
import { join } from "node:path";
import type { Diagnostic, Diagnostics } from "../diagnostic.js";
import { fileProblem } from "../files.js";
import type { GeneratedFile, ProductSummary } from "../model/api-model.js";
import { compare } from "../text.js";
import type { ReadExisting } from "./existing-files.js";

/** Lists the files that this program wrote into a folder: no other file there is ever replaced or removed. */
export const manifestName = ".actiongen-manifest.json";

/** Files that are generated together: those of one product, or those that all products share. */
export interface ManifestGroup {
  /** Hash of everything that the files were generated from. */
  readonly input: string;
  /** Hash of the files. */
  readonly output: string;
  /** Paths relative to the output folder, sorted. */
  readonly files: readonly string[];
}

/** The files of a product. */
export interface ProductGroup extends ManifestGroup {
  /** Files that the documents refer to outside the product's folder, relative to the specification folder; sorted. */
  readonly references: readonly string[];
  /** What shared files need of the product, so that an unchanged one need not be read. */
  readonly summary: ProductSummary;
}

/** Content of the manifest: the generated files, and what they were generated from. */
export interface Manifest {
  /**
   * The specification folder that the files were generated from, relative to the output folder. Manifests of earlier
   * versions have none.
   */
  readonly specification?: string;
  readonly products: Readonly<Record<string, ProductGroup>>;
  readonly shared: ManifestGroup;
}

/** SHA-256 of strings or bytes, in hexadecimal; `["ab"]` and `["a", "b"]` differ. */
export function hashOf(...parts: readonly (string | Uint8Array)[]): string {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(`${part.length}:`).update(part);
  return hash.digest("hex");
}

/** Hash of generated files, whatever their order, and of a product's summary. */
export function outputHash(files: readonly GeneratedFile[], summary?: ProductSummary): string {
  const sorted = [...files].sort(byPath);
  return hashOf(
    JSON.stringify(summary ?? null),
    ...sorted.flatMap(({ path, content }) => [path, Buffer.from(content)]),
  );
}

export function byPath(a: GeneratedFile, b: GeneratedFile): number {
  return compare(a.path, b.path);
}

/** Whether the files of a group, and its summary, are as they were generated. */
export function isIntact(
  { files, output, summary }: ManifestGroup & Partial<Pick<ProductGroup, "summary">>,
  read: ReadExisting,
  diagnostics: Diagnostics,
): boolean {
  const contents = files.map((path) => (isInside(path) ? read(path, diagnostics) : undefined));
  if (contents.some((content) => content === undefined)) return false;
  const content = files.flatMap((path, index) => [path, contents[index] as Buffer]);
  return hashOf(JSON.stringify(summary ?? null), ...content) === output;
}

/** Reads the manifest of an output folder; `undefined` if it is missing, or has problems, which are reported. */
export function readManifest(
  out: string,
  read: ReadExisting,
  diagnostics: Diagnostics,
): Manifest | undefined {
  const content = read(manifestName, diagnostics);
  if (content === undefined) return undefined;
  const manifest = parse(content.toString());
  if (manifest === undefined) {
    const help =
      "Restore it from version control, or delete the folder and generate again. Nothing was written.";
    const message = "is not a manifest of generated files";
    diagnostics.add(fileProblem("manifest-invalid", join(out, manifestName), message, help));
    return undefined;
  }
  const outside = ownedFiles(manifest).filter((path) => !isInside(path));
  for (const path of outside) diagnostics.add(outsideOutput(join(out, manifestName), path));
  return outside.length > 0 ? undefined : manifest;
}

/** The manifest as it is written. */
export function printManifest({ specification, products, shared }: Manifest): string {
  const sorted = Object.entries(products).sort(([a], [b]) => compare(a, b));
  const manifest = { specification, products: Object.fromEntries(sorted), shared };
  return `${JSON.stringify(manifest, null, 2)}\n`;
}

/** Paths of every file that a manifest lists. */
export function ownedFiles({ products, shared }: Manifest): string[] {
  return [...Object.values(products), shared].flatMap(({ files }) => files);
}

/** Whether a path is relative, with forward slashes, without `.` or `..`, and possible on every system. */
export function isInside(path: string): boolean {
  return path.split("/").every((part) => /^(?!\.{1,2}$)[\w.@-][\w.@ -]*$/.test(part));
}

/** Problem of a path that is not inside of the output folder. @param file that names the path. */
export function outsideOutput(file: string, path: string): Diagnostic {
  const message = `${JSON.stringify(path)} is not a path inside the output folder`;
  const help = "Correct the name that it comes from. Nothing was written.";
  return fileProblem("path-outside-output", file, message, help);
}

function parse(text: string): Manifest | undefined {
  try {
    const value = JSON.parse(text) as Manifest | null;
    const products = Object.values(value?.products ?? { none: undefined });
    const isNamed = ["string", "undefined"].includes(typeof value?.specification);
    return isNamed && isGroup(value?.shared) && products.every(isProductGroup)
      ? (value ?? undefined)
      : undefined;
  } catch {
    return undefined;
  }
}

function isGroup(value: Partial<ManifestGroup> | undefined): boolean {
  const { input, output, files } = value ?? {};
  return [input, output].every((hash) => typeof hash === "string") && isStrings(files);
}

/** The summary needs no check: if it is not as it was generated, the product is generated again. */
function isProductGroup(value: Partial<ProductGroup> | undefined): boolean {
  return isGroup(value) && isStrings(value?.references) && typeof value?.summary === "object";
}

function isStrings(list: unknown): boolean {
  return Array.isArray(list) && list.every((item) => typeof item === "string");
}
