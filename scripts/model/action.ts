import type { Diagnostics } from "../diagnostic.js";
import type { AddDiagnostic } from "../openapi/checks.js";
import type { ValidDocument } from "../openapi/document.js";
import type { ActionDocument, GetOperation, Parameter } from "../openapi/openapi.js";
import { localTarget, type Path, valueAt } from "../openapi/pointer.js";
import { checkDownload, checkExample, checkPaging } from "./action-checks.js";
import type { Action, ActionNames, Example, Field, ObjectModel, RetCode } from "./api-model.js";
import { reservedTypeNames } from "./names.js";
import { pageSource } from "./page-source.js";
import { readRetCodes, withGatewayCodes } from "./retcodes.js";
import { annotationsOf, createTypeReader, type TypeReader } from "./types.js";

const operationPath: Path = ["paths", "/", "get"];

/**
 * Converts the valid document of an action into the model.
 *
 * @param documentPath of the file, relative to the specification folder.
 * @param gatewayRetCodes those that any action can return.
 * @param diagnostics gains problems of its responses, RetCodes and examples; then the result is `undefined`.
 */
export function buildAction(
  valid: ValidDocument,
  documentPath: string,
  names: ActionNames,
  gatewayRetCodes: readonly RetCode[],
  diagnostics: Diagnostics,
): Action | undefined {
  const before = diagnostics.list.length;
  const { document, report: addDiagnostic } = valid;
  const addAt = (key: string) => (message: string, help: string) =>
    addDiagnostic("list-fields", [...operationPath, key], message, help);

  const api = document as unknown as ActionDocument;
  const operation = api.paths["/"].get;
  const name = actionName(api);
  const reader = createTypeReader(document, reservedTypeNames(names));
  const located = readParameters(operation, api, addDiagnostic);
  const fields = located.map(({ parameter }) => toField(parameter, reader, name));
  for (const [index, field] of fields.entries())
    checkExample(field, located[index]?.path ?? [], addDiagnostic);
  const parameters = fields.filter((field) => field.name !== "Action");
  const bodies = readBodies(operation, reader, names, addDiagnostic);
  const retCodes = withGatewayCodes(
    readRetCodes(
      operation["x-actiongen-retcodes"],
      [...operationPath, "x-actiongen-retcodes"],
      addDiagnostic,
    ),
    gatewayRetCodes,
  );
  const { "x-actiongen-paging": paging, "x-actiongen-download": download } = operation;
  const response = bodies?.success.fields ?? [];
  if (paging !== undefined) checkPaging(paging, parameters, response, addAt("x-actiongen-paging"));
  if (download !== undefined) checkDownload(download, response, addAt("x-actiongen-download"));
  const documentation = readDocumentation(operation, addDiagnostic);
  if (diagnostics.list.length > before || bodies === undefined) return undefined;

  return {
    name,
    names,
    summary: operation.summary ?? "",
    description: operation.description?.trim() ?? "",
    documentation,
    parameters,
    publicParameters: [...fields.filter((field) => field.name === "Action"), ...readSecuritySchemes(api)],
    responseModel: bodies.success.name,
    errorModel: bodies.error.name,
    models: bodies.models,
    retCodes,
    examples: readExamples(parameters, bodies.example),
    retrySafe: operation["x-actiongen-retry-safe"] ?? isReadOnly(name),
    paging,
    download,
    deprecated: operation.deprecated ?? false,
    source: pageSource(document, documentPath, valid.file) ?? {
      file: valid.file,
      line: valid.lineOf(operationPath),
    },
    documentPath,
    document,
  };
}

/** Name of the action that a valid document describes: the only value of its parameter `Action`. */
export function actionName(api: ActionDocument): string {
  const parameters = api.paths["/"].get.parameters ?? [];
  const { schema } = parameters
    .map((parameter) => follow(parameter, api) ?? parameter)
    .find((parameter) => parameter.name === "Action") ?? { schema: undefined };
  return String(schema?.const ?? schema?.enum?.[0] ?? "");
}

/** Whether an action only reads, by its name. What a document says takes precedence: some such actions change something. */
export function isReadOnly(action: string): boolean {
  return /^(?:Describe|Get|List|Check)(?![a-z])/.test(action);
}

