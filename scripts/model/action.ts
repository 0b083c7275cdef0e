import { join, resolve } from "node:path";
import { isReadOnly } from "../../templates/runtime/operation.js";
import { tryFlatten } from "../../templates/runtime/parameters.js";
import { displayPath } from "../files.js";
import type { AddDiagnostic } from "../openapi/checks.js";
import type { ValidDocument } from "../openapi/document.js";
import { followReferences, operationPath, type Path, raw, valueAt } from "../openapi/pointer.js";
import { problemsOf } from "./agreement.js";
import type {
  Action,
  ActionNames,
  Download,
  Example,
  Field,
  ObjectModel,
  Paging,
  RetCode,
  SourceRef,
  Wait,
} from "./api-model.js";
import { checkHelpers } from "./helpers.js";
import { reservedTypeNames } from "./names.js";
import { readRetCodes, withGatewayCodes } from "./retcodes.js";
import { annotationsOf, createTypeReader, type TypeReader } from "./types.js";

/** The properties of a valid operation that the model is built from. */
interface Operation {
  readonly summary?: string;
  readonly description?: string;
  readonly deprecated?: boolean;
  readonly externalDocs?: { readonly url: string };
  readonly parameters?: readonly unknown[];
  readonly "x-actiongen-retry-safe"?: boolean;
  readonly "x-actiongen-retcodes"?: unknown;
  readonly "x-actiongen-paging"?: Paging;
  readonly "x-actiongen-download"?: Download;
  readonly "x-actiongen-wait"?: Wait;
  readonly "x-actiongen-sample"?: Readonly<Record<string, unknown>>;
}

interface Parameter {
  readonly name: string;
  readonly required?: boolean;
  readonly description?: string;
  readonly deprecated?: boolean;
  readonly example?: unknown;
  readonly examples?: Readonly<Record<string, { value?: unknown }>>;
  readonly schema?: unknown;
  readonly "x-actiongen-sensitive"?: boolean;
}

/**
 * Converts the document of an action into the model. Reports problems of its responses, RetCodes and examples, and then
 * returns `undefined`.
 *
 * @param gatewayRetCodes those that any action can return.
 */
export function buildAction(
  valid: ValidDocument,
  names: ActionNames,
  gatewayRetCodes: readonly RetCode[],
): Omit<Action, "knownValues"> | undefined {
  let isValid = true;
  const report: AddDiagnostic = (...problem) => {
    isValid = false;
    valid.report(...problem);
  };
  const { name, document, documentPath } = valid;
  const operation = valueAt(document, operationPath) as Operation;
  const {
    "x-actiongen-paging": paging,
    "x-actiongen-download": download,
    "x-actiongen-wait": wait,
    "x-actiongen-retry-safe": retrySafe = isReadOnly(name),
    "x-actiongen-sample": sample = {},
  } = operation;
  const reader = createTypeReader(document, reservedTypeNames(names, wait));
  const fields = readParameters(document, operation, report).map(({ parameter, path }) => {
    const field = toField(parameter, reader, name);
    checkExample(field, path, report);
    return field;
  });
  const parameters = fields.filter((field) => field.name !== "Action");
  const bodies = readBodies(document, reader, names, report);
  const retCodesPath = [...operationPath, "x-actiongen-retcodes"];
  const retCodes = readRetCodes(operation["x-actiongen-retcodes"], retCodesPath, report);
  const response = bodies?.success.fields ?? [];
  checkHelpers(
    { paging, download, wait },
    { name, retrySafe, parameters, response, models: reader.models },
    report,
  );
  checkSample(sample, parameters, reader.models, report);
  const documentation = readDocumentation(operation, report);
  if (!isValid || bodies === undefined) return undefined;

  return {
    name,
    names,
    summary: operation.summary ?? "",
    description: operation.description?.trim() ?? "",
    documentation,
    parameters,
    publicParameters: [
      ...fields.filter((field) => field.name === "Action"),
      ...readSecuritySchemes(document),
    ],
    responseModel: bodies.success.name,
    errorModel: bodies.error.name,
    models: bodies.models,
    retCodes: withGatewayCodes(retCodes, gatewayRetCodes),
    examples: readExamples(parameters, bodies.example),
    responseExample: bodies.example,
    sample,
    retrySafe,
    paging,
    download,
    wait,
    deprecated: operation.deprecated ?? false,
    source: sourceOf(valid),
    documentPath,
    document,
  };
}

/**
 * Location of the action's title on the vendor's page for a transcribed document, which has to be fixed there; without a known
 * line, that of the operation in the document.
 */
function sourceOf({ document, documentPath, file, line }: ValidDocument): SourceRef {
  const source = document["x-actiongen-source"] as { page: string; line?: number } | undefined;
  if (source?.line === undefined) return { file, line };
  const specFolder = resolve(file).slice(0, -documentPath.length);
  return { file: displayPath(join(specFolder, source.page)), line: source.line };
}

