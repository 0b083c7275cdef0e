import type { ErrorObject, ValidateFunction } from "ajv/dist/2020.js";
import type { Action } from "../model/api-model.js";
import { factsAt } from "../model/field-facts.js";
import { isObject, type Path, type Raw, valueAt } from "../openapi/pointer.js";
import { requirement } from "../openapi/schema-error.js";
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
import { bodyPath, type Found, inferredSchema, isSecretValue, show } from "./finding.js";
import { isTooDeep, scanJson } from "./json-scan.js";
import { modelSchema } from "./model-schema.js";
import type { Recording } from "./recording.js";
import { schemaValidator } from "./schema-validator.js";

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
  const check: Check = { recording, action, body, model, origin: { action, model } };
  return [...checkText(check), ...checkRetCode(check), ...checkAction(check), ...checkSchema(check)];
}

interface Check {
  readonly recording: Recording;
  readonly action: Action;
  readonly body: Raw;
  /** Name of the model that the body is of. */
  readonly model: string;
  readonly origin: Origin;
}

function found(code: string, keys: Path, message: string, fix?: DocumentFix): Found {
  return { code, path: bodyPath, at: bodyPathOf(keys), message, fix };
}

/** What parsing does not keep: a key that appears twice, and digits beyond those of a number. */
function checkText({ recording }: Check): Found[] {
  const list: Found[] = [];
  scanJson(recording.body, ({ path, literal, isDuplicate }) => {
    const field = path.join(".");
    if (isDuplicate)
      list.push(found("body-duplicate-key", [...path], `${field} appears twice in the recording`));
    const number = /^-?\d/.test(literal) ? Number(literal) : 0;
    const isExact =
      Number.isFinite(number) && (!/^-?\d+(\.0+)?$/.test(literal) || Number.isSafeInteger(number));
    if (isExact) return;
    const message = `${field} is a number of ${literal.length} characters in the recording, which is beyond 2^53 and loses digits`;
    list.push(found("field-digits", [...path], message));
  });
  return list;
}

function checkRetCode({ action, body: { RetCode: code } }: Check): Found[] {
  const isListed = code === 0 || action.retCodes.some((one) => one.code === code);
  if (!Number.isInteger(code) || isListed) return [];
  const message = `RetCode is ${code} in the recording, and ${action.documentPath} lists no such code`;
  return [found("retcode-undocumented", ["RetCode"], message, withRetCode(action, Number(code)))];
}

/** `Action` must be the name that the document promises: the constant of the field, or else `<Action>Response`. */
function checkAction({ action, body, model, origin }: Check): Found[] {
  const fields = action.models.find(({ name }) => name === model)?.fields ?? [];
  const type = fields.find(({ name }) => name === "Action")?.type;
  const promised = `${action.name}Response`;
  if (type === undefined || type.kind === "const" || typeof body.Action !== "string") return [];
  if (body.Action === promised) return [];
  const message = `Action is ${JSON.stringify(body.Action.slice(0, 100))} in the recording, and not ${promised}`;
  // The schema of an error is that of other actions too.
  const isOwn = model === action.responseModel;
  const fix = isOwn ? withKeywords(origin, ["Action"], { const: body.Action }) : undefined;
  return [found("response-action", ["Action"], message, fix)];
}

const validators = new WeakMap<Action, Map<string, ValidateFunction>>();

/** Creating a validator takes longer than all of its uses. */
function validatorOf(action: Action, model: string): ValidateFunction {
  const own = validators.get(action) ?? new Map<string, ValidateFunction>();
  validators.set(action, own);
  const validate = own.get(model) ?? schemaValidator().compile(modelSchema(action, model));
  own.set(model, validate);
  return validate;
}

function checkSchema(check: Check): Found[] {
  const validate = validatorOf(check.action, check.model);
  validate(check.body);
  const errors = (validate.errors ?? []).filter(({ keyword }) => keyword !== "if");
  const unions = errors.filter(({ keyword }) => keyword === "anyOf");
  // If no member of a union is valid, that is the only error of the union.
  const isInside = (inner: ErrorObject, outer: ErrorObject) =>
    inner !== outer && `${inner.instancePath}/`.startsWith(`${outer.instancePath}/`);
  const own = errors.filter((error) => !unions.some((union) => isInside(error, union)));
  const renamed = own.flatMap((error) => otherCase(error) ?? []);
  const isRenamed = ({ keyword, instancePath, params }: ErrorObject) =>
    keyword === "required" &&
    renamed.some((one) => one.instancePath === instancePath && one.name === params.missingProperty);
  return own.filter((error) => !isRenamed(error)).map((error) => explain(error, check));
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
  const { recording, action, body, model, origin } = check;
  const { instancePath, keyword, params, data } = error;
  const keys = keysOf(body, instancePath);
  const { additionalProperty, missingProperty } = params;
  const name: string | undefined = additionalProperty ?? missingProperty;
  const all = name === undefined ? keys : [...keys, name];
  const field = all.join(".");
  const fields = action.models.find((one) => one.name === model)?.fields ?? [];
  const { documentPath } = action;
  if (keyword === "required") {
    const message = `${field} is required by ${documentPath}, and the recording has none`;
    return found("field-missing", all, message, withOptional(origin, keys, name ?? ""));
  }
  if (keyword === "additionalProperties") {
    const value = valueAt(body, all);
    const other = otherCase(error)?.name;
    const { isSensitive } = factsAt(action, fields, [...keys, other ?? name ?? ""]);
    const shown = show(value, isSensitive || isSecretValue(recording, name ?? "", value));
    if (other !== undefined) {
      const message = `${field} is ${shown} in the recording, and ${documentPath} has ${other}`;
      return found("field-case", all, message, withName(origin, keys, other, name ?? ""));
    }
    const message = `${field} is ${shown} in the recording, and ${documentPath} has no such field`;
    return found(
      "field-undocumented",
      all,
      message,
      withField(origin, keys, name ?? "", inferredSchema(value)),
    );
  }
  const isSecret = factsAt(action, fields, keys).isSensitive || isHiddenValue(recording, error);
  const shown = `${field} is ${show(data, isSecret)} in the recording`;
  const message = `${shown}, but ${documentPath} says it ${requirement(error)} (${keyword}: ${JSON.stringify(error.schema)})`;
  const isType = ["type", "anyOf"].includes(keyword);
  return found(isType ? "field-type" : "field-value", keys, message, typeFix(error, origin, keys, isSecret));
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
