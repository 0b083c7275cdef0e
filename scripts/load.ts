import { relative } from "node:path";
import { setImmediate } from "node:timers/promises";
import { type Config, loadConfig } from "./config.js";
import { configName } from "./config-name.js";
import { Diagnostics } from "./diagnostic.js";
import { toSlashes } from "./files.js";
import { readHistory } from "./history.js";
import type { ApiModel, Product, ProductSummary } from "./model/api-model.js";
import { buildProduct } from "./model/product.js";
import type { Release } from "./model/release.js";
import { summarize } from "./model/summary.js";
import { createDocumentReader, type ValidDocument } from "./openapi/document.js";
import { type FoundDocument, findDocuments } from "./openapi/find-documents.js";
import { noProgress, type Progress } from "./progress.js";
import { compare } from "./text.js";
import { readVersions } from "./versions.js";

/** The products of a specification, or some of them. */
export interface LoadedModel extends ApiModel {
  /** Every product, the skipped ones too; sorted by name. */
  readonly summaries: readonly ProductSummary[];
  /** Files that a product's documents refer to, by product: relative to the specification folder, sorted. */
  readonly references: ReadonlyMap<string, readonly string[]>;
  /** What was released of each package, `core` and products, also of those that do not exist any more; the newest release first. */
  readonly history: Readonly<Record<string, readonly Release[]>>;
  /** Renames that the configuration lists, see `Config`. */
  readonly renames: Config["renames"];
  /** How its pages are transcribed. */
  readonly transcribe: Config["transcribe"];
}

export interface LoadOptions {
  /** Products to skip, by name. */
  readonly skipped?: Readonly<Record<string, ProductSummary>>;
  /** Result of `findDocuments`, if it was called before, and the problems that it reported. */
  readonly found?: readonly FoundDocument[];
  /** Whether `found` is a part of the specification, so that products can lack documents. */
  readonly isPartial?: boolean;
  readonly diagnostics?: Diagnostics;
  readonly progress?: Progress;
}

/**
 * Reads a specification folder: its configuration, versions and history, every `<product>/<Action>.openapi.yaml`, and documents with many
 * actions. A document can be JSON as well.
 *
 * @throws InputError with every problem found.
 */
export async function load(specFolder: string, options: LoadOptions = {}): Promise<LoadedModel> {
  const { skipped = {}, isPartial = false, diagnostics = new Diagnostics(), progress = noProgress } = options;
  const config = await loadConfig(`${specFolder}/${configName}`, diagnostics);
  const versions = await readVersions(specFolder, diagnostics);
  const found = options.found ?? (await findDocuments(specFolder, diagnostics));
  const chosen = found.filter(({ product }) => !Object.hasOwn(skipped, product));
  const documents = await readDocuments(specFolder, chosen, progress, diagnostics);
  checkUnique(documents, diagnostics);
  const names = [...new Set([...chosen, ...documents].map(({ product }) => product))].filter(Boolean).sort();
  const history = await readHistory(specFolder, diagnostics);
  const products = names.map((name) => {
    const own = documents.filter(({ product }) => product === name);
    return { ...productOf(name, own, config, diagnostics, isPartial), history: history[name] ?? [] };
  });
  if (config !== undefined && !isPartial) checkTitles(config, [...found, ...documents], diagnostics);
  diagnostics.throwIfAny();
  if (config === undefined) throw new Error("unreachable: a configuration that is missing is a problem");
  const referencesOf = (name: string) => {
    const paths = documents.filter(({ product }) => product === name).flatMap(({ references }) => references);
    return [...new Set(paths)].map((path) => toSlashes(relative(specFolder, path))).sort();
  };
  const summaries = products.map((product) => summarize(product, config.brand));
  return {
    brand: { ...config.brand, package: { ...config.brand.package, versions } },
    products,
    summaries: [...Object.values(skipped), ...summaries].sort((a, b) => compare(a.name, b.name)),
    references: new Map(names.map((name) => [name, referencesOf(name)])),
    history,
    renames: config.renames,
    transcribe: config.transcribe,
  };
}

async function readDocuments(
  specFolder: string,
  found: readonly FoundDocument[],
  progress: Progress,
  diagnostics: Diagnostics,
): Promise<ValidDocument[]> {
  const documents: ValidDocument[] = [];
  const readDocument = createDocumentReader(specFolder, diagnostics);
  progress.start(found.length);
  for (const one of found) {
    for (const document of await readDocument(one)) documents.push(document);
    progress.step();
    // The engine keeps the target of every WeakRef, here syntax trees, until the event loop turns.
    await setImmediate();
  }
  progress.stop();
  return documents;
}

/** A product without its history. */
function productOf(
  name: string,
  documents: readonly ValidDocument[],
  config: Config | undefined,
  diagnostics: Diagnostics,
  isPartial: boolean,
): Product {
  const title = config?.titles.get(name) ?? name;
  try {
    return buildProduct(name, title, documents, config?.brand.retCodes ?? [], diagnostics, isPartial);
  } catch (error) {
    if (!(error instanceof RangeError) || documents[0] === undefined) throw error;
    const message = `the product ${name} has schemas that refer to each other in too long a chain`;
    const help = "Shorten the longest chain of objects that contain each other.";
    diagnostics.add({ code: "too-deep", file: documents[0].file, line: 1, message, help });
    return { name, title, actions: [], retCodes: [], history: [] };
  }
}

/** An action is in a product once, and a file system may not distinguish `A` from `a`. */
function checkUnique(documents: readonly ValidDocument[], diagnostics: Diagnostics): void {
  const first = new Map<string, string>();
  for (const { product, name, file, line } of documents) {
    const key = `${product}/${name.toLowerCase()}`;
    const other = first.get(key);
    first.set(key, other ?? `${name} at ${file}:${line}`);
    if (other === undefined) continue;
    const message = `the action ${name} of ${product} is also described as ${other}`;
    const help = "Keep one of the two documents.";
    diagnostics.add({ code: "action-twice", file, line, message, help });
  }
}

/** Reports titles of products that do not exist. */
function checkTitles(
  { titles, yaml: { file, lineOf } }: Config,
  documents: readonly { readonly product: string }[],
  diagnostics: Diagnostics,
): void {
  const known = new Set(documents.map(({ product }) => product));
  // A document outside the product folders has tags for products, which are unknown if it has problems.
  if (diagnostics.list.length > 0 && known.has("")) return;
  for (const name of titles.keys()) {
    if (known.has(name)) continue;
    const message = `products.${name} is the title of a product that has no documents`;
    const help = "Correct the name, or remove the line.";
    diagnostics.add({ code: "title-unused", file, line: lineOf(["products", name]), message, help });
  }
}
