import { join } from "node:path";
import { configName } from "./config-name.js";
import { Diagnostics } from "./diagnostic.js";
import { readIfThere } from "./files.js";
import type { GeneratedFile } from "./model/api-model.js";
import { findDocuments } from "./openapi/find-documents.js";
import { mapValues } from "./openapi/pointer.js";
import { outputHash } from "./output/manifest.js";
import type { OutputGroup, WriteResult } from "./output/plan.js";
import { findUpToDate, inputHashes } from "./output/up-to-date.js";
import { writeGenerated } from "./output/write.js";
import type { Progress } from "./progress.js";

export interface GenerateOptions {
  /** Folder with `actiongen.yaml` and `<product>/<Action>.openapi.yaml`. */
  readonly spec: string;
  /** Folder to write the generated files to. */
  readonly out: string;
  /** Writes nothing, and reports what would change. */
  readonly check: boolean;
  readonly progress?: Progress;
}

/**
 * The pipeline: loads a specification into the model, emits files from it, and writes them. A product whose input and
 * files are those of the last run is skipped; `check` skips nothing.
 *
 * @throws InputError with every problem of the input; then nothing was written.
 */
export async function generate({ spec, out, check, progress }: GenerateOptions): Promise<WriteResult> {
  const diagnostics = new Diagnostics();
  const found = await findDocuments(spec, diagnostics);
  const config = await readIfThere(join(spec, configName));
  const hashes = inputHashes(spec, config?.text ?? "", found);
  const skipsNothing = check || diagnostics.list.length > 0;
  const upToDate = skipsNothing ? undefined : findUpToDate(out, found, hashes);
  if (upToDate?.everything !== undefined) return { written: [], removed: [], unchanged: upToDate.everything };

  // Imported on demand: loading these takes longer than all of a run without changes.
  const { load } = await import("./load.js");
  const { emitProduct, emitShared, readTemplates } = await import("./emit/index.js");
  const known = upToDate?.products ?? {};
  const skipped = mapValues(known, ({ actions }) => actions);
  const model = await load(spec, { skipped, found, diagnostics, ...(progress && { progress }) });
  const templates = await readTemplates();
  const group = (input: string, files: readonly GeneratedFile[]) => ({
    input,
    output: outputHash(files),
    files,
  });
  const products: Record<string, OutputGroup> = {};
  for (const product of model.products) {
    const references = model.references.get(product.name) ?? [];
    const input = hashes.ofProduct(product.name, references);
    const actions = product.actions.map(({ name }) => name);
    const files = await emitProduct(model.brand, product, templates);
    products[product.name] = { ...group(input, files), references, actions };
  }
  const sharedFiles = await emitShared(model.brand, model.summaries, templates);
  const shared = { ...group(hashes.ofShared(model.summaries), sharedFiles), references: [], actions: [] };
  return await writeGenerated(out, { products, shared, upToDate: known }, { check });
}
