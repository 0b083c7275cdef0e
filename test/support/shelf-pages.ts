import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { actiongen, type Result } from "./actiongen.js";
import { temporaryFolder } from "./spec-folder.js";

const template = "test/transcribe/golden/english/pages/shelf-api/borrow_book.md";

/** A folder of pages, and the specification that they are transcribed to. */
export interface ShelfPages {
  /** Paths of the two folders. */
  readonly pages: string;
  readonly out: string;
  /** Runs `actiongen transcribe` for the folder of pages. */
  transcribe(...options: string[]): Promise<Result>;
}

/** The page of an action that borrows something. */
export async function pageOf(action: string): Promise<string> {
  return (await readFile(template, "utf8")).replaceAll("BorrowBook", action);
}

/** Creates a folder with the pages of actions, `shelf-api/<action>.md`, which are transcribed already. */
export async function shelfPages(...actions: readonly string[]): Promise<ShelfPages> {
  const folder = await temporaryFolder();
  const [pages, out] = [join(folder, "pages"), join(folder, "spec")];
  for (const action of actions) await writePage(pages, action);
  const transcribe = (...options: string[]) => actiongen(["transcribe", pages, "--out", out, ...options]);
  const { code, err } = await transcribe();
  if (code !== 0) throw new Error(err);
  return { pages, out, transcribe };
}

/** Writes the page of an action into a folder of pages. */
export async function writePage(
  pages: string,
  action: string,
  path = `shelf-api/${action}.md`,
): Promise<void> {
  await mkdir(dirname(join(pages, path)), { recursive: true });
  await writeFile(join(pages, path), await pageOf(action));
}
