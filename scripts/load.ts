import { relative } from "node:path";
import { type Config, loadConfig } from "./config.js";
import { configName } from "./config-name.js";
import { Diagnostics } from "./diagnostic.js";
import { toSlashes } from "./files.js";
import type { ApiModel, Product, ProductSummary } from "./model/api-model.js";
import { type ActionSource, buildProduct, nameOf } from "./model/products.js";
import { createDocumentReader, type ValidDocument } from "./openapi/document.js";
import { type FoundDocument, findDocuments } from "./openapi/find-documents.js";
import { operationPath } from "./openapi/pointer.js";
import { noProgress, type Progress } from "./progress.js";

/** The products of a specification, or some of them. */
export interface LoadedModel extends ApiModel {
  /** Every product, the skipped ones too; sorted by name. */
  readonly summaries: readonly ProductSummary[];
  /** Files that a product's documents refer to, by product: relative to the specification folder, sorted. */
  readonly references: ReadonlyMap<string, readonly string[]>;
}

export interface LoadOptions {
  /** Names of actions of products to skip, by product. */
  readonly skipped?: Readonly<Record<string, readonly string[]>>;
  /** Gains problems found before, and is thrown with all others. */
  readonly diagnostics?: Diagnostics;
  readonly progress?: Progress;
}

/**
 * Reads a specification folder: its configuration, every `<product>/<Action>.openapi.yaml`, and documents with many
 * actions. A document can be JSON as well.
 *
 * @throws InputError with every problem found.
 */
export async function load(specFolder: string, options: LoadOptions = {}): Promise<LoadedModel> {
  const { skipped = {}, diagnostics = new Diagnostics(), progress = noProgress } = options;
  const config = await loadConfig(`${specFolder}/${configName}`, diagnostics);
  const documents = await findDocuments(specFolder, diagnostics);
  const chosen = documents.filter(({ product }) => !Object.hasOwn(skipped, product));
  const references = new Map<string, Set<string>>();
  const sources: ActionSource[] = [];
  const readDocument = createDocumentReader(specFolder, diagnostics);
  progress.start(chosen.length);
  for (const found of chosen) {
    for (const valid of await readDocument(found)) {
      const { product } = valid;
      sources.push({ product, path: valid.documentPath, valid });
      references.set(product, new Set([...(references.get(product) ?? []), ...valid.references]));
    }
    progress.step();
  }
  progress.stop();
  checkUnique(sources, skipped, diagnostics);
  const names = [...new Set([...chosen, ...sources].map(({ product }) => product))].filter(Boolean).sort();
  const products = names.map((name) => {
    const own = sources.filter(({ product }) => product === name);
    return buildProduct(
      name,
      config?.titles.get(name) ?? name,
      own,
      config?.brand.retCodes ?? [],
      diagnostics,
    );
  });
  if (config !== undefined) checkTitles(config, documents, products, diagnostics);
  diagnostics.throwIfAny();
  if (config === undefined) throw new Error("unreachable: a configuration that is missing is a problem");
  const relativePaths = (paths: ReadonlySet<string>) =>
    [...paths].map((path) => toSlashes(relative(specFolder, path))).sort();
  const actions = {
    ...skipped,
    ...Object.fromEntries(products.map((product) => [product.name, product.actions.map(({ name }) => name)])),
  };
  return {
    brand: config.brand,
    products,
    summaries: Object.entries(actions)
      .map(([name, own]) => ({ name, title: config.titles.get(name) ?? name, actions: own }))
      .sort((a, b) => (a.name < b.name ? -1 : 1)),
    references: new Map([...references].map(([product, paths]) => [product, relativePaths(paths)])),
  };
}

function locationOf(valid: ValidDocument) {
  return { file: valid.file, line: valid.lineOf(operationPath) };
}

/** The gateway distinguishes actions by name alone, and a file system may not distinguish `A` from `a`. */
function checkUnique(
  sources: readonly ActionSource[],
  skipped: Readonly<Record<string, readonly string[]>>,
  diagnostics: Diagnostics,
): void {
  const first = new Map<string, string>();
  for (const [product, actions] of Object.entries(skipped))
    for (const action of actions) first.set(action.toLowerCase(), `${action} in the product ${product}`);
  for (const source of sources) {
    const name = nameOf(source);
    const { file, line } = locationOf(source.valid);
    const other = first.get(name.toLowerCase());
    first.set(name.toLowerCase(), other ?? `${name} at ${file}:${line}`);
    if (other === undefined) continue;
    const message = `the action ${name} is also described as ${other}`;
    const help = "Keep one of the two documents.";
    diagnostics.add({ code: "action-twice", file, line, message, help });
  }
}

/** Reports titles of products that do not exist. */
function checkTitles(
  { titles, yaml: { file, lineOf } }: Config,
  documents: readonly FoundDocument[],
  products: readonly Pick<Product, "name">[],
  diagnostics: Diagnostics,
): void {
  // Which products a document outside the product folders has is unknown if it has problems.
  if (diagnostics.list.length > 0 && documents.some(({ product }) => product === "")) return;
  const known = new Set([...documents.map(({ product }) => product), ...products.map(({ name }) => name)]);
  for (const name of titles.keys()) {
    if (known.has(name)) continue;
    const message = `products.${name} is the title of a product that has no documents`;
    const help = "Correct the name, or remove the line.";
    diagnostics.add({ code: "title-unused", file, line: lineOf(["products", name]), message, help });
  }
}
