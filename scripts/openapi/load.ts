import { loadConfig } from "../config.js";
import { configName } from "../config-name.js";
import { type Diagnostic, Diagnostics } from "../diagnostic.js";
import { readAction } from "../model/action.js";
import type { Action, ApiModel, RetCode } from "../model/api-model.js";
import { type Owned, toProducts } from "../model/products.js";
import { createDocumentReader, type DocumentReader } from "./document.js";
import {
  documentSuffix,
  type FoundDocument,
  findDocuments,
  isActionPlace,
  misplaced,
} from "./find-documents.js";

/**
 * Reads a specification folder: its configuration, every `<product>/<Action>.openapi.yaml`, and documents with many
 * actions. A document may be JSON as well.
 *
 * @throws InputError with all the faults that were found.
 */
export async function load(specFolder: string): Promise<ApiModel> {
  const diagnostics = new Diagnostics();
  const config = await loadConfig(`${specFolder}/${configName}`, diagnostics);
  const documents = await findDocuments(specFolder, diagnostics);
  const readDocument = createDocumentReader(specFolder, diagnostics);
  const actions: Owned<Action>[] = [];
  for (const found of documents)
    actions.push(...(await readActions(found, readDocument, config?.brand.retCodes ?? [], diagnostics)));
  const products = toProducts(actions, documents, config, diagnostics);
  diagnostics.throwIfAny();
  if (config === undefined) throw new Error("unreachable: a configuration that is missing is a fault");
  return { brand: config.brand, products };
}

/**
 * Reads the actions of one file. Faults go to `diagnostics`.
 *
 * @param gatewayRetCodes those that any action can answer.
 * @param files gains the other files that went into them, by absolute path.
 */
export async function readActions(
  { source, path, product }: FoundDocument,
  readDocument: DocumentReader,
  gatewayRetCodes: readonly RetCode[],
  diagnostics: Diagnostics,
  files = new Set<string>(),
): Promise<Owned<Action>[]> {
  const read = await readDocument(source);
  if (read?.isOneAction && !isActionPlace(path)) diagnostics.add(misplaced(source.path, path));
  for (const file of read?.files ?? []) files.add(file);
  return (read?.documents ?? []).flatMap((valid) => {
    const action = readAction(valid, path, gatewayRetCodes, diagnostics);
    if (action === undefined) return [];
    if (read?.isOneAction) checkDocumentName(path, action, diagnostics);
    else if (product === "" && valid.product === "") diagnostics.add(withoutProduct(action));
    return [{ product: product || valid.product, action }];
  });
}

function checkDocumentName(path: string, action: Action, diagnostics: Diagnostics): void {
  const { name } = action;
  const [suffix = ""] = documentSuffix.exec(path) ?? [];
  if (path.endsWith(`/${name}${suffix}`)) return;
  const message = `describes ${name}, whose document is called ${name}${suffix}`;
  const help = "Rename the file, or correct the action's name.";
  diagnostics.add({ code: "document-name", ...action.source, message, help });
}

function withoutProduct({ name, source }: Action): Diagnostic {
  const message = `no tag of the action ${name} says which product it belongs to`;
  const help = "Write `tags: [<product>]`, or move the document to the folder of its product.";
  return { code: "product", ...source, message, help };
}
