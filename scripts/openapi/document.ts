import { dirname, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";
import SwaggerParser from "@apidevtools/swagger-parser";
import type { Diagnostics } from "../diagnostic.js";
import { displayPath, isBelow, readRegularFile } from "../files.js";
import type { OpenApiDocument } from "../model/api-model.js";
import { checkRetCodes } from "../model/retcodes.js";
import { type AddDiagnostic, checkAction } from "./checks.js";
import { toOpenApi31 } from "./convert.js";
import { checkExtensions } from "./extensions.js";
import { documentSuffix, type FoundDocument, isActionPath, misplaced } from "./find-documents.js";
import { hoistReferences } from "./hoist.js";
import { type PageFacts, readPageFacts } from "./page-facts.js";
import { isObject, operationPath, originOf, type Path, raw, valueAt } from "./pointer.js";
import { checkReferences } from "./references.js";
import { checkOpenApi, checkSchemas } from "./schema-checks.js";
import { sourceExtension } from "./split/own-document.js";
import { isOneAction, splitActions } from "./split/split.js";
import { parseYaml, reporter } from "./yaml.js";

/** An action's own OpenAPI 3.1 document: valid, one GET at `/`, with references to its own components only. */
export interface ValidDocument {
  /** Name of the action. */
  readonly name: string;
  /** From its folder, or from a tag. */
  readonly product: string;
  readonly document: OpenApiDocument;
  /** File that it was read from, relative to the working directory. */
  readonly file: string;
  /** Path of that file in the specification folder. */
  readonly documentPath: string;
  /** Absolute paths of the other files that the file refers to. */
  readonly references: readonly string[];
  /** Line of the operation in the file. */
  readonly line: number;
  /** Reports a problem at a path of `document`. */
  readonly report: AddDiagnostic;
}

/** Reads the actions of one file. Reports problems; a file with problems has no actions. */
export type DocumentReader = (found: FoundDocument) => Promise<ValidDocument[]>;

/**
 * Creates a function that reads documents: parses, resolves, converts, splits and validates. Files that several documents
 * refer to are parsed once.
 *
 * @param specFolder folder that references must not lead out of.
 */
export function createDocumentReader(specFolder: string, diagnostics: Diagnostics): DocumentReader {
  const readReferences = createReferenceReader(specFolder, diagnostics);
  const factsOf = new Map<string, Promise<ReadonlyMap<string, PageFacts>>>();
  const readFacts = (product: string) => {
    const known = factsOf.get(product) ?? readPageFacts(specFolder, product, diagnostics);
    factsOf.set(product, known);
    return known;
  };

  return async ({ source, path: documentPath, product }) => {
    const before = diagnostics.list.length;
    const yaml = parseYaml(source, diagnostics);
    if (yaml === undefined) return [];
    const { file, value } = yaml;
    const main = resolve(file);
    const reportInFile = reporter(yaml, diagnostics);
    if (!checkVersion(value, reportInFile)) return [];
    checkReferences(value, file, specFolder, reportInFile);
    const isSafe = diagnostics.list.length === before;
    const references = isSafe ? await readReferences(main, value, reportInFile) : undefined;
    const files = new Map([...(references ?? []), [main, value]]);
    const hoisted = hoistReferences(main, files, reportInFile);
    const document = toOpenApi31(hoisted.document);
    const report = movedReport(reportInFile, (path) => originOf(hoisted.moves, path));
    checkOpenApi(document, report);
    checkSchemas(document, report);
    checkExtensions(document, report);

    const isOne = isOneAction(document);
    if (isOne && !isActionPath(documentPath)) diagnostics.add(misplaced(file, documentPath));
    const parts = isOne
      ? [{ document, product: "", originOf: (path: Path) => path }]
      : splitActions(document, report);
    const facts = isOne && isActionPath(documentPath) ? await readFacts(product) : undefined;
    const actions = parts.map((part): ValidDocument => {
      const partReport = movedReport(report, part.originOf);
      const name = checkAction(part.document, partReport) ?? "";
      return {
        name,
        product: product || part.product,
        document: withPageFacts(withOperationId(part.document, name), facts?.get(name)),
        file,
        documentPath,
        references: [...(references?.keys() ?? [])],
        line: yaml.lineOf(originOf(hoisted.moves, part.originOf(operationPath))),
        report: partReport,
      };
    });
    if (references === undefined || diagnostics.list.length > before) return [];
    for (const { name, product, report } of actions) {
      const [suffix = ""] = documentSuffix.exec(documentPath) ?? [];
      if (isOne && !documentPath.endsWith(`/${name}${suffix}`)) {
        const message = `describes ${name}, but its file is not named ${name}${suffix}`;
        report("document-name", operationPath, message, "Rename the file, or correct the action's name.");
      } else if (!isOne && product === "") {
        const message = `no tag of the action ${name} names its product`;
        const help = "Write `tags: [<product>]`, or move the document to the folder of its product.";
        report("product", operationPath, message, help);
      }
    }
    return actions;
  };
}

/** Creates a function that reads the files that a document refers to, by absolute path. */
function createReferenceReader(specFolder: string, diagnostics: Diagnostics) {
  /** Files that were read, by path; `undefined` for a file with errors, which are reported once. */
  const known = new Map<string, { readonly value: unknown } | undefined>();

  function parse(path: string, text: string): { readonly value: unknown } | undefined {
    if (known.has(path)) return known.get(path);
    const before = diagnostics.list.length;
    const yaml = parseYaml({ path: displayPath(path), text }, diagnostics);
    // The only list that documents refer to is a table of RetCodes.
    if (yaml !== undefined && Array.isArray(yaml.value))
      checkRetCodes(yaml.value, [], reporter(yaml, diagnostics));
    known.set(path, diagnostics.list.length > before ? undefined : yaml);
    return known.get(path);
  }

  /** @returns `undefined` if a file has errors. */
  return async (
    main: string,
    document: unknown,
    report: AddDiagnostic,
  ): Promise<Map<string, unknown> | undefined> => {
    const files = new Map<string, unknown>();
    if (!refersToFiles(document)) return files;
    let isSound = true;
    const read = ({ url, data }: { url: string; data: unknown }) => {
      const path = resolve(toPath(url));
      const found = parse(path, String(data));
      isSound &&= found !== undefined;
      files.set(path, found?.value);
      return found?.value ?? {};
    };
    // In a document that swagger-parser does not judge: it would throw at the first error, without a location.
    const wrapped = { openapi: "3.1.0", info: { title: "", version: "" }, paths: {}, "x-document": document };
    try {
      await SwaggerParser.resolve(main, wrapped as Parameters<typeof SwaggerParser.resolve>[1], {
        resolve: {
          http: false,
          file: {
            canRead: ({ url }: { url: string }) => isBelow(specFolder, toPath(url)),
            read: ({ url }: { url: string }) => readRegularFile(toPath(url)),
          },
        },
        parse: { json: false, text: false, binary: false, yaml: { canParse: true, parse: read } },
      });
    } catch (error) {
      const message = (error as Error).message.replaceAll(`${dirname(main)}${sep}`, "");
      const [problem = ""] = message.split("\n");
      report("openapi-unresolved", [], problem, "Fix the document, or the file that it refers to.");
      return undefined;
    }
    return isSound ? files : undefined;
  };
}

/** File path of a URL of swagger-parser, which is percent-encoded. */
function toPath(url: string): string {
  return url.startsWith("file:") ? fileURLToPath(url) : decodeURIComponent(url);
}

/** Whether a reference leads to another file. */
function refersToFiles(node: unknown): boolean {
  if (typeof node !== "object" || node === null) return false;
  return Object.entries(node).some(([key, item]) =>
    key === "$ref" && typeof item === "string" ? !item.startsWith("#") : refersToFiles(item),
  );
}

function movedReport(report: AddDiagnostic, origin: (path: Path) => Path): AddDiagnostic {
  return (code, path, message, help) => report(code, origin(path), message, help);
}

function checkVersion(value: unknown, report: AddDiagnostic): value is object {
  const { openapi, swagger } = raw(value);
  if (/^3\.[01]\.\d+$/.test(String(openapi))) return true;
  if (swagger !== undefined) {
    const help = "Convert it to OpenAPI 3, for example with https://converter.swagger.io.";
    report("openapi-invalid", ["swagger"], `Swagger ${swagger} is not supported`, help);
  } else if (openapi === undefined) {
    const message = "is not an OpenAPI document: it has no `openapi` key";
    report("openapi-invalid", [], message, "Begin it with `openapi: 3.1.0`.");
  } else {
    const message = `openapi is ${JSON.stringify(openapi)}, which is not supported`;
    report("openapi-invalid", ["openapi"], message, "Write the document in OpenAPI 3.1, or in 3.0.");
  }
  return false;
}

/** Other tools identify operations by their operationId. */
function withOperationId(document: object, operationId: string): OpenApiDocument {
  const { get, ...item } = raw(valueAt(document, ["paths", "/"]));
  return { ...document, paths: { "/": { ...item, get: { ...raw(get), operationId } } } };
}

/** Adds what a product's file says about the page of a transcribed document to its source. */
function withPageFacts(document: OpenApiDocument, facts: PageFacts | undefined): OpenApiDocument {
  const source = document[sourceExtension];
  if (!isObject(source) || facts === undefined) return document;
  return { ...document, [sourceExtension]: { ...source, ...facts } };
}
