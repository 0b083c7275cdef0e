import { readFile } from "node:fs/promises";
import { dirname, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";
import SwaggerParser from "@apidevtools/swagger-parser";
import type { Faults } from "../diagnostic.js";
import { displayPath, type SourceFile } from "../files.js";
import type { OpenApiDocument } from "./api-model.js";
import { type AddFault, checkAction } from "./checks.js";
import { checkReferences, isBelow } from "./references.js";
import { checkRetCodes } from "./retcodes.js";
import { checkOpenApi, checkSchemas } from "./schema-faults.js";
import { parseYaml, type YamlSource } from "./yaml-source.js";

/** A document that is valid OpenAPI, with references to its own components only. */
export interface ValidDocument {
  readonly document: OpenApiDocument;
  readonly yaml: YamlSource;
}

type ParserInput = Exclude<Parameters<typeof SwaggerParser.bundle>[1], string>;

/** A file that documents refer to. */
interface SharedFile {
  readonly value: unknown;
  readonly isSound: boolean;
}

/** Reads one OpenAPI document. Faults go to the reader's `faults`; then the result is `undefined`. */
type DocumentReader = (source: SourceFile) => Promise<ValidDocument | undefined>;

/**
 * Makes a function that parses, resolves and validates documents. What several documents refer to is read once.
 *
 * @param specFolder where references to other files may lead.
 */
export function createDocumentReader(specFolder: string, faults: Faults): DocumentReader {
  const shared = new Map<string, SharedFile>();

  /** @returns `undefined` for a file with faults, which are told when it is met first. */
  function readShared(path: string, text: string): unknown {
    const known = shared.get(path);
    if (known !== undefined) return known.isSound ? structuredClone(known.value) : undefined;
    const before = faults.diagnostics.length;
    const file = displayPath(path);
    const yaml = parseYaml({ path: file, text }, faults);
    // Nothing but a table of RetCodes is a list that documents refer to.
    if (Array.isArray(yaml?.value)) {
      checkRetCodes(yaml.value, [], (code, place, message, help) =>
        faults.add({ code, file, line: yaml.lineOf(place), message, help }),
      );
    }
    shared.set(path, { value: yaml?.value, isSound: faults.diagnostics.length === before });
    return readShared(path, text);
  }

  /** Takes what references to other files lead to into the document; `undefined` where one of those has faults. */
  async function bundle(file: string, value: object): Promise<ParserInput | undefined> {
    let isSound = true;
    const isInside = ({ url }: { url: string }) => isBelow(specFolder, toPath(url));
    const parse = ({ url, data }: { url: string; data: unknown }) => {
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

  return async (source) => {
    const before = faults.diagnostics.length;
    const yaml = parseYaml(source, faults);
    if (yaml === undefined) return undefined;
    const addFault: AddFault = (code, path, message, help) =>
      faults.add({ code, file: source.path, line: yaml.lineOf(path), message, help });
    const isSound = () => faults.diagnostics.length === before;

    const value = checkVersion(yaml.value, addFault);
    if (value === undefined) return undefined;
    checkReferences(yaml, specFolder, faults);
    const check = (document: object) => {
      checkOpenApi(document, addFault);
      checkSchemas(document, addFault);
      checkAction(document, addFault);
    };
    check(value);
    if (!isSound()) return undefined;
    if (!refersToFiles(value)) return { document: value as OpenApiDocument, yaml };
    try {
      const document = await bundle(source.path, value);
      if (document === undefined) return undefined;
      // Once more, with what came from other files.
      check(document);
      return isSound() ? { document: document as unknown as OpenApiDocument, yaml } : undefined;
    } catch (error) {
      const message = (error as Error).message.replaceAll(`${dirname(resolve(source.path))}${sep}`, "");
      const [problem = ""] = message.split("\n");
      addFault("openapi-unresolved", [], problem, "Mend the document, or the file that it refers to.");
      return undefined;
    }
  };
}

/** Whether a reference leads out of the document, so that something has to be taken into it. */
function refersToFiles(node: unknown): boolean {
  if (typeof node !== "object" || node === null) return false;
  return Object.entries(node).some(([key, item]) =>
    key === "$ref" && typeof item === "string" ? !item.startsWith("#") : refersToFiles(item),
  );
}

function checkVersion(value: unknown, addFault: AddFault): object | undefined {
  if (typeof value !== "object" || value === null || !("openapi" in value)) {
    const message = "is no OpenAPI document: it has no `openapi` key";
    addFault("openapi-invalid", [], message, "Begin it with `openapi: 3.1.0`.");
    return undefined;
  }
  if (!/^3\.1\.[0-2]$/.test(String(value.openapi))) {
    const message = `openapi is ${JSON.stringify(value.openapi)}, which is not read`;
    addFault("openapi-invalid", ["openapi"], message, "Write `openapi: 3.1.0`.");
    return undefined;
  }
  return value;
}

/** The file that a reference parser means by an address, which it writes with percent signs. */
function toPath(url: string): string {
  return url.startsWith("file:") ? fileURLToPath(url) : decodeURIComponent(url);
}
