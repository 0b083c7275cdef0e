import { existsSync, readdirSync, realpathSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { closed, compileSchema } from "../config-schema.js";
import type { Diagnostics } from "../diagnostic.js";
import { readSource, toSlashes } from "../files.js";
import type { Migration, MovedExport, MovedMember } from "../model/migration.js";
import { reportErrors } from "../openapi/schema-error.js";
import { parseJson, reporter } from "../openapi/yaml.js";

const text = { type: "string" };
const name = { type: "string", pattern: "^[A-Za-z_$][\\w$]*$", description: "an identifier" };
const path = { type: "string", pattern: "^(?:$|[\\w@./-]+$)", description: "a name" };
const validateMigration = compileSchema<Migration>(
  closed({
    actiongen: { const: 1 },
    package: path,
    exports: { type: "array", items: closed({ from: path, old: path, to: path, new: path, note: text }) },
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
  /** Finds an export, or a module by its path. */
  export(packageName: string, old: string): MovedExport | undefined;
  /** Old names of an interface's members, that a file declares. */
  members(file: string, interfaceName: string): readonly MovedMember[];
  /** Package of a file, if it is one of those. */
  packageOf(file: string): string | undefined;
  /** All old names of members. */
  readonly oldMembers: ReadonlySet<string>;
}

/** Reads `migration.json` of the packages that are installed for files. Reports problems of these. */
export async function readInstalled(files: readonly string[], diagnostics: Diagnostics): Promise<Installed> {
  const migrations: { root: string; migration: Migration }[] = [];
  for (const folder of packageFolders(files)) {
    const migration = await readMigration(join(folder, "migration.json"), diagnostics);
    if (migration !== undefined) migrations.push({ root: toSlashes(realpathSync(folder)), migration });
  }
  const exports = new Map<string, MovedExport>();
  for (const { migration } of migrations)
    for (const one of migration.exports) {
      const key = JSON.stringify([one.from, one.old]);
      // The package that an action moved to knows by which name it has it.
      if (one.to !== "" || !exports.has(key)) exports.set(key, one);
    }
  const ownerOf = (file: string) => migrations.find(({ root }) => toSlashes(file).startsWith(`${root}/`));
  return {
    packages: new Set(
      migrations.flatMap(({ migration }) => [
        migration.package,
        ...migration.exports.map(({ from }) => from),
      ]),
    ),
    export: (packageName, old) => exports.get(JSON.stringify([packageName, old])),
    members(file, interfaceName) {
      const owner = ownerOf(file);
      if (owner === undefined) return [];
      const inside = toSlashes(file).slice(owner.root.length + 1);
      const module = inside.replace(/^(?:dist\/(?:esm|cjs)|src)\//, "").replace(/(?:\.d)?\.[cm]?ts$/, "");
      return owner.migration.members.filter(
        (one) => one.module === module && one.interface === interfaceName,
      );
    },
    packageOf: (file) => ownerOf(file)?.migration.package,
    oldMembers: new Set(migrations.flatMap(({ migration }) => migration.members.map(({ old }) => old))),
  };
}

/** Folders of packages with a `migration.json`, in each `node_modules` that the files can import from; the nearest first. */
function packageFolders(files: readonly string[]): string[] {
  const found = new Map<string, string>();
  const visited = new Set<string>();
  for (const file of files) {
    for (let folder = dirname(resolve(file)); !visited.has(folder); folder = dirname(folder)) {
      visited.add(folder);
      const modules = join(folder, "node_modules");
      for (const scope of namesIn(modules).filter((one) => one.startsWith("@"))) {
        for (const one of namesIn(join(modules, scope))) {
          const path = join(modules, scope, one);
          if (existsSync(join(path, "migration.json")) && !found.has(path)) found.set(path, path);
        }
      }
    }
  }
  return [...found.keys()];
}

function namesIn(folder: string): string[] {
  return existsSync(folder) ? readdirSync(folder).sort() : [];
}

/** Reads the file of a package; `undefined` if it is that of another tool, or has problems. */
async function readMigration(file: string, diagnostics: Diagnostics): Promise<Migration | undefined> {
  const help = "Install the package again.";
  try {
    const json = parseJson(await readSource(file), help, diagnostics);
    if (json === undefined) return undefined;
    const { value } = json;
    if (typeof value !== "object" || value === null || !("actiongen" in value)) return undefined;
    if (validateMigration(value)) return value;
    const facts = { code: "migration-file", whole: "the file", help };
    reportErrors(validateMigration.errors ?? [], facts, reporter(json, diagnostics));
  } catch (error) {
    diagnostics.addAll(error);
  }
  return undefined;
}
