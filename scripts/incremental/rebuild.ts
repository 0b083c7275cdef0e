import { join } from "node:path";
import { loadConfig } from "../config.js";
import { configName } from "../config-name.js";
import type { Diagnostics } from "../diagnostic.js";
import { emitApi, emitProduct } from "../emit/index.js";
import { createTemplates } from "../emit/render.js";
import { readTree } from "../files.js";
import type { ActionCard, GeneratedFile } from "../model/api-model.js";
import { type Owned, toProducts } from "../model/products.js";
import type { FoundDocument } from "../openapi/find-documents.js";
import type { KnownFile, OutputFile } from "../output/plan.js";
import type { Staging } from "../output/write.js";
import type { Progress } from "../progress.js";
import { runTask } from "../threads/threads.js";
import { toolkitFolder } from "../toolkit.js";
import type { Cache } from "./cache.js";
import { type EarlierRuns, identityOf, type Keys, keepDocument } from "./earlier-runs.js";
import { hashOf } from "./hash.js";
import type { MadeDocument } from "./make-documents.js";

/** What a run that has something to make is given. */
export interface RebuildInput {
  readonly spec: string;
  readonly out: string;
  /** Where texts wait; nowhere where none is going to be written. */
  readonly staging: Staging | undefined;
  readonly documents: readonly FoundDocument[];
  readonly diagnostics: Diagnostics;
  readonly keys: Keys;
  readonly cache: Cache;
  readonly earlier: EarlierRuns;
  readonly progress: Progress;
}

/**
 * Makes the files of everything that changed, and names those of the rest.
 *
 * @throws InputError with every fault of every document.
 */
export async function rebuild(input: RebuildInput): Promise<OutputFile[]> {
  const { spec, out, staging, documents, diagnostics, keys, cache, earlier, progress } = input;
  const config = await loadConfig(`${spec}/${configName}`, diagnostics);
  const templates = createTemplates(await readTree(join(toolkitFolder, "templates")));
  const files: OutputFile[] = [];
  const owned: Owned<ActionCard>[] = [];
  const ids: string[] = [];
  const documentIds = new Map<string, Set<string>>();

  const known = documents.map((found) => earlier.document(keys.document(found)));
  const missing = documents.filter((_, index) => known[index] === undefined);
  progress.start(missing.length);
  const made = (
    await runTask("make", { spec, out, staging: staging?.folder }, missing, progress.step)
  ).values();
  progress.stop();
  for (const [index, found] of documents.entries()) {
    const key = keys.document(found);
    const entry = known[index] ?? takeOver(key, made.next().value as MadeDocument);
    const id = identityOf(key, entry);
    ids.push(id);
    for (const { product } of entry.actions) {
      const own = documentIds.get(product) ?? new Set();
      documentIds.set(product, own.add(id));
    }
    owned.push(...entry.actions);
    files.push(...entry.files);
  }
  const products = toProducts(owned, documents, config, diagnostics);
  diagnostics.throwIfAny();
  if (config === undefined) throw new Error("unreachable: a configuration that is missing is a fault");

  const rest: OutputFile[] = [];
  for (const product of products) {
    const key = keys.product(product.name, [...(documentIds.get(product.name) ?? [])]);
    rest.push(...(earlier.files(key) ?? keep(key, await emitProduct(config.brand, product, templates))));
  }
  const key = keys.api(ids);
  rest.push(...(earlier.files(key) ?? keep(key, await emitApi(config.brand, products, templates))));
  cache.set(keys.rest(ids), rest.map(toKnown));
  return [...files, ...rest];

  /** What has faults is told anew in each run, so it is not kept. */
  function takeOver(
    key: string,
    { actions, dependencies, files: own, faults: found }: MadeDocument,
  ): MadeDocument {
    for (const fault of found) diagnostics.add(fault);
    if (found.length === 0) keepDocument(cache, key, { dependencies, actions, files: own.map(toKnown) });
    return { actions, dependencies, files: own, faults: found };
  }

  function keep(key: string, made: readonly GeneratedFile[]): readonly GeneratedFile[] {
    cache.set(key, made.map(toKnown));
    return made;
  }
}

function toKnown(file: OutputFile): KnownFile {
  return "hash" in file
    ? { path: file.path, hash: file.hash }
    : { path: file.path, hash: hashOf(file.content) };
}
