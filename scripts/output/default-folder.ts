import { basename, join, resolve } from "node:path";

/**
 * The default output folder of a specification folder, beside it: `generated` for a folder named `spec`, else
 * `generated-<name>`, so that specifications that are side by side do not overwrite each other's output.
 */
export function outputFolderOf(spec: string): string {
  const name = basename(resolve(spec));
  return join(spec, "..", name === "spec" ? "generated" : `generated-${name}`);
}
