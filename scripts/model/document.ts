import { readFile } from "node:fs/promises";
import { dirname, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";
import SwaggerParser from "@apidevtools/swagger-parser";
import type { Faults } from "../diagnostic.js";
import { displayPath, type SourceFile } from "../files.js";
import type { OpenApiDocument } from "./api-model.js";
import type { AddFault } from "./checks.js";
import { pointerPath } from "./pointer.js";
import { checkReferences, isBelow } from "./references.js";
import { checkSchemas, explain, meaningful, type SchemaError } from "./schema-faults.js";
import { parseYaml, type YamlSource } from "./yaml-source.js";

/** A document that is valid OpenAPI, with references to its own components only. */
export interface ValidDocument {
  readonly document: OpenApiDocument;
  readonly yaml: YamlSource;
}

type ParserInput = Parameters<typeof SwaggerParser.bundle>[1];

/**
 * Parses, resolves and validates one OpenAPI document. Faults go to `faults`; then the result is `undefined`.
 *
 * @param specFolder where references to other files may lead.
 */
export async function readDocument(
  source: SourceFile,
  specFolder: string,
  faults: Faults,
): Promise<ValidDocument | undefined> {
  const yaml = parseYaml(source, faults);
  if (yaml === undefined) return undefined;
  const fault: AddFault = (code, path, message, help) =>
    faults.add({ code, file: source.path, line: yaml.lineOf(path), message, help });

  if (typeof yaml.value !== "object" || yaml.value === null || !("openapi" in yaml.value)) {
    fault(
      "openapi-invalid",
      [],
      "is no OpenAPI document: it has no `openapi` key",
      "Begin it with `openapi: 3.1.0`.",
    );
    return undefined;
  }
  if (!String(yaml.value.openapi).startsWith("3.1.")) {
    const seen = JSON.stringify(yaml.value.openapi);
    fault("openapi-invalid", ["openapi"], `openapi is ${seen}, which is not read`, "Write `openapi: 3.1.0`.");
    return undefined;
  }
  const before = faults.diagnostics.length;
  checkReferences(yaml, specFolder, faults);
  if (faults.diagnostics.length > before) return undefined;
  try {
    const document = await bundle(source.path, yaml.value, specFolder, faults);
    if (document === undefined) return undefined;
    await SwaggerParser.validate(structuredClone(document));
    checkSchemas(document, fault);
    if (faults.diagnostics.length > before) return undefined;
    return { document: document as unknown as OpenApiDocument, yaml };
  } catch (error) {
    const { details, message } = error as { details?: SchemaError[]; message: string };
    const [problem = ""] = message.replaceAll(`${dirname(resolve(source.path))}${sep}`, "").split("\n");
    if (details === undefined)
      fault("openapi-unresolved", [], problem, "Mend the document, or the file that it refers to.");
    for (const detail of details === undefined ? [] : meaningful(details)) {
      const path = pointerPath(detail.instancePath);
      fault(
        "openapi-invalid",
        path,
        explain(detail, path),
        "See the OpenAPI 3.1 specification for this object.",
      );
    }
    return undefined;
  }
}

/** Takes what references to other files lead to into the document. */
async function bundle(
  file: string,
  value: object,
  specFolder: string,
  faults: Faults,
): Promise<ParserInput | undefined> {
  const before = faults.diagnostics.length;
  const isInside = ({ url }: { url: string }) => isBelow(specFolder, toPath(url));
  const parseFile = ({ url, data }: { url: string; data: unknown }) =>
    parseYaml({ path: displayPath(toPath(url)), text: String(data) }, faults)?.value ?? {};
  const document = await SwaggerParser.bundle(resolve(file), structuredClone(value) as ParserInput, {
    resolve: {
      http: false,
      file: { canRead: isInside, read: ({ url }: { url: string }) => readFile(toPath(url)) },
    },
    parse: { json: false, text: false, binary: false, yaml: { canParse: true, parse: parseFile } },
  });
  return faults.diagnostics.length > before ? undefined : (document as ParserInput);
}

/** The file that a reference parser means by an address, which it writes with percent signs. */
function toPath(url: string): string {
  return url.startsWith("file:") ? fileURLToPath(url) : decodeURIComponent(url);
}
