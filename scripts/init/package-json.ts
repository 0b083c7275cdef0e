import { basename, join, resolve } from "node:path";
import { findNodeAtLocation, type Node, parseTree } from "jsonc-parser";
import type { Diagnostics } from "../diagnostic.js";
import { readIfThere } from "../files.js";
import { isObject } from "../openapi/pointer.js";
import { parseJson } from "../openapi/yaml.js";
import { toolkitPackage } from "../toolkit.js";

const scripts = {
  transcribe: "actiongen transcribe spec/pages",
  generate: "actiongen generate",
  build: "actiongen build",
  verify: "actiongen verify",
  docs: "actiongen docs --pages spec/pages",
  mock: "actiongen mock",
};
const devDependencies = { actiongen: `^${toolkitPackage.version}` };

/** A package.json with the scripts of the toolkit. */
export interface PackageJson {
  readonly text: string;
  /** Whether it existed. */
  readonly exists: boolean;
  /** Entries that were added to an existing one, such as `scripts.verify`. */
  readonly added: readonly string[];
  /** Scripts of an existing one that are others than those of the toolkit. */
  readonly kept: readonly string[];
}

/**
 * The package.json of a repository: a new one, or the existing one with the entries that it lacks, formatted as it is.
 *
 * @returns `undefined` if the existing one has problems, which are added to `diagnostics`.
 */
export async function printPackageJson(
  folder: string,
  diagnostics: Diagnostics,
): Promise<PackageJson | undefined> {
  const source = await readIfThere(join(folder, "package.json")).catch((error) => diagnostics.addAll(error));
  if (source === undefined) return diagnostics.list.length > 0 ? undefined : newPackageJson(folder);
  const yaml = parseJson(source, "Correct it first. Nothing was written.", diagnostics);
  if (yaml === undefined) return undefined;
  const report = (key: string, line: number) => {
    const help = "Correct it first. Nothing was written.";
    diagnostics.add({
      code: "package-json",
      file: source.path,
      line,
      message: `${key} is not an object`,
      help,
    });
  };
  const value = yaml.value;
  if (!isObject(value)) {
    report("the content", 1);
    return undefined;
  }
  for (const key of ["scripts", "dependencies", "devDependencies"])
    if (value[key] !== undefined && !isObject(value[key])) report(key, yaml.lineOf([key]));
  return diagnostics.list.length > 0 ? undefined : addEntries(source.text, value);
}

/** A name that npm accepts, from the name of the folder. */
function newPackageJson(folder: string): PackageJson {
  const own = basename(resolve(folder)).toLowerCase();
  const name = own.replace(/[^a-z\d-]+/g, "-").replace(/^-+|-+$/g, "") || "api";
  const workspaces = ["generated/packages/*"];
  const content = { name, private: true, type: "module", workspaces, scripts, devDependencies };
  return { text: `${JSON.stringify(content, null, 2)}\n`, exists: false, added: [], kept: [] };
}

function addEntries(text: string, value: Readonly<Record<string, unknown>>): PackageJson {
  const has = (key: string, name: string) => isObject(value[key]) && Object.hasOwn(value[key], name);
  const wanted = [
    ...Object.entries(scripts).map(([name, command]) => ["scripts", name, command] as const),
    ...Object.entries(devDependencies)
      .filter(([name]) => !has("dependencies", name))
      .map(([name, version]) => ["devDependencies", name, version] as const),
  ];
  const missing = wanted.filter(([key, name]) => !has(key, name));
  const added = missing.reduce((text, [key, name, entry]) => {
    const hasKey = findNodeAtLocation(parseTree(text) as Node, [key]) !== undefined;
    return hasKey ? addProperty(text, [key], name, entry) : addProperty(text, [], key, { [name]: entry });
  }, text);
  const own = (value.scripts ?? {}) as Readonly<Record<string, unknown>>;
  const kept = Object.entries(scripts).filter(
    ([name, command]) => has("scripts", name) && own[name] !== command,
  );
  return {
    text: added,
    exists: true,
    added: missing.map(([key, name]) => `${key}.${name}`),
    kept: kept.map(([name]) => `scripts.${name}`),
  };
}

/** Adds a property at the end of an object on a line of its own; `modify` would format the lines around it as well. */
function addProperty(text: string, path: readonly string[], name: string, value: unknown): string {
  const indent = /^([ \t]+)"/m.exec(text)?.[1] ?? "  ";
  const eol = text.includes("\r\n") ? "\r\n" : "\n";
  const outer = indent.repeat(path.length);
  const property = `${JSON.stringify(name)}: ${JSON.stringify(value, null, indent)}`;
  const lines = `${eol}${property}`.replaceAll(/\r?\n/g, `${eol}${outer}${indent}`);
  const object = findNodeAtLocation(parseTree(text) as Node, [...path]) as Node;
  const last = object.children?.at(-1);
  if (last === undefined) {
    const end = object.offset + object.length;
    return `${text.slice(0, object.offset)}{${lines}${eol}${outer}}${text.slice(end)}`;
  }
  const end = last.offset + last.length;
  return `${text.slice(0, end)},${lines}${text.slice(end)}`;
}
