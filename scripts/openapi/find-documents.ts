import { relative } from "node:path";
import type { Diagnostic, Diagnostics } from "../diagnostic.js";
import { fileProblem, readFolder, type SourceFile, toSlashes } from "../files.js";
import { isActionName, isProductName } from "../model/names.js";

/** Suffix of the names of OpenAPI documents. */
export const documentSuffix = /\.openapi\.(yaml|json)$/;

/** An OpenAPI document in the specification folder. */
export interface FoundDocument {
  readonly source: SourceFile;
  /** Path in the specification folder. */
  readonly path: string;
  /** Name of its folder; `""` at the top level, where tags of the actions name it. */
  readonly product: string;
}

/** Finds the OpenAPI documents of a specification folder. Reports documents at a path that no product can have. */
export async function findDocuments(specFolder: string, diagnostics: Diagnostics): Promise<FoundDocument[]> {
  const sources = await readFolder(specFolder, ".openapi.yaml", ".openapi.json");
  const documents = sources.map((source) => {
    const path = toSlashes(relative(specFolder, source.path));
    return { source, path, product: path.includes("/") ? (path.split("/", 1)[0] ?? "") : "" };
  });
  if (documents.length === 0) {
    const help =
      "Put documents at <product>/<Action>.openapi.yaml, or pass the folder that has them to --spec.";
    diagnostics.add(fileProblem("no-document", specFolder, "has no *.openapi.yaml", help));
  }
  return documents.filter(({ source, path, product }) => {
    const name = product === "" ? path : path.slice(product.length + 1);
    const isValid = (product === "" || isProductName(product)) && /^[\w-][\w.-]*$/.test(name);
    if (!isValid) diagnostics.add(misplaced(source.path, path));
    return isValid;
  });
}

/** Whether the document of one action may be at this path of the specification folder. */
export function isActionPath(path: string): boolean {
  const [product = "", name = "", ...deeper] = path.split("/");
  return isProductName(product) && isActionName(name.replace(documentSuffix, "")) && deeper.length === 0;
}

/** The diagnostic for a document at the wrong path. */
export function misplaced(file: string, path: string): Diagnostic {
  const message = `${JSON.stringify(path)} is not <product>/<Action>.openapi.yaml`;
  const help =
    "Name the folder with lower-case letters, digits, - and dots (not core, the name of the shared package, and not a device such as con), and the file after its action. Only a document with many actions may have another name, or be outside the folders.";
  return fileProblem("document-place", file, message, help);
}
