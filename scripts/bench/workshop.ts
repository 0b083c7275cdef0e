import { mkdir, readFile, writeFile } from "node:fs/promises";
import { basename, dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { parseDocument } from "yaml";
import { readFolder } from "../files.js";
import { CommandError, measure, type Usage } from "./child.js";
import { syntheticVendor, type VendorOptions } from "./vendor.js";

const root = fileURLToPath(new URL("../../", import.meta.url));
const actiongen = join(root, "scripts/bin.mjs");

/** Programs that are measured beside actiongen. */
export const tools = {
  openapiTypescript: join(root, "node_modules/openapi-typescript/bin/cli.js"),
  tsc: join(root, "node_modules/typescript/bin/tsc"),
};

/** Packages that the generated ones need installed. */
export const installed = join(root, "node_modules");

/** The folders of one pass from pages to output. */
export interface Workshop {
  readonly pages: string;
  readonly spec: string;
  readonly out: string;
}

/** Makes the folders of a pass and its configuration, which is the project's without titles of products. */
export async function openWorkshop(folder: string, pages: string): Promise<Workshop> {
  const workshop = { pages, spec: join(folder, "spec"), out: join(folder, "out") };
  await mkdir(workshop.spec, { recursive: true });
  const config = parseDocument(await readFile(join(root, "spec/actiongen.yaml"), "utf8"));
  config.set("products", {});
  await writeFile(join(workshop.spec, "actiongen.yaml"), config.toString());
  return workshop;
}

/** Pages → documents. Faults in some pages leave the others to be measured. */
export function transcribe({ pages, spec }: Workshop): Promise<Usage> {
  return measure(
    [actiongen, "transcribe", pages, "--out", spec, "--report", join(spec, "../report.json")],
    [0, 1],
  );
}

/** Documents → types, clients and reference. */
export function generate({ spec, out }: Workshop): Promise<Usage> {
  return measure([actiongen, "generate", "--spec", spec, "--out", out]);
}

/** Writes the pages of a made-up vendor. */
export async function writeVendor(
  folder: string,
  seed: number,
  actions: number,
  options?: VendorOptions,
): Promise<void> {
  for (const { file, text } of syntheticVendor(seed, actions, options)) {
    await mkdir(dirname(join(folder, file)), { recursive: true });
    await writeFile(join(folder, file), text);
  }
}

/** Copies the pages of a folder, so that the vendor's own are left as they are. @throws InputError */
export async function copyPages(from: string, to: string): Promise<void> {
  for (const { path, text } of await readFolder(from, ".md")) {
    const copy = join(to, relative(from, path));
    await mkdir(dirname(copy), { recursive: true });
    await writeFile(copy, text);
  }
}

/** Changes the description of one field of a page that was read, to another text with each `revision`. */
export async function changeOnePage({ pages, spec }: Workshop, revision: string): Promise<void> {
  const endOfRow = /( r\d+)? \|(No|\*\*Yes\*\*)\|$/m;
  const documents = await readFolder(spec, ".openapi.yaml");
  const read = new Set(documents.map(({ path }) => basename(path, ".openapi.yaml")));
  const page = (await readFolder(pages, ".md")).find(
    ({ text }) => read.has(/^# .* - (\w+)$/m.exec(text)?.[1] ?? "") && endOfRow.test(text),
  );
  if (page === undefined) throw new CommandError(`${pages} holds no page whose document could be changed`);
  await writeFile(page.path, page.text.replace(endOfRow, ` r${revision} |$2|`));
}
