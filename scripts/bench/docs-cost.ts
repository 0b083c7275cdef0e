import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { toolkitFolder } from "../toolkit.js";
import { installed, measure, type Usage } from "./measure.js";

const dist = (path: string) => JSON.stringify(pathToFileURL(join(toolkitFolder, "dist/scripts", path)).href);

/** Program that loads a specification, and emits and writes its reference if there is an output folder. */
const program = `
import { load } from ${dist("load.js")};
import { emitProductDocs, emitSharedDocs } from ${dist("emit/docs/site.js")};
import { readTemplates } from ${dist("emit/index.js")};
import { outputHash } from ${dist("output/manifest.js")};
import { writeGenerated } from ${dist("output/write.js")};

const [spec, out] = process.argv.slice(2);
const { brand, products, summaries } = await load(spec);
const templates = await readTemplates(brand);
if (out !== undefined) {
  const files = products.flatMap((product) => emitProductDocs(brand, product, summaries, templates));
  files.push(...emitSharedDocs(brand, summaries, templates));
  const shared = { input: "", output: outputHash(files), files };
  await writeGenerated(out, { specification: "", products: {}, shared, upToDate: {} }, { check: false, allowRemoving: false });
}
`;

/** Measurements of one run. */
export interface DocsCost {
  /** `generate`, into an empty folder. */
  readonly generate: Usage;
  /** The same specification, loaded only. */
  readonly load: Usage;
  /** Loaded, and its reference emitted and written. */
  readonly docs: Usage;
  readonly openapiTypeScript: Usage;
}

/**
 * Measures what the reference costs. The program above is measured with and without it, since a process has no part that can be
 * measured alone.
 *
 * @param folder a new folder; receives the output of `generate` in `out`.
 */
export async function measureDocs(spec: string, folder: string): Promise<DocsCost> {
  const path = join(folder, "docs.mjs");
  const document = join(folder, "virtual.json");
  const actiongen = join(toolkitFolder, "dist/scripts/main.js");
  await mkdir(folder);
  await writeFile(path, program);
  await measure(actiongen, "bundle", "--form", "virtual", "--spec", spec, "--out", document);
  return {
    generate: await measure(actiongen, "generate", "--spec", spec, "--out", join(folder, "out")),
    load: await measure(path, spec),
    docs: await measure(path, spec, join(folder, "docs")),
    openapiTypeScript: await measure(
      installed("openapi-typescript/bin/cli.js"),
      document,
      "--output",
      join(folder, "types.d.ts"),
    ),
  };
}
