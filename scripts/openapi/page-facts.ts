import { join } from "node:path";
import type { Diagnostics } from "../diagnostic.js";
import { fileProblem, readIfThere } from "../files.js";
import { compare } from "../text.js";
import { isPageFacts } from "./extensions.js";
import { isObject } from "./pointer.js";
import { jsonValue } from "./yaml.js";

/** Lines of a page by the name of a parameter or field there. */
type Lines = Readonly<Record<string, number>>;

/** What the documents of transcribed actions leave to a file beside them, since it changes without a change of the API. */
export interface PageFacts {
  /** Hash of the page, or of all pages of the action. */
  readonly pageHash: string;
  /** Hash of the document that the page results in, before overlays are applied. */
  readonly draftHash: string;
  /** Line of the title, of each parameter, and of each field by schema. */
  readonly line: number;
  readonly parameters: Lines;
  readonly schemas: Readonly<Record<string, Lines>>;
}

/** Path of the file in the specification folder. */
export function pageFactsPath(product: string): string {
  return `${product}/pages.json`;
}

/**
 * Reads the facts about the pages of a product, by action. Without a file there are none.
 *
 * @param diagnostics collects the problem of a file that is not valid.
 */
export async function readPageFacts(
  specFolder: string,
  product: string,
  diagnostics: Diagnostics,
): Promise<ReadonlyMap<string, PageFacts>> {
  const path = join(specFolder, pageFactsPath(product));
  const file = await readIfThere(path).catch((error) => diagnostics.addAll(error));
  if (file === undefined) return new Map();
  const help = "Delete the file, and transcribe the pages again.";
  const json = jsonValue(file, help, diagnostics);
  if (json === undefined) return new Map();
  const { value } = json;
  if (isObject(value) && Object.values(value).every(isPageFacts))
    return new Map(Object.entries(value) as [string, PageFacts][]);
  diagnostics.add(fileProblem("page-facts", path, "is not a list of pages with their lines", help));
  return new Map();
}

/** Content of the file: sorted, with one action a line, so that a change is shown beside the name of its action. */
export function formatPageFacts(facts: ReadonlyMap<string, PageFacts>): string {
  const entries = [...facts].sort(([a], [b]) => compare(a, b));
  const lines = entries.map(([name, one]) => `${JSON.stringify(name)}: ${JSON.stringify(one)}`);
  return `{\n${lines.join(",\n")}\n}\n`;
}
