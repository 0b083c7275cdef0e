import { existsSync, readdirSync, readFileSync } from "node:fs";
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

/** Hash of everything that determines the output for an input: the code, the templates and the dependencies. */
export function toolkitHash(): string {
  const files = [scripts, join(toolkitFolder, "templates")].flatMap((folder) =>
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => join(parentPath, name)),
  );
  const contents = [...files.sort(), join(toolkitFolder, "package.json")].flatMap((path) => [
    relative(toolkitFolder, path),
    readFileSync(path, "utf8"),
  ]);
  return hashOf(...contents);
}

function folderWithPackage(folder: string): string {
  return existsSync(join(folder, "package.json")) ? folder : folderWithPackage(dirname(folder));
}
