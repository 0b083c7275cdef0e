import { versionsName } from "./config-name.js";
import { closed, compileSchema, version } from "./config-schema.js";
import type { Diagnostics } from "./diagnostic.js";
import { readJsonFile } from "./json-file.js";
import type { PackageSettings } from "./model/api-model.js";
import { isProductName } from "./model/names.js";
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
  const file = await readJsonFile(specFolder, versionsName, "the file", validateVersions, diagnostics);
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

/** The version of a package. @param name `core`, or that of a product. */
export function versionOf({ version: first, versions }: PackageSettings, name: string): string {
  return (Object.hasOwn(versions, name) ? versions[name] : undefined) ?? first;
}

/** Content of `versions.json`, sorted by name. @param versions as {@link readVersions} returns them. */
export function printVersions({ core, ...products }: Readonly<Record<string, string>>): string {
  const sorted = Object.entries(products).sort(([a], [b]) => compare(a, b));
  return `${JSON.stringify({ core, products: Object.fromEntries(sorted) }, null, 2)}\n`;
}
