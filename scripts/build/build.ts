import { existsSync } from "node:fs";
import { cp, readdir, rm, writeFile } from "node:fs/promises";
import { basename, join, resolve } from "node:path";
import ts from "typescript";
import { Diagnostics, InputError } from "../diagnostic.js";
import { fileProblem, linkProblem, listFolder } from "../files.js";
import { checkFinished } from "../output/journal.js";
import { compile } from "./compile.js";
import { transpileFolder } from "./transpile.js";

/** Options of {@link build}. */
export interface BuildOptions {
  /** Output folder of `generate`. */
  readonly out: string;
  /** Folder of the only package to build, instead of all packages of the output folder. */
  readonly package?: string;
}

/**
 * Compiles generated packages to ES modules, CommonJS and declarations in their `dist` folders. Nothing needs to be
 * installed beside the packages.
 *
 * @returns folders of the packages that were built: core first, since the others are compiled with its declarations.
 * @throws InputError with the errors of the compiler; the `dist` of the package is then the previous one.
 */
export async function build(options: BuildOptions): Promise<string[]> {
  checkFinished(options.out);
  const folders = await packagesToBuild(options);
  const inside = options.package === undefined ? folders : [];
  const links = inside.flatMap((folder) => linkProblem(options.out, join(folder, "dist")) ?? []);
  if (links.length > 0) throw new InputError(links);
  for (const folder of folders) await buildPackage(folder);
  return folders;
}

async function packagesToBuild({ out, package: only }: BuildOptions): Promise<string[]> {
  if (only === undefined) {
    const packages = join(out, "packages");
    const names = await readdir(packages).catch(() => []);
    const all = names.map((name) => join(packages, name)).filter(isPackage);
    if (all.length === 0) throw notGenerated(packages, "contains no packages");
    return all.sort((a, b) => Number(isCore(b)) - Number(isCore(a)));
  }
  if (!isPackage(only)) throw notGenerated(only, "is not a generated package: it has no tsconfig.json");
  const core = coreOf(only);
  return isCore(only) || existsSync(join(core, "dist")) ? [only] : [core, only];
}

const isPackage = (folder: string) => existsSync(join(folder, "tsconfig.json"));
const isCore = (folder: string) => basename(resolve(folder)) === "core";
const coreOf = (folder: string) => join(folder, "../core");

function notGenerated(folder: string, message: string): InputError {
  const help = "Check the path, or run `generate` first.";
  return new InputError([fileProblem("packages-missing", folder, message, help)]);
}

async function buildPackage(folder: string): Promise<void> {
  const diagnostics = new Diagnostics();
  // Two configurations: sources for every platform are compiled without Node's types.
  const configs = (await readdir(folder)).filter((file) => /^tsconfig(?:\.\w+)?\.json$/.test(file));
  const links = configs.flatMap((config) => linkProblem(folder, join(folder, config)) ?? []);
  if (links.length > 0) throw new InputError(links);
  // What is not part of the package would become a part of it.
  await listFolder(join(folder, "src"), ".ts");
  const emits = configs.sort().map((config) => compile(join(folder, config), coreOf(folder), diagnostics));
  diagnostics.throwIfAny();

  const dist = join(folder, "dist");
  await rm(dist, { recursive: true, force: true });
  for (const emit of emits) emit();
  // The declarations are the same: the package.json beside the copies makes them describe CommonJS modules.
  await cp(join(dist, "esm"), join(dist, "cjs"), {
    recursive: true,
    filter: (path) => !/\.js(\.map)?$/.test(path),
  });
  await writeFile(join(dist, "cjs", "package.json"), '{ "type": "commonjs" }\n');
  await transpileFolder(join(folder, "src"), join(dist, "cjs"), ts.ModuleKind.CommonJS);
}
