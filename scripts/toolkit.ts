import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { hashOf } from "./output/manifest.js";

const scripts = dirname(fileURLToPath(import.meta.url));

/** Root folder of this package, with its package.json and templates, whether it runs from source or from `dist/`. */
export const toolkitFolder = folderWithPackage(scripts);

/** Contents of this package's package.json. */
export const toolkitPackage = JSON.parse(readFileSync(join(toolkitFolder, "package.json"), "utf8")) as {
  readonly version: string;
  readonly description: string;
  readonly dependencies: { readonly "openapi-fetch": string };
};

/** What runs this program, for messages: an npm script in a checkout, where it runs from source. */
export const commandLine = import.meta.url.endsWith(".ts") ? "npm run actiongen --" : "npx actiongen";

/** Parts of this package's code that generated files depend on: what `load` and the emitters import. */
export const generatorSources: readonly string[] = [
  "base-path.ts",
  "config-name.ts",
  "config.ts",
  "config-schema.ts",
  "diagnostic.ts",
  "diff/rules.ts",
  "diff/sections.ts",
  "files.ts",
  "generate.ts",
  "history.ts",
  "json-file.ts",
  "load.ts",
  "output/manifest.ts",
  "progress.ts",
  "text.ts",
  "toolkit.ts",
  "versions.ts",
  "emit",
  "model",
  "openapi",
];

/** Hash of the code, computed once: a process that runs for long keeps running the code that it started with. */
let codeHash: string | undefined;

/** Hash of the templates and of the code that generated files depend on. */
export function toolkitHash(): string {
  const extension = fileURLToPath(import.meta.url).slice(-3);
  codeHash ??= hashOfFiles(generatorSources.map((name) => join(scripts, name.replace(/\.ts$/, extension))));
  return hashOf(codeHash, hashOfFiles([join(toolkitFolder, "templates")]));
}

function hashOfFiles(folders: readonly string[]): string {
  const paths = folders.flatMap(filesIn).sort();
  return hashOf(...paths.flatMap((path) => [relative(toolkitFolder, path), readFileSync(path)]));
}

function filesIn(path: string): string[] {
  if (!statSync(path).isDirectory()) return [path];
  const entries = readdirSync(path, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
}

function folderWithPackage(folder: string): string {
  return existsSync(join(folder, "package.json")) ? folder : folderWithPackage(dirname(folder));
}
