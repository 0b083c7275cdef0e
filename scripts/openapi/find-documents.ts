import { relative } from "node:path";
import type { Diagnostic, Diagnostics } from "../diagnostic.js";
import { displayPath, readFolder, type SourceFile, toSlashes } from "../files.js";
import { isIdentifier, isProductName } from "../model/names.js";

/** How the names of files with actions end. */
export const documentSuffix = /\.openapi\.(yaml|json)$/;

/** A file of the specification folder that holds actions. */
export interface FoundDocument {
  readonly source: SourceFile;
  /** Path in the specification folder. */
  readonly path: string;
  /** The folder that it lies in; `""` at the top, where the actions themselves say it. */
  readonly product: string;
}

/** Finds the files of a specification folder that hold actions. Faults go to `diagnostics`. */
export async function findDocuments(specFolder: string, diagnostics: Diagnostics): Promise<FoundDocument[]> {
  const sources = await readFolder(specFolder, ".openapi.yaml", ".openapi.json");
  const documents = sources.map((source) => {
    const path = toSlashes(relative(specFolder, source.path));
    return { source, path, product: path.includes("/") ? (path.split("/", 1)[0] ?? "") : "" };
  });
  if (documents.length === 0) {
    const file = displayPath(specFolder);
    const help = `Put documents at <product>/<Action>.openapi.yaml, or point --spec at the folder that has them.`;
    diagnostics.add({ code: "no-document", file, line: 0, message: "holds no *.openapi.yaml", help });
  }
  return documents.filter(({ source, path, product }) => {
    const name = product === "" ? path : path.slice(product.length + 1);
    const isPlaced = (product === "" || isProductName(product)) && /^[\w-][\w.-]*$/.test(name);
    if (!isPlaced) diagnostics.add(misplaced(source.path, path));
    return isPlaced;
  });
}

/** Whether a document of one action may lie at this path of the specification folder. */
export function isActionPath(path: string): boolean {
  const [product = "", name = "", ...deeper] = path.split("/");
  return isProductName(product) && isIdentifier(name.replace(documentSuffix, "")) && deeper.length === 0;
}

/** Tells of a file that lies where none belongs. */
export function misplaced(file: string, path: string): Diagnostic {
  const message = `${JSON.stringify(path)} is not <product>/<Action>.openapi.yaml`;
  const help =
    "Name the folder with lower-case letters, digits, - and dots, not core, which the shared package is called, and the file after its action. Only a document with many actions may have another name, or lie outside the folders.";
  return { code: "document-place", file, line: 0, message, help };
}
