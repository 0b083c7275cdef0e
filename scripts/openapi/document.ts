import { readFile } from "node:fs/promises";
import { dirname, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";
import SwaggerParser from "@apidevtools/swagger-parser";
import type { Diagnostics } from "../diagnostic.js";
import { displayPath, type SourceFile } from "../files.js";
import type { OpenApiDocument } from "../model/api-model.js";
import { checkRetCodes } from "../model/retcodes.js";
import { type AddDiagnostic, checkAction, checkExtensions } from "./checks.js";
import type { Path } from "./pointer.js";
import { checkReferences, isBelow } from "./references.js";
import { checkOpenApi, checkSchemas } from "./schema-checks.js";
import { isOneAction, splitActions } from "./split/split.js";
import { parseYaml, type YamlSource } from "./yaml.js";

/** A document of one action that is valid OpenAPI, with references to its own components only. */
export interface ValidDocument {
  readonly document: OpenApiDocument;
  readonly yaml: YamlSource;
  /** The product that a tag names, where the document held many actions; else empty. */
  readonly product: string;
}

/** What a file holds. */
export interface ReadDocument {
  /** Whether it is written as one action's own, whose file is named after it. */
  readonly isOneAction: boolean;
  readonly documents: readonly ValidDocument[];
  /** The other files that went into it, by absolute path. */
  readonly files: ReadonlySet<string>;
}

type ParserInput = Exclude<Parameters<typeof SwaggerParser.bundle>[1], string>;

/** A file that documents refer to. */
interface SharedFile {
  readonly value: unknown;
  readonly isSound: boolean;
}

/** Reads one file. Faults go to the reader's `diagnostics`; a file that is not even YAML gives `undefined`. */
export type DocumentReader = (source: SourceFile) => Promise<ReadDocument | undefined>;

/** A document of one action, which may stand among others in its file. */
type Part = Omit<ValidDocument, "document">;

/**
 * Makes a function that parses, resolves and validates documents. What several documents refer to is read once.
 *
 * @param specFolder where references to other files may lead.
 */
export function createDocumentReader(specFolder: string, diagnostics: Diagnostics): DocumentReader {
  const shared = new Map<string, SharedFile>();

  /** @returns `undefined` for a file with faults, which are told when it is met first. */
  function readShared(path: string, text: string): unknown {
    const known = shared.get(path);
    if (known !== undefined) return known.isSound ? structuredClone(known.value) : undefined;
    const before = diagnostics.list.length;
    const file = displayPath(path);
    const yaml = parseYaml({ path: file, text }, diagnostics);
    // Nothing but a table of RetCodes is a list that documents refer to.
    if (Array.isArray(yaml?.value)) {
      checkRetCodes(yaml.value, [], (code, place, message, help) =>
        diagnostics.add({ code, file, line: yaml.lineOf(place), message, help }),
      );
    }
    shared.set(path, { value: yaml?.value, isSound: diagnostics.list.length === before });
    return readShared(path, text);
  }

  /** Takes what references to other files lead to into the document; `undefined` where one of those has faults. */
  async function bundle(file: string, value: object, files: Set<string>): Promise<ParserInput | undefined> {
    let isSound = true;
    const isInside = ({ url }: { url: string }) => isBelow(specFolder, toPath(url));
    const parse = ({ url, data }: { url: string; data: unknown }) => {
      files.add(resolve(toPath(url)));
      const found = readShared(toPath(url), String(data));
      isSound &&= found !== undefined;
      return found ?? {};
    };
    const document = await SwaggerParser.bundle(resolve(file), structuredClone(value) as ParserInput, {
      resolve: {
        http: false,
        file: { canRead: isInside, read: ({ url }: { url: string }) => readFile(toPath(url)) },
      },
      parse: { json: false, text: false, binary: false, yaml: { canParse: true, parse } },
    });
    return isSound ? (document as ParserInput) : undefined;
  }

  function checkDocument(document: object, addDiagnostic: AddDiagnostic): void {
    checkOpenApi(document, addDiagnostic);
    checkSchemas(document, addDiagnostic);
    checkAction(document, addDiagnostic);
  }

  /** Takes a document with many actions apart. */
  function split(document: object, yaml: YamlSource): Part[] {
    const addDiagnostic = diagnosticAdder(yaml, diagnostics);
    checkOpenApi(document, addDiagnostic);
    checkSchemas(document, addDiagnostic);
    checkExtensions(document, [], addDiagnostic);
    return splitActions(document, addDiagnostic).map(({ document: value, product, originOf }) => {
      const own = { file: yaml.file, value, lineOf: (path: Path) => yaml.lineOf(originOf(path)) };
      checkAction(value, diagnosticAdder(own, diagnostics));
      return { yaml: own, product };
    });
  }

  /** @returns `undefined` where what comes from other files has faults. */
  async function complete({ yaml, product }: Part, files: Set<string>): Promise<ValidDocument | undefined> {
    const document = yaml.value as OpenApiDocument;
    if (!refersToFiles(document)) return { document, yaml, product };
    const addDiagnostic = diagnosticAdder(yaml, diagnostics);
    const before = diagnostics.list.length;
    try {
      const bundled = await bundle(yaml.file, document, files);
      if (bundled === undefined) return undefined;
      // Once more, with what came from other files.
      checkDocument(bundled, addDiagnostic);
      if (diagnostics.list.length > before) return undefined;
      return { document: bundled as unknown as OpenApiDocument, yaml, product };
    } catch (error) {
      const message = (error as Error).message.replaceAll(`${dirname(resolve(yaml.file))}${sep}`, "");
      const [problem = ""] = message.split("\n");
      addDiagnostic("openapi-unresolved", [], problem, "Mend the document, or the file that it refers to.");
      return undefined;
    }
  }

  return async (source) => {
    const before = diagnostics.list.length;
    const yaml = parseYaml(source, diagnostics);
    if (yaml === undefined) return undefined;
    const value = checkVersion(yaml.value, diagnosticAdder(yaml, diagnostics));
    if (value === undefined) return undefined;
    checkReferences(yaml, specFolder, diagnostics);
    const isOne = isOneAction(value);
    if (isOne) checkDocument(value, diagnosticAdder(yaml, diagnostics));
    const parts = isOne ? [{ yaml, product: "" }] : split(value, yaml);
    if (diagnostics.list.length > before) return { isOneAction: isOne, documents: [], files: new Set() };
    const documents: ValidDocument[] = [];
    const files = new Set<string>();
    for (const part of parts) {
      const document = await complete(part, files);
      if (document !== undefined) documents.push(document);
    }
    return { isOneAction: isOne, documents, files };
  };
}

/** Whether a reference leads out of the document, so that something has to be taken into it. */
function refersToFiles(node: unknown): boolean {
  if (typeof node !== "object" || node === null) return false;
  return Object.entries(node).some(([key, item]) =>
    key === "$ref" && typeof item === "string" ? !item.startsWith("#") : refersToFiles(item),
  );
}

function diagnosticAdder({ file, lineOf }: YamlSource, diagnostics: Diagnostics): AddDiagnostic {
  return (code, path, message, help) => diagnostics.add({ code, file, line: lineOf(path), message, help });
}

function checkVersion(value: unknown, addDiagnostic: AddDiagnostic): object | undefined {
  if (typeof value !== "object" || value === null || !("openapi" in value)) {
    const message = "is no OpenAPI document: it has no `openapi` key";
    addDiagnostic("openapi-invalid", [], message, "Begin it with `openapi: 3.1.0`.");
    return undefined;
  }
  if (!/^3\.1\.[0-2]$/.test(String(value.openapi))) {
    const message = `openapi is ${JSON.stringify(value.openapi)}, which is not read`;
    addDiagnostic("openapi-invalid", ["openapi"], message, "Write `openapi: 3.1.0`.");
    return undefined;
  }
  return value;
}

/** The file that a reference parser means by an address, which it writes with percent signs. */
function toPath(url: string): string {
  return url.startsWith("file:") ? fileURLToPath(url) : decodeURIComponent(url);
}
