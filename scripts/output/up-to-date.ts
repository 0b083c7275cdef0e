import { join } from "node:path";
import { historyPath } from "../config-name.js";
import { Diagnostics } from "../diagnostic.js";
import { readRegularFile } from "../files.js";
import { historyNames } from "../history.js";
import type { ProductSummary } from "../model/api-model.js";
import type { FoundDocument } from "../openapi/find-documents.js";
import { toolkitHash } from "../toolkit.js";
import { existingFiles } from "./existing-files.js";
import { hashOf, isIntact, type Manifest, ownedFiles, type ProductGroup, readManifest } from "./manifest.js";

/** Hashes of everything that generated files depend on. */
export interface InputHashes {
  /** @param references files that the product's documents refer to, relative to the specification folder. */
  ofProduct(name: string, references: readonly string[]): string;
  /** Of the files that all products share. */
  ofShared(products: readonly ProductSummary[]): string;
}

/** @param settings content of the configuration, and options that replace parts of it. */
export function inputHashes(
  specFolder: string,
  settings: readonly string[],
  documents: readonly FoundDocument[],
): InputHashes {
  // Pages link to actions of other products, whose names are those of the documents.
  const common = [toolkitHash(), ...settings, ...documents.map(({ path }) => path)];
  const read = (path: string) => {
    try {
      return readRegularFile(join(specFolder, path));
    } catch {
      // The reference is reported when its document is read.
      return "";
    }
  };
  return {
    ofProduct(name, references) {
      const own = hasLooseDocuments(documents)
        ? documents
        : documents.filter(({ product }) => product === name);
      const sources = own.flatMap(({ path, source }) => [path, source.text]);
      const others = [historyPath(name), ...references];
      return hashOf(...common, ...sources, ...others.flatMap((path) => [path, read(path)]));
    },
    ofShared(products) {
      const histories = historyNames(specFolder).map((name) => read(historyPath(name)));
      return hashOf(...common, ...histories, JSON.stringify(products));
    },
  };
}

/** Whether documents are outside the product folders: the actions of such a document can be of any product. */
function hasLooseDocuments(documents: readonly FoundDocument[]): boolean {
  return documents.some(({ product }) => product === "");
}

/** Result of {@link findUpToDate}. */
interface UpToDate {
  readonly products: Manifest["products"];
  /** Number of files, if everything is up to date; else `undefined`. */
  readonly everything: number | undefined;
}

/** Finds the products of an output folder whose files would be generated as they are, by the hashes in its manifest. */
export function findUpToDate(
  out: string,
  documents: readonly FoundDocument[],
  hashes: InputHashes,
): UpToDate {
  // Problems of the output folder are reported when it is written.
  const diagnostics = new Diagnostics();
  const read = existingFiles(out);
  const manifest = readManifest(out, read, diagnostics);
  if (manifest === undefined) return { products: {}, everything: undefined };
  const isCurrent = ([name, group]: [string, ProductGroup]) =>
    hashes.ofProduct(name, group.references) === group.input && isIntact(group, read, diagnostics);
  const all = Object.entries(manifest.products);
  const current = all.filter(isCurrent);
  const folders = new Set(documents.map(({ product }) => product).filter(Boolean));
  const isLoose = hasLooseDocuments(documents);
  if (isLoose && current.length < all.length) return { products: {}, everything: undefined };
  const products = Object.fromEntries(current.filter(([name]) => isLoose || folders.has(name)));
  const { shared } = manifest;
  const summaries = Object.values(products).map(({ summary }) => summary);
  const isComplete =
    summaries.length === all.length &&
    [...folders].every((name) => Object.hasOwn(products, name)) &&
    hashes.ofShared(summaries) === shared.input &&
    isIntact(shared, read, diagnostics);
  return { products, everything: isComplete ? ownedFiles(manifest).length : undefined };
}
