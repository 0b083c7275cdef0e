import { isDeepStrictEqual } from "node:util";
import { Ajv2020, type ErrorObject } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { RetCodeError } from "../../templates/runtime/errors.js";
import type { Diagnostic } from "../diagnostic.js";
import type { Action, ApiModel, TypeRef } from "../model/api-model.js";
import type { Schema } from "../openapi/openapi.js";
import { pointerPath } from "../openapi/pointer.js";
import type { Recording } from "./recording.js";
import { type CreateClient, callOf, type Replay, replay } from "./replay.js";

/**
 * Holds a recording, the document and the generated client against one another:
 * the client builds the recorded request; the recorded answer matches the document's schema, without a field
 * that the document lacks; the client's value or error is what the document promises for that answer.
 *
 * @returns each disagreement with the field, the file and both values.
 */
export async function verifyRecording(
  recording: Recording,
  api: ApiModel,
  createClient: CreateClient,
): Promise<Diagnostic[]> {
  const name = recording.parameters.get("Action") ?? "";
  const action = api.products.flatMap(({ actions }) => actions).find((candidate) => candidate.name === name);
  if (action === undefined) {
    const message = `calls the action ${JSON.stringify(name)}, which no document describes`;
    return [disagreement(recording, ["request", "queryString"], message)];
  }
  const replayed = await replay(recording, action, api.brand, createClient);
  return [
    ...checkCall(recording, action),
    ...compareRequests(recording, replayed),
    ...checkAnswer(recording, action),
    ...checkOutcome(recording, replayed, action),
  ];
}

/** Holds the recorded parameters against the document: known names, values of the right type. */
function checkCall(recording: Recording, action: Action): Diagnostic[] {
  const found: Diagnostic[] = [];
  const names = [...recording.parameters.keys()];

  function check(value: unknown, type: TypeRef | undefined, place: string): void {
    const index = names.findIndex((name) => name === place || name.startsWith(`${place}.`));
    const path = ["request", "queryString", index];
    if (type === undefined) {
      const message = `request parameter ${place} is ${show(value)} in the recording, and ${action.documentPath} has no such parameter`;
      found.push(disagreement(recording, path, message));
    } else if (type.kind === "array" && Array.isArray(value)) {
      for (const [item, element] of value.entries()) check(element, type.items, `${place}.${item}`);
    } else if (type.kind === "object" && isRecord(value)) {
      const fields = action.models.find(({ name }) => name === type.model)?.fields ?? [];
      for (const [name, item] of Object.entries(value)) {
        check(item, fields.find((field) => field.name === name)?.type, `${place}.${name}`);
      }
      for (const { name, required } of fields) {
        if (!required || name in value) continue;
        const message = `request parameter ${place}.${name} is absent in the recording, but ${action.documentPath} requires it`;
        found.push(disagreement(recording, path, message));
      }
    } else if (!isOfKind(value, wireKind(type))) {
      const message = `request parameter ${place} is ${show(value)} in the recording, but ${action.documentPath} says ${type.kind}`;
      found.push(disagreement(recording, path, message));
    }
  }

  for (const [name, value] of Object.entries(callOf(recording))) {
    check(value, action.parameters.find((field) => field.name === name)?.type, name);
  }
  return found;
}

function wireKind(type: TypeRef): TypeRef["kind"] {
  return type.kind === "enum" && typeof type.values[0] === "number" ? "number" : type.kind;
}

