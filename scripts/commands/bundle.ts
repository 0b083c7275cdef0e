import { stringify } from "yaml";
import { suggestion } from "../../templates/runtime/nearest.js";
import { UsageError } from "../diagnostic.js";
import { displayPath } from "../files.js";
import { load } from "../load.js";
import type { ApiModel, OpenApiDocument, Product } from "../model/api-model.js";
import { type BundleForm, bundle } from "../openapi/join/join.js";
import { writeWhole } from "../output/write.js";

interface BundleOptions {
  readonly spec: string;
  readonly form: BundleForm;
  /** Names of the products whose actions are written; all if empty. */
  readonly product: readonly string[];
  readonly out?: string;
}

/** Writes one document with many actions to a file, or to standard output without `--out`. */
export async function runBundle({ spec, form, product, out }: BundleOptions): Promise<boolean> {
  const api = await load(spec);
  const document = bundle({ ...api, products: chosenProducts(api, product) }, form);
  if (out === undefined) {
    process.stdout.write(toYaml(document));
    return true;
  }
  await writeWhole(out, out.endsWith(".json") ? `${JSON.stringify(document, null, 2)}\n` : toYaml(document));
  console.log(`wrote ${displayPath(out)}`);
  return true;
}

/** @throws UsageError with every name that is not that of a product. */
function chosenProducts({ products }: ApiModel, names: readonly string[]): readonly Product[] {
  const known = products.map(({ name }) => name);
  const unknown = names.filter((name) => !known.includes(name));
  if (unknown.length > 0) {
    const problems = unknown.map((name) => `${JSON.stringify(name)}${suggestion(name, known)}`);
    throw new UsageError(`error: --product: the specification has no product ${problems.join(", ")}`);
  }
  return names.length === 0 ? products : products.filter(({ name }) => names.includes(name));
}

/** Strings such as `no`, `1_000` and `2026-01-31` are quoted, so that readers of YAML 1.1 do not convert them. */
function toYaml(document: OpenApiDocument): string {
  return stringify(document, { aliasDuplicateObjects: false, compat: "yaml-1.1", lineWidth: 0 });
}
