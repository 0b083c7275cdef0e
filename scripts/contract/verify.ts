import { isDeepStrictEqual } from "node:util";
import type { ErrorObject } from "ajv/dist/2020.js";
import { RetCodeError } from "../../templates/runtime/errors.js";
import type { Diagnostic } from "../diagnostic.js";
import type { Action, ApiModel } from "../model/api-model.js";
import { type Path, pointerPath } from "../openapi/pointer.js";
import { requirement } from "../openapi/schema-error.js";
import { modelSchema } from "./model-schema.js";
import type { Recording } from "./recording.js";
import { type CreateClient, type Replay, replay } from "./replay.js";
import { checkRequestTypes } from "./request-types.js";
import { schemaValidator } from "./schema-validator.js";

/**
 * Compares a recording, the model and the generated client with one another: the client must build the recorded request,
 * the recorded response must be valid and have no undocumented field, and the client must return or throw accordingly.
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
  if (action === undefined) return [unknownAction(recording)];
  const replayed = await replay(recording, action, api.brand, createClient);
  const findings = [
    ...recording.contradictions,
    ...checkRequestTypes(recording, action),
    ...compareRequests(recording, replayed),
    ...checkResponse(recording, action),
    ...checkOutcome(recording, replayed, action),
  ];
  return findings.map(({ path, message }) => disagreement(recording, path, message));
}

/** Disagreement of a recording whose action no document describes. */
export function unknownAction(recording: Recording): Diagnostic {
  const name = recording.parameters.get("Action") ?? "";
  const message = `calls the action ${JSON.stringify(name)}, which no document describes`;
  return disagreement(recording, recording.pathOf("Action"), message);
}

/** Disagreement at a path of the recording's entry. */
export interface Finding {
  readonly path: Path;
  readonly message: string;
}

function compareRequests(recording: Recording, built: Replay): Finding[] {
  // A client that sent nothing threw an error, which `checkOutcome` reports.
  if (built.method === "") return [];
  const found: Finding[] = [];
  if (built.method !== recording.method) {
    const message = `method is ${recording.method} in the recording, ${built.method} from the client`;
    found.push({ path: ["request", "method"], message });
  }
  if (built.baseUrl !== recording.baseUrl) {
    const message = `the request goes to ${recording.baseUrl} in the recording, to ${built.baseUrl} from the client`;
    found.push({ path: ["request", "url"], message });
  }
  for (const name of new Set([...recording.parameters.keys(), ...built.parameters.keys()])) {
    const recorded = recording.parameters.get(name);
    const sent = built.parameters.get(name);
    if (recorded === sent) continue;
    const message = `request parameter ${name} is ${show(recorded)} in the recording, ${show(sent)} from the client`;
    found.push({ path: recording.pathOf(name), message });
  }
  return found;
}

function checkResponse(recording: Recording, action: Action): Finding[] {
  const body = parseBody(recording);
  if (body === undefined)
    return [{ path: bodyPath, message: "the recorded response body is not a JSON object" }];
  const found: Finding[] = [];
  if (recording.status !== 200) {
    const message = `status is ${recording.status} in the recording, and ${action.documentPath} has 200 only`;
    found.push({ path: ["response", "status"], message });
  }
  const header = recording.headers.find(([name]) => name.toLowerCase() === "content-type");
  for (const type of new Set([recording.mimeType, header?.[1] ?? recording.mimeType])) {
    if (/^application\/json\s*(;|$)/i.test(type)) continue;
    const message = `the response is ${type} in the recording, but ${action.documentPath} says application/json`;
    found.push({ path: ["response", "content", "mimeType"], message });
  }
  const codes = action.retCodes.map(({ code }) => code);
  if (Number.isInteger(body.RetCode) && body.RetCode !== 0 && !codes.includes(body.RetCode as number)) {
    const message = `RetCode is ${show(body.RetCode)} in the recording, and ${action.documentPath} lists no such code`;
    found.push({ path: bodyPath, message });
  }
  const model = Number(body.RetCode) === 0 ? action.responseModel : action.errorModel;
  const errors = validateBody(modelSchema(action, model), body);
  return [...found, ...errors.map((error) => ({ path: bodyPath, message: explain(error, action) }))];
}

function checkOutcome(recording: Recording, { outcome }: Replay, action: Action): Finding[] {
  const body = parseBody(recording);
  // `checkResponse` reports a missing or mistyped RetCode, which leaves the outcome undefined.
  if (body === undefined || !Number.isInteger(body.RetCode)) return [];
  const recorded = `RetCode is ${show(body.RetCode)} in the recording`;
  if (body.RetCode === 0) {
    if ("value" in outcome && isDeepStrictEqual(outcome.value, body)) return [];
    const actual = "value" in outcome ? `returned ${show(outcome.value)}` : `threw ${outcome.error}`;
    const message = `the response body is ${show(body)} in the recording, but the client ${actual}`;
    return [{ path: bodyPath, message }];
  }
  if ("value" in outcome)
    return [{ path: bodyPath, message: `${recorded}, but the client returned ${show(outcome.value)}` }];
  const { error } = outcome;
  if (!(error instanceof RetCodeError))
    return [{ path: bodyPath, message: `${recorded}, but the client threw ${error}` }];
  const documented = action.retCodes.find(({ code }) => code === body.RetCode);
  const expectations = [
    ["RetCode", body.RetCode, error.retCode],
    ["the code's name", documented?.name, error.codeName || undefined],
    ["Message", body.Message, error.serverMessage],
  ] as const;
  return expectations
    .filter(([, expected, actual]) => expected !== actual)
    .map(([field, expected, actual]) => ({
      path: bodyPath,
      message: `${field} should be ${show(expected)}, but the client's error has ${show(actual)}`,
    }));
}

const bodyPath = ["response", "content", "text"];

function parseBody({ body }: Recording): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(body);
    const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
    return isObject ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

/** Validates a body. If no member of a union is valid, that is the only error of the union. */
function validateBody(schema: object, body: unknown): ErrorObject[] {
  const ajv = schemaValidator();
  ajv.validate(schema, body);
  const errors = (ajv.errors ?? []).filter(({ keyword }) => keyword !== "if");
  const unions = errors.filter(({ keyword }) => keyword === "anyOf");
  const isInside = (inner: ErrorObject, outer: ErrorObject) =>
    inner !== outer && `${inner.instancePath}/`.startsWith(`${outer.instancePath}/`);
  return errors.filter((error) => !unions.some((union) => isInside(error, union)));
}

function explain(error: ErrorObject, { documentPath }: Action): string {
  const { instancePath, keyword, params, schema, data } = error;
  const path = pointerPath(instancePath);
  const { additionalProperty, missingProperty } = params;
  const field = [...path, additionalProperty ?? missingProperty ?? []].flat().join(".");
  if (keyword === "additionalProperties") {
    const value = (data as Record<string, unknown>)[additionalProperty];
    return `${field} is ${show(value)} in the recording, and ${documentPath} has no such field`;
  }
  if (keyword === "required") return `${field} is required by ${documentPath}, and the recording has none`;
  return `${field} is ${show(data)} in the recording, but ${documentPath} says it ${requirement(error)} (${keyword}: ${show(schema)})`;
}

function show(value: unknown): string {
  return value === undefined ? "absent" : JSON.stringify(value);
}

function disagreement(recording: Recording, path: Path, message: string): Diagnostic {
  return {
    code: "contract",
    file: recording.file,
    line: recording.lineOf(path),
    message,
    help: "Correct whichever is wrong: the recording, or the document and then generate again.",
  };
}
