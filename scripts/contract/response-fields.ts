import type { ErrorObject } from "ajv/dist/2020.js";
import { factsAt } from "../model/field-facts.js";
import { type Path, valueAt } from "../openapi/pointer.js";
import { requirement } from "../openapi/schema-error.js";
import { type BodyCheck, found } from "./body-check.js";
import {
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
import { type Found, inferredSchema, isSecretValue, show } from "./finding.js";
import type { Recording } from "./recording.js";
import { schemaErrors } from "./schema-errors.js";

/** Compares the fields of a body with its model: those that one of them lacks, types and values. */
export function checkFields(check: BodyCheck): Found[] {
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

function explain(error: ErrorObject, check: BodyCheck): Found {
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

function undocumented(error: ErrorObject, keys: Path, check: BodyCheck): Found {
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
