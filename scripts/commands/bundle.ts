import { stringify } from "yaml";
import { displayPath } from "../files.js";
import { load } from "../load.js";
import type { OpenApiDocument } from "../model/api-model.js";
import { type BundleForm, bundle } from "../openapi/join/join.js";
import { writeWhole } from "../output/write.js";

interface BundleOptions {
  readonly spec: string;
  readonly form: BundleForm;
  readonly out?: string;
}

/** Writes one document with all actions to a file, or to standard output without `--out`. */
export async function runBundle({ spec, form, out }: BundleOptions): Promise<boolean> {
  const document = bundle(await load(spec), form);
  if (out === undefined) {
    process.stdout.write(toYaml(document));
    return true;
  }
  await writeWhole(out, out.endsWith(".json") ? `${JSON.stringify(document, null, 2)}\n` : toYaml(document));
  console.log(`wrote ${displayPath(out)}`);
  return true;
}

/** Strings such as `no`, `1_000` and `2026-01-31` are quoted, so that readers of YAML 1.1 do not convert them. */
function toYaml(document: OpenApiDocument): string {
  return stringify(document, { aliasDuplicateObjects: false, compat: "yaml-1.1", lineWidth: 0 });
}
