import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { hashOfAll } from "./incremental/hash.js";

/** The folder of this program, with its package.json. */
export const toolkitFolder = fileURLToPath(new URL("..", import.meta.url));

/** Where this program keeps what it can make again. */
export const cacheFolder = join(toolkitFolder, "node_modules", ".cache", "actiongen");

/** Hash of all that decides what this program makes of its input: its code, its templates and its dependencies. */
export function toolkitStamp(): string {
  const files = ["scripts", "templates"].flatMap((folder) =>
    readdirSync(join(toolkitFolder, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => join(parentPath, name)),
  );
  const texts = [...files.sort(), join(toolkitFolder, "package-lock.json")].flatMap((path) => [
    path.slice(toolkitFolder.length),
    readFileSync(path, "utf8"),
  ]);
  return hashOfAll(...texts, process.version);
}