function readDocumentation(operation: GetOperation, addDiagnostic: AddDiagnostic): string {
  const url = operation.externalDocs?.url ?? "";
  if (url !== "" && !/^https?:\/\//i.test(url)) {
    const path = [...operationPath, "externalDocs", "url"];
    const message = `externalDocs.url is ${JSON.stringify(url)}`;
    addDiagnostic("documentation", path, message, "Use an http or https URL.");
  }
  return url;
}

function follow(parameter: Parameter, api: ActionDocument): Parameter | undefined {
  const target = localTarget(parameter.$ref);
  if (target === undefined) return parameter;
  const found = valueAt(api, target) as Parameter | null | undefined;
  return typeof found?.name === "string" ? found : undefined;
}

function readParameters(operation: GetOperation, api: ActionDocument, addDiagnostic: AddDiagnostic) {
  return (operation.parameters ?? []).flatMap((listed, index) => {
    const path = [...operationPath, "parameters", index];
    const parameter = follow(listed, api);
    if (parameter !== undefined) return [{ parameter, path: localTarget(listed.$ref) ?? path }];
    const message = `$ref is ${JSON.stringify(listed.$ref)}, which is not a parameter`;
    addDiagnostic("parameter-reference", path, message, "Refer to one of components.parameters.");
    return [];
  });
}

function readSecuritySchemes(api: ActionDocument): Field[] {
  return Object.entries(api.components?.securitySchemes ?? {}).map(([name, scheme]) => ({
    name: scheme.name ?? name,
    type: { kind: "string", format: "", encoding: "none", limits: {}, nullable: false },
    required: true,
    description: scheme.description ?? "",
    sensitive: true,
    deprecated: false,
    default: undefined,
    example: undefined,
  }));
}

/** The models of the two bodies that an action returns: of a success, and of an error. */
function readBodies(
  operation: GetOperation,
  reader: TypeReader,
  names: ActionNames,
  addDiagnostic: AddDiagnostic,
) {
  const path = [...operationPath, "responses", "200", "content", "application/json", "schema"];
  const media = operation.responses?.["200"]?.content?.["application/json"];
  const choices = (media?.schema?.oneOf ?? []).map((schema) => ({ schema, ...reader.merged(schema) }));
  const named = choices.filter(({ component }) => component !== "");
  const retCodeOf = ({ keywords }: (typeof choices)[number]) => {
    const { RetCode } = (keywords.properties ?? {}) as Record<string, unknown>;
    return RetCode === undefined ? undefined : reader.merged(RetCode).keywords;
  };
  const success = named.find((choice) => retCodeOf(choice)?.const === 0);
  const error = named.find((choice) => choice !== success && retCodeOf(choice) !== undefined);
  if (success === undefined || error === undefined || choices.length !== 2) {
    addDiagnostic(
      "response-form",
      path,
      "the 200 response is not a choice between one success schema and one error schema",
      "Write `oneOf` with references to a schema whose RetCode is `const: 0` and to one whose RetCode is not.",
    );
    return undefined;
  }
  for (const { schema, component } of [success, error]) reader.typeOf(schema, [component]);
  const models = reader.models.map(
    (model): ObjectModel =>
      model.name === success.component ? { ...model, typeName: names.response } : model,
  );
  const modelOf = (name: string) => models.find((model) => model.name === name);
  const [ours, theirs] = [modelOf(success.component), modelOf(error.component)];
  if (ours === undefined || theirs === undefined)
    throw new Error("unreachable: both have a property RetCode");
  return { success: ours, error: theirs, models, example: media?.example };
}

function toField(parameter: Parameter, reader: TypeReader, action: string): Field {
  const { name, schema = {}, required = false } = parameter;
  const type = reader.typeOf(schema, [action, name]);
  const own = annotationsOf(name, type, reader.merged(schema).keywords);
  return {
    name,
    type,
    required,
    description: parameter.description ?? own.description,
    sensitive: parameter["x-actiongen-sensitive"] ?? own.sensitive,
    deprecated: parameter.deprecated ?? own.deprecated,
    default: own.default,
    example: parameter.example ?? Object.values(parameter.examples ?? {})[0]?.value ?? own.example,
  };
}

/** A call without a required parameter would fail, so an action without all of their examples has no example. */
function readExamples(parameters: readonly Field[], response: unknown): Example[] {
  if (parameters.some(({ required, example }) => required && example === undefined)) return [];
  const shown = parameters.filter(({ example }) => example !== undefined);
  return [{ parameters: Object.fromEntries(shown.map(({ name, example }) => [name, example])), response }];
}
