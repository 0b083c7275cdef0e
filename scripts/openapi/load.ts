import { loadConfig } from "../config.js";
import { configName } from "../config-name.js";
import { Diagnostics } from "../diagnostic.js";
import { readAction } from "../model/action.js";
import type { Action, ApiModel, RetCode } from "../model/api-model.js";
import { type Owned, toProducts } from "../model/products.js";
import { createDocumentReader, type DocumentReader } from "./document.js";
import { type FoundDocument, findDocuments } from "./find-documents.js";

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

/** Reads the actions of one file into the model. */
export async function readActions(
  found: FoundDocument,
  readDocument: DocumentReader,
  gatewayRetCodes: readonly RetCode[],
  diagnostics: Diagnostics,
  files = new Set<string>(),
): Promise<Owned<Action>[]> {
  return (await readDocument(found)).flatMap((valid) => {
    for (const file of valid.references) files.add(file);
    const action = readAction(valid, valid.documentPath, gatewayRetCodes, diagnostics);
    return action === undefined ? [] : [{ product: valid.product, action }];
  });
}
