import type { Diagnostics } from "../diagnostic.js";
import { type AddDiagnostic, checkExample } from "../openapi/checks.js";
import type { ValidDocument } from "../openapi/document.js";
import type { ActionDocument, GetOperation, Parameter, PlacedParameter, Schema } from "../openapi/openapi.js";
import { localTarget, type Path, valueAt } from "../openapi/pointer.js";
import type { Action, Example, Field, RetCode } from "./api-model.js";
import { checkLists } from "./lists.js";
import { functionName } from "./names.js";
import { pageSource } from "./page-source.js";
import { readRetCodes, withGatewayCodes } from "./retcodes.js";
import { isReadOnly } from "./retry-safety.js";
import { createSchemaReader, type SchemaReader } from "./schema.js";
import { isSecretByName } from "./secret-names.js";

const operationPath: Path = ["paths", "/", "get"];

/**
 * Reads the one action of a document that `checkAction` found sound into the model. Faults of its answers,
 * RetCodes and examples go to `diagnostics`; then the result is `undefined`.
 */
export function readAction(
  valid: ValidDocument,
  documentPath: string,
  gatewayRetCodes: readonly RetCode[],
  diagnostics: Diagnostics,
): Action | undefined {
  const before = diagnostics.list.length;
  const { document, file, report: addDiagnostic } = valid;
  const sourceAt = (path: Path) =>
    pageSource(document, documentPath, file) ?? { file, line: valid.lineOf(path) };

  const api = document as unknown as ActionDocument;
  const operation = api.paths["/"].get;
  const name = operation.operationId;
  const reader = createSchemaReader(document);
  const parameters = readParameters(operation, api, addDiagnostic);
  const fields = parameters.map((placed) => toField(placed, reader, name));
  const success = findSuccess(operation, reader, addDiagnostic);
  const response = success === undefined ? [] : reader.fields(success.schema, success.path, success.name);
  const retCodes = withGatewayCodes(
    readRetCodes(
      operation["x-actiongen-retcodes"],
      [...operationPath, "x-actiongen-retcodes"],
      addDiagnostic,
    ),
    gatewayRetCodes,
  );
  const documentation = readDocumentation(operation, addDiagnostic);
  const own = fields.filter((field) => field.name !== "Action");
  checkLists(operation, own, response, (key, message, help) =>
    addDiagnostic("list-fields", [...operationPath, key], message, help),
  );
  for (const [index, field] of fields.entries())
    checkExample(field, parameters[index]?.path ?? [], addDiagnostic);
  if (diagnostics.list.length > before || success === undefined) return undefined;

  return {
    name,
    functionName: functionName(name),
    summary: operation.summary ?? "",
    description: operation.description?.trim() ?? "",
    documentation,
    parameters: own,
    publicParameters: [...fields.filter((field) => field.name === "Action"), ...readSecuritySchemes(api)],
    response,
    responseSchema: success.name,
    errorSchema: success.errorSchema,
    models: reader.models,
    retCodes,
    examples: readExamples(own, success.example),
    retrySafe: operation["x-actiongen-retry-safe"] ?? isReadOnly(name),
    paging: operation["x-actiongen-paging"],
    download: operation["x-actiongen-download"],
    deprecated: operation.deprecated ?? false,
    // Only a fault asks for the line, and to find one costs more than all the rest.
    get source() {
      return sourceAt(operationPath);
    },
    documentPath,
    document,
  };
}

function readDocumentation(operation: GetOperation, addDiagnostic: AddDiagnostic): string {
  const url = operation.externalDocs?.url ?? "";
  if (url !== "" && !/^https?:\/\//i.test(url)) {
    const path = [...operationPath, "externalDocs", "url"];
    addDiagnostic(
      "documentation",
      path,
      `externalDocs.url is ${JSON.stringify(url)}`,
      "Give an http or https URL.",
    );
  }
  return url;
}

function readParameters(
  operation: GetOperation,
  api: ActionDocument,
  addDiagnostic: AddDiagnostic,
): PlacedParameter[] {
  return (operation.parameters ?? []).flatMap((parameter, index) => {
    const path = [...operationPath, "parameters", index];
    const target = localTarget(parameter.$ref);
    if (target === undefined) return [{ parameter, path }];
    const found = valueAt(api, target) as Parameter | null;
    if (typeof found?.name === "string") return [{ parameter: found, path: target }];
    addDiagnostic(
      "parameter-reference",
      path,
      `$ref is ${JSON.stringify(parameter.$ref)}, which is no parameter`,
      "Refer to one of components.parameters.",
    );
    return [];
  });
}

function readSecuritySchemes(api: ActionDocument): Field[] {
  return Object.entries(api.components?.securitySchemes ?? {}).map(([name, scheme]) => ({
    name: scheme.name ?? name,
    type: { kind: "string" },
    required: true,
    description: scheme.description ?? "",
    sensitive: true,
    encode: "none",
    deprecated: false,
    example: undefined,
  }));
}

function findSuccess(
  operation: GetOperation,
  reader: SchemaReader,
  addDiagnostic: AddDiagnostic,
): { schema: Schema; path: Path; name: string; errorSchema: string; example: unknown } | undefined {
  const path = [...operationPath, "responses", "200", "content", "application/json", "schema"];
  const media = operation.responses?.["200"]?.content?.["application/json"];
  const candidates = (media?.schema?.oneOf ?? []).map((schema, index) =>
    reader.resolve(schema, [...path, "oneOf", index]),
  );
  const named = candidates.filter(({ name }) => name !== "");
  const success = named.filter(({ schema }) => schema.properties?.RetCode?.const === 0);
  const failure = named.filter(
    ({ schema }) => schema.properties?.RetCode && schema.properties.RetCode.const !== 0,
  );
  const [first, second] = [success[0], failure[0]];
  if (first !== undefined && second !== undefined && candidates.length === 2) {
    return { ...first, errorSchema: second.name, example: media?.example };
  }
  addDiagnostic(
    "response-form",
    path,
    "the 200 response is not a choice of one success schema and one error schema",
    "Write `oneOf` with references to a schema whose RetCode is `const: 0` and to one whose RetCode is not.",
  );
  return undefined;
}

function toField({ parameter, path }: PlacedParameter, reader: SchemaReader, action: string): Field {
  const schema = parameter.schema ?? {};
  const type = reader.typeOf(schema, [...path, "schema"], `${action}.${parameter.name}`);
  return {
    name: parameter.name,
    type,
    required: parameter.required ?? false,
    description: parameter.description ?? schema.description ?? "",
    sensitive:
      parameter["x-actiongen-sensitive"] ??
      schema["x-actiongen-sensitive"] ??
      isSecretByName(parameter.name, type),
    encode:
      reader.resolve(schema, [...path, "schema"]).schema.contentEncoding === "base64" ? "base64" : "none",
    deprecated: parameter.deprecated ?? false,
    example:
      parameter.example ??
      Object.values(parameter.examples ?? {})[0]?.value ??
      schema.example ??
      schema.examples?.[0],
  };
}

/** An example that lacks a required parameter would be a sample that fails, so it is none. */
function readExamples(parameters: readonly Field[], response: unknown): Example[] {
  if (parameters.some(({ required, example }) => required && example === undefined)) return [];
  const given = parameters.filter(({ example }) => example !== undefined);
  return [{ parameters: Object.fromEntries(given.map(({ name, example }) => [name, example])), response }];
}
