import { join, relative } from "node:path";
import { configName, versionsName } from "./config-name.js";
import { Diagnostics } from "./diagnostic.js";
import { readIfThere, toSlashes } from "./files.js";
import { findDocuments } from "./openapi/find-documents.js";
import { mapValues } from "./openapi/pointer.js";
import { checkFinished, finishChanges } from "./output/journal.js";
import type { ProductGroup } from "./output/manifest.js";
import { outputHash } from "./output/manifest.js";
import type { OutputGroup, WriteResult } from "./output/plan.js";
import { pathInRepository } from "./output/repository-path.js";
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
  /**
   * Whether the output of another specification can be replaced, and packages of products without documents can be
   * removed. Default: `false`, and both are errors.
   */
  readonly allowRemoving?: boolean;
  /** Path that the reference is published under, instead of `docs.basePath` of the configuration. */
  readonly basePath?: string;
  readonly progress?: Progress;
}

/**
 * The pipeline: loads a specification into the model, emits files from it, and writes them. A product whose input and
 * files are those of the last run is skipped; `check` skips nothing.
 *
 * @throws InputError with every problem of the input; then nothing was written.
 */
export async function generate(options: GenerateOptions): Promise<WriteResult> {
  const { spec, out, check, allowRemoving = false, basePath, progress } = options;
  if (check) checkFinished(out);
  else await finishChanges(out);
  const diagnostics = new Diagnostics();
  const found = await findDocuments(spec, diagnostics);
  const config = await readIfThere(join(spec, configName));
  const outputPath = pathInRepository(out);
  const versions = await readIfThere(join(spec, versionsName));
  const settings = [config?.text ?? "", versions?.text ?? "", basePath ?? "", outputPath ?? ".."];
  const hashes = inputHashes(spec, settings, found);
  const skipsNothing = check || diagnostics.list.length > 0;
  const upToDate = skipsNothing ? undefined : findUpToDate(out, found, hashes);
  if (upToDate?.everything !== undefined) return { written: [], removed: [], unchanged: upToDate.everything };

  // Imported on demand: loading these takes longer than all of a run without changes.
  const { load } = await import("./load.js");
  const { emitProduct, emitShared, readTemplates } = await import("./emit/index.js");
  const known = upToDate?.products ?? {};
  const skipped = mapValues(known, ({ summary }) => summary);
  const model = await load(spec, { skipped, found, diagnostics, ...(progress && { progress }) });
  const { docs } = model.brand;
  const brand = {
    ...model.brand,
    package: { ...model.brand.package, outputPath },
    docs: { ...docs, basePath: basePath ?? docs.basePath },
  };
  const templates = await readTemplates(brand);
  const products: Record<string, OutputGroup<ProductGroup>> = {};
  for (const summary of model.summaries) {
    const { name } = summary;
    const product = model.products.find((one) => one.name === name);
    if (product === undefined) continue;
    const references = model.references.get(name) ?? [];
    const files = await emitProduct(brand, product, model.summaries, templates);
    const input = hashes.ofProduct(name, references);
    products[name] = { input, output: outputHash(files, summary), references, summary, files };
  }
  const files = await emitShared(brand, model.summaries, templates, model.history);
  const shared = { input: hashes.ofShared(model.summaries), output: outputHash(files), files };
  const specification = toSlashes(relative(out, spec));
  const output = { specification, products, shared, upToDate: known };
  return await writeGenerated(out, output, { check, allowRemoving });
}
