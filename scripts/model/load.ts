import { relative } from "node:path";
import { type Diagnostic, Faults } from "../diagnostic.js";
import { displayPath, readFolder, type SourceFile, toSlashes } from "../files.js";
import { readAction } from "./action.js";
import type { Action, ApiModel, Product, RetCode } from "./api-model.js";
import { type Config, configName, loadConfig } from "./config.js";
import { createDocumentReader } from "./document.js";
import { isIdentifier, isProductName } from "./names.js";

const documentSuffix = /\.openapi\.(yaml|json)$/;

/**
 * Reads a specification folder: its configuration, every `<product>/<Action>.openapi.yaml`, and documents with many
 * actions. A document may be JSON as well.
 *
 * @throws InputError with all the faults that were found.
 */
export async function load(specFolder: string): Promise<ApiModel> {
  const faults = new Faults();
  const config = await loadConfig(`${specFolder}/${configName}`, faults);
  const documents = await findDocuments(specFolder, faults);
  const readDocument = createDocumentReader(specFolder, faults);
  const actions: { product: string; action: Action }[] = [];
  for (const { source, path, product } of documents) {
    const read = await readDocument(source);
    if (read?.isOneAction && !isActionPlace(path)) faults.add(misplaced(source.path, path));
    for (const valid of read?.documents ?? []) {
      const action = readAction(valid, path, faults);
      if (action === undefined) continue;
      actions.push({ product: product || valid.product, action });
      if (read?.isOneAction) checkDocumentName(path, action, faults);
      else if (product === "" && valid.product === "") faults.add(withoutProduct(action));
    }
  }
  // The products of a document with faults that lies in no folder are not known.
  const areKnown = faults.diagnostics.length === 0 || documents.every(({ product }) => product !== "");
  actions.sort((a, b) => compare(a.action.name, b.action.name));
  checkUnique(actions, faults);

  const owners = [...documents, ...actions].map(({ product }) => product);
  const names = [...new Set(owners)].filter((name) => name !== "").sort();
  if (config !== undefined && areKnown) checkTitles(config, names, faults);
  const products = names.map((name) => {
    const own = actions.filter(({ product }) => product === name).map(({ action }) => action);
    return toProduct(name, config?.titles.get(name) ?? name, own, faults);
  });
  faults.throwIfAny();
  if (config === undefined) throw new Error("unreachable: a configuration that is missing is a fault");
  return { brand: config.brand, products };
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

interface FoundDocument {
  readonly source: SourceFile;
  /** Path in the specification folder. */
  readonly path: string;
  readonly product: string;
}

async function findDocuments(specFolder: string, faults: Faults): Promise<FoundDocument[]> {
  const sources = await readFolder(specFolder, ".openapi.yaml", ".openapi.json");
  const documents = sources.map((source) => {
    const path = toSlashes(relative(specFolder, source.path));
    return { source, path, product: path.includes("/") ? (path.split("/", 1)[0] ?? "") : "" };
  });
  if (documents.length === 0) {
    const file = displayPath(specFolder);
    const help = `Put documents at <product>/<Action>.openapi.yaml, or point --spec at the folder that has them.`;
    faults.add({ code: "no-document", file, line: 0, message: "holds no *.openapi.yaml", help });
  }
  return documents.filter(({ source, path, product }) => {
    const name = product === "" ? path : path.slice(product.length + 1);
    const isPlaced = (product === "" || isProductName(product)) && /^[\w-][\w.-]*$/.test(name);
    if (!isPlaced) faults.add(misplaced(source.path, path));
    return isPlaced;
  });
}

/** Whether a document of one action may lie at this path of the specification folder. */
function isActionPlace(path: string): boolean {
  const [product = "", name = "", ...deeper] = path.split("/");
  return isProductName(product) && isIdentifier(name.replace(documentSuffix, "")) && deeper.length === 0;
}

function misplaced(file: string, path: string): Diagnostic {
  const message = `${JSON.stringify(path)} is not <product>/<Action>.openapi.yaml`;
  const help =
    "Name the folder with lower-case letters, digits and -, not core, which the shared package is called, and the file after its action. Only a document with many actions may have another name, or lie outside the folders.";
  return { code: "document-place", file, line: 0, message, help };
}

function checkDocumentName(path: string, { name, source }: Action, faults: Faults): void {
  const [suffix = ""] = documentSuffix.exec(path) ?? [];
  if (path.endsWith(`/${name}${suffix}`)) return;
  const message = `describes ${name}, whose document is called ${name}${suffix}`;
  const help = "Rename the file, or correct the action's name.";
  faults.add({ code: "document-name", ...source, message, help });
}

function withoutProduct({ name, source }: Action): Diagnostic {
  const message = `no tag of the action ${name} says which product it belongs to`;
  const help = "Write `tags: [<product>]`, or move the document to the folder of its product.";
  return { code: "product", ...source, message, help };
}

function checkTitles(
  { titles, yaml: { file, lineOf } }: Config,
  products: readonly string[],
  faults: Faults,
): void {
  for (const name of titles.keys()) {
    if (products.includes(name)) continue;
    const message = `products.${name} is the title of a product that has no documents`;
    faults.add({
      code: "title-unused",
      file,
      line: lineOf(["products", name]),
      message,
      help: "Correct the name, or remove the line.",
    });
  }
}

/**
 * The gateway tells actions apart by name alone, a file system may not even tell `A` from `a`, and two names can
 * give one function.
 */
function checkUnique(actions: readonly { product: string; action: Action }[], faults: Faults): void {
  const first = new Map<string, Action>();
  for (const { product, action } of actions) {
    const keys = [action.name.toLowerCase(), `${product} ${action.functionName}`];
    const other = keys.map((key) => first.get(key)).find((found) => found !== undefined);
    for (const key of keys) first.set(key, other ?? action);
    if (other === undefined) continue;
    const place = `${other.source.file}:${other.source.line}`;
    const isSame = other.name.toLowerCase() === action.name.toLowerCase();
    faults.add({
      code: "action-twice",
      ...action.source,
      message: isSame
        ? `the action ${action.name} is also described as ${other.name} at ${place}`
        : `the action ${action.name} has the same function name, ${action.functionName}, as ${other.name} at ${place}`,
      help: "Keep one of the two documents.",
    });
  }
}

function toProduct(name: string, title: string, actions: readonly Action[], faults: Faults): Product {
  const retCodes = new Map<number, RetCode>();
  for (const action of actions) {
    for (const retCode of action.retCodes) {
      const known = retCodes.get(retCode.code);
      if (known !== undefined && (known.name !== retCode.name || known.retry !== retCode.retry)) {
        const message = `RetCode ${retCode.code} is ${retCode.name} here and ${known.name} in another action of ${name}`;
        faults.add({
          code: "retcode-conflict",
          ...action.source,
          message,
          help: "Let both refer to one table.",
        });
      }
      retCodes.set(retCode.code, known ?? retCode);
    }
  }
  const sorted = [...retCodes.values()].sort((a, b) => a.code - b.code);
  return { name, title, actions, retCodes: sorted };
}
