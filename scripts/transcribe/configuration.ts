import { existsSync } from "node:fs";
import { join } from "node:path";
import { parseDocument } from "yaml";
import { type Config, loadConfig } from "../config.js";
import { configName } from "../config-name.js";
import type { Diagnostics } from "../diagnostic.js";
import { displayPath, readSource } from "../files.js";

/** The configuration of a specification folder, or the initial configuration of a new folder. */
export interface FolderConfig extends Config {
  readonly file: string;
  /** Whether the folder has no configuration yet. */
  readonly isNew: boolean;
  /** Text of the configuration for a new folder, with the titles of these products only. */
  readonly textFor: (products: ReadonlySet<string>) => string;
}

/** Configuration that a new folder copies. */
const defaultConfig = join("spec", configName);

/** Reads the configuration of a folder. Reports its problems; `undefined` if it cannot be used. */
export async function configFor(folder: string, diagnostics: Diagnostics): Promise<FolderConfig | undefined> {
  const own = join(folder, configName);
  const isNew = !existsSync(own) && existsSync(defaultConfig);
  const path = isNew ? defaultConfig : own;
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