/** Whether a text of the wire can be a value of a type. */
function isOfKind(value: unknown, kind: TypeRef["kind"]): boolean {
  if (kind === "json") return true;
  if (typeof value !== "string") return false;
  if (kind === "integer") return /^(0|-?[1-9]\d*)$/.test(value);
  if (kind === "number") return /^(0|-?[1-9]\d*|-?(0|[1-9]\d*)\.\d+)$/.test(value);
  if (kind === "boolean") return value === "true" || value === "false";
  return kind === "string" || kind === "enum";
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function compareRequests(recording: Recording, built: Replay): Diagnostic[] {
  // Where the client sent nothing it threw, and the outcome tells why.
  if (built.method === "") return [];
  const found: Diagnostic[] = [];
  if (built.method !== recording.method) {
    const message = `method is ${recording.method} in the recording, ${built.method} from the client`;
    found.push(disagreement(recording, ["request", "method"], message));
  }
  if (built.baseUrl !== recording.baseUrl) {
    const message = `the request goes to ${recording.baseUrl} in the recording, to ${built.baseUrl} from the client`;
    found.push(disagreement(recording, ["request", "url"], message));
  }
  const names = [...recording.parameters.keys()];
  for (const name of new Set([...names, ...built.parameters.keys()])) {
    const recorded = recording.parameters.get(name);
    const sent = built.parameters.get(name);
    if (recorded === sent) continue;
    const message = `request parameter ${name} is ${show(recorded)} in the recording, ${show(sent)} from the client`;
    const path = ["request", "queryString", ...(names.includes(name) ? [names.indexOf(name)] : [])];
    found.push(disagreement(recording, path, message));
  }
  return found;
}

function checkAnswer(recording: Recording, action: Action): Diagnostic[] {
  const body = parseBody(recording);
  if (body === undefined)
    return [disagreement(recording, bodyPath, "the recorded answer is not a JSON object")];
  const found: Diagnostic[] = [];
  if (recording.status !== 200) {
    const message = `status is ${recording.status} in the recording, and ${action.documentPath} has 200 only`;
    found.push(disagreement(recording, ["response", "status"], message));
  }
  const header = recording.headers.find(([name]) => name.toLowerCase() === "content-type");
  for (const type of new Set([recording.mimeType, header?.[1] ?? recording.mimeType])) {
    if (/^application\/json\s*(;|$)/i.test(type)) continue;
    const message = `the answer is ${type} in the recording, but ${action.documentPath} says application/json`;
    found.push(disagreement(recording, ["response", "content", "mimeType"], message));
  }
  const codes = action.retCodes.map(({ code }) => code);
  if (Number.isInteger(body.RetCode) && body.RetCode !== 0 && !codes.includes(body.RetCode as number)) {
    const message = `RetCode is ${show(body.RetCode)} in the recording, and ${action.documentPath} lists no such code`;
    found.push(disagreement(recording, bodyPath, message));
  }
  const validate = compileAnswer(action, Number(body.RetCode) === 0);
  if (validate(body)) return found;
  const errors = (validate.errors ?? []).map((error) =>
    disagreement(recording, bodyPath, explain(error, action)),
  );
  return [...found, ...errors];
}

function checkOutcome(recording: Recording, { outcome }: Replay, action: Action): Diagnostic[] {
  const body = parseBody(recording);
  // Where RetCode itself is wrong, the schema tells, and no outcome is promised.
  if (body === undefined || !Number.isInteger(body.RetCode)) return [];
  if (body.RetCode === 0) {
    if ("value" in outcome && isDeepStrictEqual(outcome.value, body)) return [];
    const got = "value" in outcome ? show(outcome.value) : `the error ${outcome.error}`;
    return [
      disagreement(
        recording,
        bodyPath,
        `the answer is ${show(body)} in the recording, the client gave ${got}`,
      ),
    ];
  }
  if ("value" in outcome) {
    const message = `RetCode is ${show(body.RetCode)} in the recording, but the client gave ${show(outcome.value)}`;
    return [disagreement(recording, bodyPath, message)];
  }
  const { error } = outcome;
  if (!(error instanceof RetCodeError)) {
    const message = `RetCode is ${show(body.RetCode)} in the recording, but the client threw ${error}`;
    return [disagreement(recording, bodyPath, message)];
  }
  const promised = action.retCodes.find(({ code }) => code === body.RetCode);
  const facts = [
    ["RetCode", body.RetCode, error.retCode],
    ["the code's name", promised?.name, error.codeName || undefined],
    ["Message", body.Message, error.serverMessage],
  ] as const;
  return facts
    .filter(([, expected, got]) => expected !== got)
    .map(([field, expected, got]) =>
      disagreement(
        recording,
        bodyPath,
        `${field} should be ${show(expected)}, the client's error has ${show(got)}`,
      ),
    );
}

const bodyPath = ["response", "content", "text"];

function parseBody({ body }: Recording): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(body);
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** The schema of one kind of answer, made strict: a field that the document lacks is a gap in the document. */
function compileAnswer(action: Action, success: boolean) {
  const ajv = new Ajv2020({ allErrors: true, strict: false, verbose: true });
  addFormats.default(ajv);
  const document = structuredClone(action.document) as { components: { schemas: Record<string, Schema> } };
  closeObjects(document.components.schemas);
  ajv.addSchema(document, "document");
  return ajv.compile({
    $ref: `document#/components/schemas/${success ? action.responseSchema : action.errorSchema}`,
  });
}

function closeObjects(value: unknown): void {
  if (typeof value !== "object" || value === null) return;
  if ("properties" in value && !("additionalProperties" in value)) {
    Object.assign(value, { additionalProperties: false });
  }
  for (const item of Object.values(value)) closeObjects(item);
}

function explain(
  { instancePath, keyword, message, params, schema, data }: ErrorObject,
  action: Action,
): string {
  const path = pointerPath(instancePath).join(".");
  if (keyword === "additionalProperties") {
    const field = [path, params.additionalProperty].filter((part) => part !== "").join(".");
    const value = (data as Record<string, unknown>)[params.additionalProperty as string];
    return `${field} is ${show(value)} in the recording, and ${action.documentPath} has no such field`;
  }
  if (keyword === "required") {
    const field = [path, params.missingProperty].filter((part) => part !== "").join(".");
    return `${field} is required by ${action.documentPath}, and the recording has none`;
  }
  return `${path} is ${show(data)} in the recording, but ${action.documentPath} says it ${message} (${keyword}: ${show(schema)})`;
}

function show(value: unknown): string {
  return value === undefined ? "absent" : JSON.stringify(value);
}

function disagreement(recording: Recording, path: readonly (string | number)[], message: string): Diagnostic {
  return {
    code: "contract",
    file: recording.file,
    line: recording.lineOf(path),
    message,
    help: "Correct whichever is wrong: the recording, or the document and then generate again.",
  };
}
