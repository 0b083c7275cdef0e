import { cp, mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { displayPath } from "../../scripts/files.js";
import { actiongen, type Result } from "./actiongen.js";
import { edit, temporaryFolder } from "./spec-folder.js";

/** A folder with pages, to run `transcribe` on again and again. */
export interface PagesFolder {
  /** Folder of the pages, as it is in messages. */
  readonly at: string;
  /** Path of a file in the folder. */
  file(name: string): string;
  read(name: string): Promise<string>;
  /** Writes a page. */
  write(name: string, text: string): Promise<void>;
  /** Adds keys to `transcribe` of the configuration. */
  configure(keys: string): Promise<void>;
  transcribe(...args: readonly string[]): Promise<Result>;
}

/** @param pages texts by file name. */
export async function pagesFolder(pages: Readonly<Record<string, string>>): Promise<PagesFolder> {
  const folder = await temporaryFolder();
  const file = (name: string) => join(folder, name);
  const config = file("spec/actiongen.yaml");
  await mkdir(file("pages/shelf-api"), { recursive: true });
  await mkdir(file("spec"));
  await cp("test/transcribe/golden/actiongen.yaml", config);
  const write = (name: string, text: string) => writeFile(file(`pages/shelf-api/${name}`), text);
  for (const [name, text] of Object.entries(pages)) await write(name, text);
  return {
    at: `${displayPath(folder)}/pages/shelf-api`,
    file,
    read: (name) => readFile(file(name), "utf8"),
    write,
    configure: (keys) => edit(config, "transcribe:\n", `transcribe:\n${keys}\n`),
    transcribe: (...args) => actiongen(["transcribe", file("pages"), "--out", file("spec"), ...args]),
  };
}
