import { versionsName } from "./config-name.js";
import { closed, compileSchema, version } from "./config-schema.js";
import { Diagnostics } from "./diagnostic.js";
import { displayPath, readIfThere } from "./files.js";
import { readJsonFile } from "./json-file.js";
import type { PackageSettings, SourceRef } from "./model/api-model.js";
import { isProductName } from "./model/names.js";
import { parseYaml } from "./openapi/yaml.js";
import { compare } from "./text.js";

/** Content of `versions.json`. */
interface VersionsFile {
  readonly core?: string;
  readonly products?: Readonly<Record<string, string>>;
}

const validateVersions = compileSchema<VersionsFile>(
  closed({}, { core: version, products: { type: "object", additionalProperties: version } }),
);

/**
 * Reads the versions of the packages of a specification folder. Reports problems of the file.
 *
 * @returns versions by the name of the package's folder, `core` or that of a product. Without the file: none.
 */
export async function readVersions(
  specFolder: string,
  diagnostics: Diagnostics,
): Promise<Record<string, string>> {
  const file = await readJsonFile(specFolder, versionsName, validateVersions, diagnostics);
  const { core, products = {} } = file?.value ?? {};
  for (const name of Object.keys(products)) {
    if (file === undefined || isProductName(name)) continue;
    const message = `products › ${name} is not the name of a product`;
    const line = file.lineOf(["products", name]);
    const help = "Correct the name, or remove the line.";
    diagnostics.add({ code: "release-file", file: file.file, line, message, help });
  }
  return { ...products, ...(core !== undefined && { core }) };
}

/** Location of the version of a package in `versions.json`; line 0 if it is not there. */
export async function versionLocation(specFolder: string, name: string): Promise<SourceRef> {
  const path = `${specFolder}/${versionsName}`;
  const source = await readIfThere(path);
  const json = source && parseYaml(source, new Diagnostics());
  const keys = name === "core" ? [name] : ["products", name];
  return { file: source?.path ?? displayPath(path), line: json?.lineOf(keys) ?? 0 };
}

/** The version of a package. @param name `core`, or that of a product. */
export function versionOf({ version: first, versions }: PackageSettings, name: string): string {
  return (Object.hasOwn(versions, name) ? versions[name] : undefined) ?? first;
}

/** Content of `versions.json`, sorted by name. @param versions as {@link readVersions} returns them. */
export function printVersions({ core, ...products }: Readonly<Record<string, string>>): string {
  const sorted = Object.entries(products).sort(([a], [b]) => compare(a, b));
  return `${JSON.stringify({ core, products: Object.fromEntries(sorted) }, null, 2)}\n`;
}
