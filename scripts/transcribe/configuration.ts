import { existsSync } from "node:fs";
import { join } from "node:path";
import { parseDocument } from "yaml";
import { type Config, loadConfig } from "../config.js";
import { configName } from "../config-name.js";
import type { Diagnostics } from "../diagnostic.js";
import { displayPath, readSource } from "../files.js";

/** The configuration of a specification folder, or the one that a new folder begins with. */
export interface FolderConfig extends Config {
  readonly file: string;
  /** Whether the folder has none of its own yet. */
  readonly isNew: boolean;
  /** The text that a new folder's configuration gets: titles of its own products only. */
  readonly textFor: (products: ReadonlySet<string>) => string;
}

/** Where the configuration of a folder that has none comes from. */
const usual = join("spec", configName);

/** Reads the configuration of a folder. Faults go to `diagnostics`; then the result is `undefined`. */
export async function configFor(folder: string, diagnostics: Diagnostics): Promise<FolderConfig | undefined> {
  const own = join(folder, configName);
  const isNew = !existsSync(own) && existsSync(usual);
  const path = isNew ? usual : own;
  const config = await loadConfig(path, diagnostics);
  if (config === undefined) return undefined;
  const { text } = await readSource(path);
  return {
    ...config,
    file: displayPath(path),
    isNew,
    textFor: (products) => {
      const yaml = parseDocument(text);
      for (const name of config.titles.keys()) if (!products.has(name)) yaml.deleteIn(["products", name]);
      return yaml.toString({ lineWidth: 0, flowCollectionPadding: false });
    },
  };
}
