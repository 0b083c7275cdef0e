import { dirname, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";
import SwaggerParser from "@apidevtools/swagger-parser";
import type { Faults } from "../diagnostic.js";
import type { SourceFile } from "../files.js";
import type { OpenApiDocument } from "./api-model.js";
import { checkReferences, isBelow } from "./references.js";
import { parseYaml, pointerPath, type YamlSource } from "./yaml-source.js";

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
  const fault = (code: string, path: readonly (string | number)[], message: string, help: string) =>
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
    const document = await SwaggerParser.bundle(
      resolve(source.path),
      structuredClone(yaml.value) as ParserInput,
      {
        resolve: {
          http: false,
          file: { canRead: ({ url }: { url: string }) => isBelow(specFolder, toPath(url)) },
        },
      },
    );
    await SwaggerParser.validate(structuredClone(document));
    return { document: document as unknown as OpenApiDocument, yaml };
  } catch (error) {
    const { details, message } = error as { details?: SchemaError[]; message: string };
    for (const detail of details === undefined ? [] : meaningful(details)) {
      const path = pointerPath(detail.instancePath);
      fault(
        "openapi-invalid",
        path,
        explain(detail, path),
        "See the OpenAPI 3.1 specification for this object.",
      );
    }
    if (details === undefined) {
      const help = "Mend the document, or the file that it refers to.";
      fault("openapi-unresolved", [], withoutFolder(message, dirname(resolve(source.path))), help);
    }
    return undefined;
  }
}

interface SchemaError {
  readonly instancePath: string;
  readonly keyword: string;
  readonly message?: string;
  readonly params: Readonly<Record<string, unknown>>;
}

/** JSON Schema reports the branches that led to a fault as faults too; only the leaves say anything. */
function meaningful(errors: readonly SchemaError[]): SchemaError[] {
  const branches = new Set([
    "if",
    "oneOf",
    "anyOf",
    "allOf",
    "$ref",
    "unevaluatedProperties",
    "dependentSchemas",
  ]);
  const leaves = errors.filter(({ keyword }) => !branches.has(keyword));
  return leaves.length > 0 ? leaves : [...errors];
}

function explain({ message, params }: SchemaError, path: readonly (string | number)[]): string {
  const extra = params.unevaluatedProperty ?? params.additionalProperty ?? params.allowedValues;
  const detail = extra === undefined ? "" : ` (${JSON.stringify(extra)})`;
  return `${path.length > 0 ? path.join(" › ") : "the document"} ${message ?? "is not valid"}${detail}`;
}

function toPath(url: string): string {
  return url.startsWith("file:") ? fileURLToPath(url) : url;
}

function withoutFolder(message: string, folder: string): string {
  return message.replaceAll(`${folder}${sep}`, "");
}
