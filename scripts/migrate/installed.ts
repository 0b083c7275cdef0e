import { readdirSync, realpathSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { closed, compileSchema } from "../config-schema.js";
import type { Diagnostics } from "../diagnostic.js";
import { fileProblem, isFolder, readIfThere, toSlashes } from "../files.js";
import type { Migration, MovedExport, MovedMember } from "../model/migration.js";
import { reportErrors } from "../openapi/schema-error.js";
import { parseJson, reporter } from "../openapi/yaml.js";

const text = { type: "string" };
const name = { type: "string", pattern: "^[A-Za-z_$][\\w$]*$", description: "an identifier" };
const packageName = {
  type: "string",
  pattern: "^@\\w[\\w.-]*/\\w[\\w.-]*$",
  description: "the name of a package",
};
const anyPackage = {
  type: "string",
  pattern: `^$|${packageName.pattern}`,
  description: packageName.description,
};
const path = { type: "string", pattern: "^(?:$|[\\w@./-]+$)", description: "a name" };
const exported = {
  type: "string",
  pattern: "^(?:$|(?:(?:actions|testing)/)?[A-Za-z_$][\\w$]*$)",
  description: "a name or a module",
};
const validateMigration = compileSchema<Migration>(
  closed({
    actiongen: { const: 1 },
    package: packageName,
    exports: {
      type: "array",
      items: closed({ from: packageName, old: exported, to: anyPackage, new: exported, note: text }),
    },
    members: {
      type: "array",
      items: closed({ module: path, interface: name, old: text, new: text, note: text }),
    },
  }),
);

/** The old names of all installed packages. */
export interface Installed {
  /** Names of the packages that programs import. */
  readonly packages: ReadonlySet<string>;
  /** Finds an export that a file imports, or a module by its path. */
  export(file: string, packageName: string, old: string): MovedExport | undefined;
  /** Old names of an interface's members, that a file declares. */
  members(file: string, interfaceName: string): readonly MovedMember[];
  /** Package of a file, if it is one of those. */
  packageOf(file: string): string | undefined;
  /** All old names of members. */
  readonly oldMembers: ReadonlySet<string>;
}

/** A package in a `node_modules`, which may have old names. */
interface InstalledPackage {
  readonly name: string;
  readonly root: string;
  readonly migration: Migration | undefined;
}

/** Reads `migration.json` of the packages that are installed for files. Reports problems of these. */
export async function readInstalled(files: readonly string[], diagnostics: Diagnostics): Promise<Installed> {
  const byFolder = new Map<string, InstalledPackage[]>();
  for (const folder of new Set(files.flatMap(foldersAround)))
    byFolder.set(folder, await packagesIn(join(folder, "node_modules"), diagnostics));
  const owners = [...byFolder.values()].flat().filter(({ migration }) => migration !== undefined);
  const migrations = owners.flatMap(({ migration }) => migration ?? []);
  const ownerOf = (file: string) => owners.find(({ root }) => toSlashes(file).startsWith(`${root}/`));
  const exports = new Map<string, Map<string, MovedExport>>();
  const exportsOf = (file: string) => {
    const folders = foldersAround(file);
    const [nearest = ""] = folders;
    const known = exports.get(nearest) ?? exportsFor(folders.flatMap((one) => byFolder.get(one) ?? []));
    exports.set(nearest, known);
    return known;
  };
  return {
    packages: new Set(
      migrations.flatMap((migration) => [migration.package, ...migration.exports.map(({ from }) => from)]),
    ),
    export: (file, name, old) => exportsOf(file).get(keyOf(name, old)),
    members(file, interfaceName) {
      const owner = ownerOf(file);
      if (owner === undefined) return [];
      const inside = toSlashes(file).slice(owner.root.length + 1);
      const module = inside.replace(/^(?:dist\/(?:esm|cjs)|src)\//, "").replace(/(?:\.d)?\.[cm]?ts$/, "");
      return (owner.migration?.members ?? []).filter(
        (one) => one.module === module && one.interface === interfaceName,
      );
    },
    packageOf: (file) => ownerOf(file)?.name,
    oldMembers: new Set(migrations.flatMap(({ members }) => members.map(({ old }) => old))),
  };
}

/** The folders that a file is in, the nearest first. */
function foldersAround(file: string): string[] {
  const folder = dirname(resolve(file));
  return folder === dirname(folder) ? [folder] : [folder, ...foldersAround(folder)];
}

/** Packages with a scope in a `node_modules`. */
async function packagesIn(modules: string, diagnostics: Diagnostics): Promise<InstalledPackage[]> {
  const found: InstalledPackage[] = [];
  for (const scope of namesIn(modules).filter((one) => one.startsWith("@"))) {
    for (const one of namesIn(join(modules, scope))) {
      const folder = join(modules, scope, one);
      if (!isFolder(folder)) continue;
      const name = `${scope}/${one}`;
      const migration = await readMigration(join(folder, "migration.json"), name, diagnostics);
      found.push({ name, root: toSlashes(realpathSync(folder)), migration });
    }
  }
  return found;
}

function namesIn(folder: string): string[] {
  return isFolder(folder) ? readdirSync(folder).sort() : [];
}

/** Old names of exports for files that can import some packages, the nearest first: of two with one name, that is imported. */
function exportsFor(packages: readonly InstalledPackage[]): Map<string, MovedExport> {
  const names = new Set<string>();
  const exports = new Map<string, MovedExport>();
  for (const { name: own, migration } of packages) {
    if (names.has(own)) continue;
    names.add(own);
    for (const one of migration?.exports ?? []) {
      const key = keyOf(one.from, one.old);
      // An action that moved and then got another name is gone for the package that it was in.
      if ((exports.get(key)?.new ?? "") === "") exports.set(key, one);
    }
  }
  return exports;
}

function keyOf(name: string, old: string): string {
  return JSON.stringify([name, old]);
}

/** Reads the file of a package; `undefined` if it is that of another tool, or has problems. */
async function readMigration(
  file: string,
  name: string,
  diagnostics: Diagnostics,
): Promise<Migration | undefined> {
  const help = "Install the package again.";
  try {
    const source = isFolder(file) ? undefined : await readIfThere(file);
    // That of another tool need not be JSON.
    const json = source?.text.includes('"actiongen"') ? parseJson(source, help, diagnostics) : undefined;
    if (json === undefined) return undefined;
    const { value } = json;
    if (typeof value !== "object" || value === null || !("actiongen" in value)) return undefined;
    const code = "migration-file";
    if (validateMigration(value)) {
      if (isOwn(value, name)) return value;
      const message = `has old names of other packages than those of the scope of ${name}, or is not its own`;
      diagnostics.add(fileProblem(code, file, message, help));
    } else {
      const facts = { code, whole: "the file", help };
      reportErrors(validateMigration.errors ?? [], facts, reporter(json, diagnostics));
    }
  } catch (error) {
    diagnostics.addAll(error);
  }
  return undefined;
}

/** Whether a migration is that of a package, and changes nothing but names of its scope: an import must not lead elsewhere. */
function isOwn({ package: own, exports }: Migration, name: string): boolean {
  const scope = name.slice(0, name.indexOf("/") + 1);
  const names = exports.flatMap(({ from, to }) => [from, to]).filter(Boolean);
  return own === name && names.every((one) => one.startsWith(scope));
}
