import { type Config, loadConfig } from "./config.js";
import { configName } from "./config-name.js";
import { Diagnostics } from "./diagnostic.js";
import type { ApiModel, Product } from "./model/api-model.js";
import { type ActionSource, buildProduct, nameOf } from "./model/products.js";
import { createDocumentReader, type DocumentReader, type ValidDocument } from "./openapi/document.js";
import {
  documentSuffix,
  type FoundDocument,
  findDocuments,
  isActionPath,
  misplaced,
} from "./openapi/find-documents.js";

/** The products of some documents. */
export interface LoadedProducts {
  readonly products: readonly Product[];
  /** Other files that their documents refer to, by absolute path; sorted. */
  readonly references: readonly string[];
}

/**
 * Reads a specification folder: its configuration, every `<product>/<Action>.openapi.yaml`, and documents with many
 * actions. A document can be JSON as well.
 *
 * @throws InputError with every problem found.
 */
export async function load(specFolder: string): Promise<ApiModel> {
  const diagnostics = new Diagnostics();
  const config = await loadConfig(`${specFolder}/${configName}`, diagnostics);
  const documents = await findDocuments(specFolder, diagnostics);
  const { products } = await loadProducts(specFolder, documents, config, diagnostics);
  if (config !== undefined) checkTitles(config, documents, products, diagnostics);
  diagnostics.throwIfAny();
  if (config === undefined) throw new Error("unreachable: a configuration that is missing is a problem");
  return { brand: config.brand, products };
}

/**
 * Reads some documents of a specification folder into products.
 *
 * @param diagnostics gains every problem of the documents.
 * @param onDocument called after each document.
 */
export async function loadProducts(
  specFolder: string,
  documents: readonly FoundDocument[],
  config: Config | undefined,
  diagnostics: Diagnostics,
  onDocument: () => void = () => {},
): Promise<LoadedProducts> {
  const readDocument = createDocumentReader(specFolder, diagnostics);
  const references = new Set<string>();
  const sources: ActionSource[] = [];
  for (const found of documents) {
    sources.push(...(await readSources(found, readDocument, references, diagnostics)));
    onDocument();
  }
  checkUnique(sources, diagnostics);
  const names = [...new Set([...documents, ...sources].map(({ product }) => product))].filter(Boolean).sort();
  const products = names.map((name) => {
    const own = sources.filter(({ product }) => product === name);
    const title = config?.titles.get(name) ?? name;
    return buildProduct(name, title, own, config?.brand.retCodes ?? [], diagnostics);
  });
  return { products, references: [...references].sort() };
}

async function readSources(
  { source, path, product }: FoundDocument,
  readDocument: DocumentReader,
  references: Set<string>,
  diagnostics: Diagnostics,
): Promise<ActionSource[]> {
  const read = await readDocument(source);
  if (read === undefined) return [];
  if (read.isOneAction && !isActionPath(path)) diagnostics.add(misplaced(source.path, path));
  for (const file of read.files) references.add(file);
  return read.documents.map((valid) => {
    const own = { product: product || valid.product, path, valid };
    if (read.isOneAction) checkDocumentName(own, diagnostics);
    else if (own.product === "") addWithoutProduct(own, diagnostics);
    return own;
  });
}

function checkDocumentName(source: ActionSource, diagnostics: Diagnostics): void {
  const name = nameOf(source);
  const [suffix = ""] = documentSuffix.exec(source.path) ?? [];
  if (source.path.endsWith(`/${name}${suffix}`)) return;
  const message = `describes ${name}, whose document is named ${name}${suffix}`;
  const help = "Rename the file, or correct the name of the action.";
  diagnostics.add({ code: "document-name", ...locationOf(source.valid), message, help });
}

function addWithoutProduct(source: ActionSource, diagnostics: Diagnostics): void {
  const message = `no tag of the action ${nameOf(source)} names its product`;
  const help = "Add `tags: [<product>]`, or move the document to the folder of its product.";
  diagnostics.add({ code: "product", ...locationOf(source.valid), message, help });
}

function locationOf({ yaml }: ValidDocument) {
  return { file: yaml.file, line: yaml.lineOf(["paths", "/", "get"]) };
}

/** The gateway distinguishes actions by name alone, and a file system may not distinguish `A` from `a`. */
function checkUnique(sources: readonly ActionSource[], diagnostics: Diagnostics): void {
  const first = new Map<string, ActionSource>();
  for (const source of sources) {
    const key = nameOf(source).toLowerCase();
    const other = first.get(key);
    if (other === undefined) {
      first.set(key, source);
      continue;
    }
    const { file, line } = locationOf(other.valid);
    const message = `the action ${nameOf(source)} is also described as ${nameOf(other)} at ${file}:${line}`;
    const help = "Keep one of the two documents.";
    diagnostics.add({ code: "action-twice", ...locationOf(source.valid), message, help });
  }
}

/** Reports titles of products that do not exist. */
export function checkTitles(
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