function readDocumentation(operation: Operation, report: AddDiagnostic): string {
  const url = operation.externalDocs?.url ?? "";
  if (url !== "" && !/^https?:\/\//i.test(url)) {
    const path = [...operationPath, "externalDocs", "url"];
    const message = `externalDocs.url is ${JSON.stringify(url)}`;
    report("documentation", path, message, "Use an http or https URL.");
  }
  return url;
}

function readParameters(document: object, { parameters = [] }: Operation, report: AddDiagnostic) {
  return parameters.flatMap((listed, index) => {
    const listedPath = [...operationPath, "parameters", index];
    const { value, path } = followReferences(document, listed, listedPath);
    if (typeof raw(value).name === "string") return [{ parameter: value as Parameter, path }];
    const message = `$ref is ${JSON.stringify(raw(listed).$ref)}, which is not a parameter`;
    report("parameter-reference", listedPath, message, "Refer to one of components.parameters.");
    return [];
  });
}

function readSecuritySchemes(document: object): Field[] {
  return Object.entries(raw(valueAt(document, ["components", "securitySchemes"]))).map(([key, scheme]) => {
    const { name = key, description = "" } = scheme as { name?: string; description?: string };
    return {
      name,
      type: { kind: "string", format: "", encoding: "none", limits: {}, nullable: false },
      required: true,
      description,
      sensitive: true,
      deprecated: false,
      default: undefined,
      example: undefined,
    };
  });
}

/** The models of the two bodies that an action returns: of a success, and of an error. */
function readBodies(document: object, reader: TypeReader, names: ActionNames, report: AddDiagnostic) {
  const path = [...operationPath, "responses", "200", "content", "application/json"];
  const { schema, example } = raw(valueAt(document, path));
  const listed = valueAt(schema, ["oneOf"]);
  const choices = (Array.isArray(listed) ? listed : []).map((one) => ({
    schema: one,
    ...reader.merged(one),
  }));
  const retCodeOf = ({ keywords, component }: (typeof choices)[number]) => {
    const retCode = component === "" ? undefined : valueAt(keywords, ["properties", "RetCode"]);
    return retCode === undefined ? undefined : reader.merged(retCode).keywords;
  };
  const success = choices.find((choice) => retCodeOf(choice)?.const === 0);
  const error = choices.find((choice) => {
    const retCode = retCodeOf(choice);
    return retCode !== undefined && retCode.const !== 0;
  });
  if (success === undefined || error === undefined || choices.length !== 2) {
    report(
      "response-form",
      [...path, "schema"],
      "the 200 response is not a choice between one success schema and one error schema",
      "Write `oneOf` with references to a schema whose RetCode is `const: 0` and to one whose RetCode is not.",
    );
    return undefined;
  }
  for (const choice of [success, error]) reader.typeOf(choice.schema, [choice.component]);
  const models = reader.models.map((model) =>
    model.name === success.component ? { ...model, typeName: names.response } : model,
  );
  // Both have a model, since both have a property.
  const modelOf = (name: string) => models.find((model) => model.name === name) as ObjectModel;
  return { success: modelOf(success.component), error: modelOf(error.component), models, example };
}

function toField(parameter: Parameter, reader: TypeReader, action: string): Field {
  const { name, schema, required = false } = parameter;
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

/** Checks that the example of a parameter can be sent: samples contain it. */
function checkExample({ name, example }: Field, path: Path, report: AddDiagnostic): void {
  for (const { path: location, problem } of tryFlatten({ [name]: example }).issues) {
    const message = `the example of ${name} cannot be sent: ${location} ${problem}`;
    report("example", path, message, "Use an example that can be sent.");
  }
}

/** Checks that samples can contain the parameters that `x-actiongen-sample` chooses. */
function checkSample(
  sample: Readonly<Record<string, unknown>>,
  parameters: readonly Field[],
  models: readonly ObjectModel[],
  report: AddDiagnostic,
): void {
  for (const [name, value] of Object.entries(sample)) {
    const path = [...operationPath, "x-actiongen-sample", name];
    const seen = `${name} of x-actiongen-sample is ${JSON.stringify(value)}`;
    const field = parameters.find((one) => one.name === name);
    if (field === undefined) {
      const help = `Parameters are ${parameters.map((one) => one.name).join(", ")}. Correct the name, or remove it.`;
      report("sample", path, `${seen}, which is not a parameter`, help);
      continue;
    }
    const unsendable = tryFlatten({ [name]: value }).issues.map((issue) => `${issue.path} ${issue.problem}`);
    const [problem] = [...problemsOf(value, field.type, models), ...unsendable];
    if (problem === undefined) continue;
    report("sample", path, `${seen}: ${problem}`, "Use a value of the parameter's type that can be sent.");
  }
}
