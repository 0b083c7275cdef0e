import { mkdir, readFile, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { parseDocument } from "yaml";
import { configName } from "../config-name.js";
import { readFolder } from "../files.js";
import { toolkitFolder } from "../toolkit.js";
import { measure, programs } from "./measure.js";

const source = join(toolkitFolder, "spec/pages");

/**
 * Writes pages of many actions: copies of the pages in `spec/pages`, spread evenly over some products. The actions and
 * data models of a copy have its number in their names: `DescribeUMemBackup0001`.
 *
 * @param folder receives `product<n>/<action>_<number>.md`.
 * @returns the paths of the pages.
 */
export async function writePages(folder: string, actions: number, products: number): Promise<string[]> {
  const originals = await readFolder(source, ".md");
  const names = originals.flatMap(({ text }) => namesIn(text));
  const name = new RegExp(`\\b(${names.join("|")})(Response)?\\b`, "gi");
  const paths: string[] = [];
  for (let index = 0; index < actions; index += 1) {
    const original = originals[index % originals.length];
    if (original === undefined) break;
    const number = `${Math.floor(index / originals.length)}`.padStart(4, "0");
    const product = join(folder, `product${index % products}`);
    const path = join(product, `${basename(original.path, ".md")}_${number}.md`);
    await mkdir(product, { recursive: true });
    await writeFile(path, original.text.replace(name, `$1${number}$2`));
    paths.push(path);
  }
  return paths;
}

/** Names of the action and of the data models that a page defines. */
function namesIn(page: string): string[] {
  return Array.from(page.matchAll(/^(?:# .* - |#### )(\w+)$/gm), ([, name]) => name ?? "");
}

/** The commands of a specification folder, which gets the configuration of this repository without its products. */
export async function openWorkspace(folder: string, pages: string) {
  const [spec, out] = [join(folder, "spec"), join(folder, "out")];
  const config = parseDocument(await readFile(join(toolkitFolder, "spec", configName), "utf8"));
  config.set("products", {});
  await mkdir(spec, { recursive: true });
  await writeFile(join(spec, configName), config.toString());
  return {
    spec,
    out,
    transcribe: () => measure([programs.actiongen, "transcribe", pages, "--out", spec]),
    generate: () => measure([programs.actiongen, "generate", "--spec", spec, "--out", out]),
  };
}
