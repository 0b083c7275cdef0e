import type { ErrorObject } from "ajv/dist/2020.js";
import type { Action, Field } from "../model/api-model.js";
import { factsAt } from "../model/field-facts.js";
import { isObject, type Path, type Raw, valueAt } from "../openapi/pointer.js";
import { requirement } from "../openapi/schema-error.js";
import { isFieldName } from "../record/public-values.js";
import { withRetCode } from "./call-fix.js";
import {
  bodyPathOf,
  type DocumentFix,
  type Origin,
  withField,
  withKeywords,
  withName,
  withNull,
  withOptional,
  withoutKeyword,
  withSchema,
} from "./document-fix.js";
import { bodyPath, type Found, inferredSchema, isSecretValue, show, shownKeys } from "./finding.js";
import { isTooDeep, scanJson } from "./json-scan.js";
import type { Recording } from "./recording.js";
import { schemaErrors } from "./schema-errors.js";

/** The recorded body as an object; `undefined` if it is not a JSON object, or nested too deeply to be compared. */
export function parseBody({ body }: Recording): Raw | undefined {
  try {
    const value: unknown = JSON.parse(body);
    return isObject(value) && !isTooDeep(body) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Compares a body with the document in both directions: fields that one of them lacks, types, RetCode and `Action`. */
export function checkBody(recording: Recording, action: Action, body: Raw): Found[] {
  const model = Number(body.RetCode) === 0 ? action.responseModel : action.errorModel;
  const fields = action.models.find(({ name }) => name === model)?.fields ?? [];
  const check: Check = { recording, action, body, model, fields, origin: { action, model } };
  return [...checkText(check), ...checkRetCode(check), ...checkAction(check), ...checkSchema(check)];
}

interface Check {
  readonly recording: Recording;
  readonly action: Action;
  readonly body: Raw;
  /** Name of the model that the body is of. */
  readonly model: string;
  readonly fields: readonly Field[];
  readonly origin: Origin;
}

/** @param message created with the name of the value at the keys. */
function found(
  { recording, action, fields }: Check,
  code: string,
  keys: Path,
  message: (field: string) => string,
  fix?: DocumentFix,
): Found {
  const shown = shownKeys(recording, keys, (path) => factsAt(action, fields, path).isListed);
  // An overlay names the field itself, and none of the keys of maps around it.
  const isShown = shown.at(-1) === keys.at(-1);
  const field = shown.join(".");
  return {
    code,
    path: bodyPath,
    at: bodyPathOf(shown),
    message: message(field),
    fix: isShown ? fix : undefined,
  };
}

/** What parsing does not keep: a key that appears twice, and digits beyond those of a number. */
function checkText(check: Check): Found[] {
  const list: Found[] = [];
  scanJson(check.recording.body, ({ path, literal, isDuplicate }) => {
    if (isDuplicate)
      list.push(
        found(check, "body-duplicate-key", [...path], (field) => `${field} appears twice in the recording`),
      );
    const number = /^-?\d/.test(literal) ? Number(literal) : 0;
    const isExact =
      Number.isFinite(number) && (!/^-?\d+(\.0+)?$/.test(literal) || Number.isSafeInteger(number));
    if (isExact) return;
    const problem = `is a number of ${literal.length} characters in the recording, which is beyond 2^53 and loses digits`;
    list.push(found(check, "field-digits", [...path], (field) => `${field} ${problem}`));
  });
  return list;
}

function checkRetCode(check: Check): Found[] {
  const { action, body } = check;
  const { RetCode: code } = body;
  const isListed = code === 0 || action.retCodes.some((one) => one.code === code);
  if (!Number.isInteger(code) || isListed) return [];
  const message = `RetCode is ${code} in the recording, and ${action.documentPath} lists no such code`;
  return [
    found(check, "retcode-undocumented", ["RetCode"], () => message, withRetCode(action, Number(code))),
  ];
}

/** `Action` must be the name that the document promises: the constant of the field, or else `<Action>Response`. */
function checkAction(check: Check): Found[] {
  const { recording, action, body, model, fields, origin } = check;
  const type = fields.find(({ name }) => name === "Action")?.type;
  const promised = `${action.name}Response`;
  if (type === undefined || type.kind === "const" || typeof body.Action !== "string") return [];
  if (body.Action === promised) return [];
  const isSecret = recording.origin === "captured" && !isFieldName(body.Action.replace(/Response$/, ""));
  const message = `Action is ${show(body.Action.slice(0, 100), isSecret)} in the recording, and not ${promised}`;
  // The schema of an error is that of other actions too.
  const isOwn = model === action.responseModel && !isSecret;
  const fix = isOwn ? withKeywords(origin, ["Action"], { const: body.Action }) : undefined;
  return [found(check, "response-action", ["Action"], () => message, fix)];
}

function checkSchema(check: Check): Found[] {
  const errors = schemaErrors(check.action, check.model, check.body);
  const renamed = errors.flatMap((error) => otherCase(error) ?? []);
  const isRenamed = ({ keyword, instancePath, params }: ErrorObject) =>
    keyword === "required" &&
    renamed.some((one) => one.instancePath === instancePath && one.name === params.missingProperty);
  return errors.filter((error) => !isRenamed(error)).map((error) => explain(error, check));
}

/** The documented name of a field that differs from it only in case, where the object does not have that too. */
function otherCase({ keyword, params, parentSchema, data, instancePath }: ErrorObject) {
  if (keyword !== "additionalProperties") return undefined;
  const known = Object.keys((parentSchema?.properties as object | undefined) ?? {});
  const seen: string = params.additionalProperty;
  const name = known.find((one) => one.toLowerCase() === seen.toLowerCase());
  return name === undefined || Object.hasOwn(data as object, name) ? undefined : { name, instancePath };
}

function explain(error: ErrorObject, check: Check): Found {
  const { recording, action, body, fields, origin } = check;
  const { documentPath } = action;
  const { instancePath, keyword, params, data } = error;
  const keys = keysOf(body, instancePath);
  if (keyword === "required") {
    const { missingProperty: name } = params;
    const message = (field: string) => `${field} is required by ${documentPath}, and the recording has none`;
    return found(check, "field-missing", [...keys, name], message, withOptional(origin, keys, name));
  }
  if (keyword === "additionalProperties") return undocumented(error, keys, check);
  const isSecret = factsAt(action, fields, keys).isSensitive || isHiddenValue(recording, error);
  const problem = `${documentPath} says it ${requirement(error)} (${keyword}: ${JSON.stringify(error.schema)})`;
  const message = (field: string) => `${field} is ${show(data, isSecret)} in the recording, but ${problem}`;
  const code = ["type", "anyOf"].includes(keyword) ? "field-type" : "field-value";
  return found(check, code, keys, message, typeFix(error, origin, keys, isSecret));
}

function undocumented(error: ErrorObject, keys: Path, check: Check): Found {
  const { recording, action, body, fields, origin } = check;
  const name: string = error.params.additionalProperty;
  const all = [...keys, name];
  const value = valueAt(body, all);
  const other = otherCase(error)?.name;
  const { isSensitive } = factsAt(action, fields, [...keys, other ?? name]);
  const shown = show(value, isSensitive || isSecretValue(recording, name, value));
  const message = (problem: string) => (field: string) =>
    `${field} is ${shown} in the recording, and ${action.documentPath} has ${problem}`;
  if (other !== undefined)
    return found(check, "field-case", all, message(other), withName(origin, keys, other, name));
  const fix = withField(origin, keys, name, inferredSchema(value));
  return found(check, "field-undocumented", all, message("no such field"), fix);
}

/** A captured value is harmless where its type is documented, except for a string that can be anything. */
function isHiddenValue({ origin }: Recording, { keyword, data }: ErrorObject): boolean {
  return (
    origin === "captured" &&
    keyword !== "enum" &&
    !["number", "boolean"].includes(typeof data) &&
    data !== null
  );
}

function typeFix({ keyword, data }: ErrorObject, origin: Origin, keys: Path, isSecret: boolean): DocumentFix {
  if (data === null) return withNull(origin, keys);
  if (keyword === "enum" && !isSecret) return withKeywords(origin, keys, { enum: [data] });
  const whole = () => withSchema(origin, keys, inferredSchema(data));
  return ["type", "anyOf"].includes(keyword) ? whole() : (withoutKeyword(origin, keys, keyword) ?? whole());
}

/** Keys of a JSON pointer, of which those of arrays are numbers. */
function keysOf(body: unknown, pointer: string): (string | number)[] {
  const keys: (string | number)[] = [];
  let value = body;
  for (const part of pointer.split("/").slice(1)) {
    const key = part.replaceAll("~1", "/").replaceAll("~0", "~");
    keys.push(Array.isArray(value) ? Number(key) : key);
    value = valueAt(value, keys.slice(-1));
  }
  return keys;
}
