import { join } from "node:path";
import { emitProduct, emitShared } from "./emit/index.js";
import { createTemplates } from "./emit/templates.js";
import { readTree } from "./files.js";
import type { GeneratedFile } from "./model/api-model.js";
import { load } from "./openapi/load.js";
import type { WriteResult } from "./output/plan.js";
import { writeGenerated } from "./output/write.js";
import { noProgress, type Progress } from "./progress.js";
import { toolkitFolder } from "./toolkit.js";

/** Options of {@link generate}. */
export interface GenerateOptions {
  /** Folder with `actiongen.yaml` and `<product>/<Action>.openapi.yaml`. */
  readonly spec: string;
  /** Output folder. */
  readonly out: string;
  /** Only reports what would change. */
  readonly check: boolean;
  readonly progress?: Progress;
}

/**
 * The pipeline: specification → model → files → disk.
 *
 * @throws InputError with all diagnostics of the input. Nothing is written then.
 */
export async function generate({
  spec,
  out,
  check,
  progress = noProgress,
}: GenerateOptions): Promise<WriteResult> {
  const { brand, products } = await load(spec);
  const templates = createTemplates(await readTree(join(toolkitFolder, "templates")));
  const files: GeneratedFile[] = [];
  progress.start(products.length);
  for (const product of products) {
    files.push(...(await emitProduct(brand, product, templates)));
    progress.step();
  }
  progress.stop();
  const summaries = products.map(({ name, title, actions }) => ({
    name,
    title,
    actions: actions.map((action) => action.name),
  }));
  files.push(...(await emitShared(brand, summaries, templates)));
  return await writeGenerated(out, files, { check });
}
