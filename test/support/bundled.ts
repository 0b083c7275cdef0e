import { existsSync } from "node:fs";
import { cp, mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { stringify } from "yaml";
import { load } from "../../scripts/load.js";
import type { ApiModel } from "../../scripts/model/api-model.js";
import { type BundleForm, bundle } from "../../scripts/openapi/join/join.js";
import { generated } from "./generated.js";
import { temporaryFolder } from "./spec-folder.js";

/** A specification folder with the configuration and the versions of another and these documents, by path. */
export async function folderOf(
  config: string,
  documents: Readonly<Record<string, unknown>>,
): Promise<string> {
  const folder = await temporaryFolder();
  for (const name of ["actiongen.yaml", "versions.json"])
    if (existsSync(join(config, name))) await cp(join(config, name), join(folder, name));
  for (const [path, document] of Object.entries(documents)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    const text =
      typeof document === "string" ? document : stringify(document, { aliasDuplicateObjects: false });
    await writeFile(join(folder, path), text);
  }
  return folder;
}

/** A folder with the same actions as another one, but in one document. */
export async function bundledFolder(folder: string, form: BundleForm): Promise<string> {
  return await folderOf(folder, { "all.openapi.yaml": bundle(await load(folder), form) });
}

/** A model without sources. Of each document, only the parts that do not depend on the other actions. */
export function sameModel({ brand, products }: ApiModel): unknown {
  const text = JSON.stringify({ brand, products }, (key, value) => {
    if (key === "source" || key === "documentPath") return undefined;
    if (key !== "document") return value === undefined ? "none" : value;
    const { get, ...item } = value.paths["/"];
    const { tags: _, security = value.security, ...operation } = get;
    return { item, operation, security, components: value.components, facts: value["x-actiongen-source"] };
  });
  return JSON.parse(text);
}

/** Generated files, without the paths of documents. */
export async function generatedWithoutSources(folder: string): Promise<Record<string, string>> {
  const files = [...(await generated(folder))].map(([path, text]) => [
    path,
    text.replaceAll(/[\w./-]+\.openapi\.(yaml|json)/g, "<document>"),
  ]);
  return Object.fromEntries(files);
}
