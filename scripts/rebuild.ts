import { join } from "node:path";
import type { Cache } from "./cache.js";
import type { Faults } from "./diagnostic.js";
import { cardOf } from "./emit/card.js";
import { emitAction, emitApi, emitProduct } from "./emit/index.js";
import { createTemplates } from "./emit/render.js";
import { readTree } from "./files.js";
import { hashOf } from "./hash.js";
import {
  type DocumentEntry,
  dependenciesOf,
  type EarlierRuns,
  type Keys,
  keepDocument,
} from "./incremental.js";
import type { ActionCard, GeneratedFile } from "./model/api-model.js";
import { loadConfig } from "./model/config.js";
import { configName } from "./model/config-name.js";
import { createDocumentReader } from "./model/document.js";
import type { FoundDocument } from "./model/find-documents.js";
import { readActions } from "./model/load.js";
import { type Owned, toProducts } from "./model/products.js";
import type { Progress } from "./progress.js";
import { toolkitFolder } from "./toolkit.js";
import type { KnownFile } from "./writer.js";

/** What a run that has something to make is given. */
export interface RebuildInput {
  readonly spec: string;
  readonly documents: readonly FoundDocument[];
  readonly faults: Faults;
  readonly keys: Keys;
  readonly cache: Cache;
  readonly earlier: EarlierRuns;
  readonly progress: Progress;
}

type OutputFile = GeneratedFile | KnownFile;

/**
 * Makes the files of everything that changed, and names those of the rest. One document at a time is held as a whole.
 *
 * @throws InputError with every fault of every document.
 */
export async function rebuild(input: RebuildInput): Promise<OutputFile[]> {
  const { spec, documents, faults, keys, cache, earlier, progress } = input;
  const config = await loadConfig(`${spec}/${configName}`, faults);
  const templates = createTemplates(await readTree(join(toolkitFolder, "templates")));
  const readDocument = createDocumentReader(spec, faults);
  const files: OutputFile[] = [];
  const owned: Owned<ActionCard>[] = [];
  const documentKeys = new Map<string, Set<string>>();

  progress.start(documents.length);
  for (const found of documents) {
    const key = keys.document(found);
    const known = earlier.document(key);
    const entry = known ?? (await makeDocument(found, key));
    for (const { product } of entry.actions) {
      const own = documentKeys.get(product) ?? new Set();
      documentKeys.set(product, own.add(key));
    }
    owned.push(...entry.actions);
    if (known !== undefined) files.push(...known.files);
    progress.step();
  }
  progress.stop();
  const products = toProducts(owned, documents, config, faults);
  faults.throwIfAny();
  if (config === undefined) throw new Error("unreachable: a configuration that is missing is a fault");

  const rest: OutputFile[] = [];
  for (const product of products) {
    const key = keys.product(product.name, [...(documentKeys.get(product.name) ?? [])]);
    rest.push(...(earlier.files(key) ?? keep(key, await emitProduct(config.brand, product, templates))));
  }
  const key = keys.api(documents);
  rest.push(...(earlier.files(key) ?? keep(key, await emitApi(config.brand, products, templates))));
  cache.set(keys.rest(documents), rest.map(toKnown));
  return [...files, ...rest];

  async function makeDocument(found: FoundDocument, key: string): Promise<Pick<DocumentEntry, "actions">> {
    const before = faults.diagnostics.length;
    const dependencies = new Set<string>();
    const read = await readActions(found, readDocument, faults, dependencies);
    if (config === undefined) return { actions: [] };
    const actions: Owned<ActionCard>[] = [];
    const made: GeneratedFile[] = [];
    for (const { product, action } of read) {
      const name = { name: product, title: config.titles.get(product) ?? product };
      try {
        made.push(...(await emitAction(config.brand, name, action, templates)));
      } catch (error) {
        faults.addAll(error);
      }
      actions.push({ product, action: cardOf(config.brand, name, action) });
    }
    files.push(...made);
    if (faults.diagnostics.length === before) {
      keepDocument(cache, key, {
        dependencies: dependenciesOf(dependencies, spec),
        actions,
        files: made.map(toKnown),
      });
    }
    return { actions };
  }

  function keep(key: string, made: readonly GeneratedFile[]): readonly GeneratedFile[] {
    cache.set(key, made.map(toKnown));
    return made;
  }
}

function toKnown(file: OutputFile): KnownFile {
  return "hash" in file ? file : { path: file.path, hash: hashOf(file.content) };
}
