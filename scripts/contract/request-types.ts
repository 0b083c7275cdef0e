import { ownParameters } from "../../templates/runtime/testing/har.js";
import { retCodeOf } from "../../templates/runtime/testing/replies.js";
import type { TypedParameters } from "../../templates/runtime/testing/typed-parameters.js";
import { readParameters } from "../../templates/runtime/testing/typed-parameters.js";
import { operationOf } from "../emit/operation-fields.js";
import type { Action, Type } from "../model/api-model.js";
import { factsAt, parameterTypeAt } from "../model/field-facts.js";
import type { Path } from "../openapi/pointer.js";
import { withParameter, withParameterOf } from "./call-fix.js";
import { describe } from "./document-facts.js";
import { type DocumentFix, withField, withName, withOptional, withSchema } from "./document-fix.js";
import { type Found, fieldsOf, inferredSchema, isSecretValue, show } from "./finding.js";
import type { Recording } from "./recording.js";

/** Checks that the parameters of a recorded request are documented, and of the right type. */
export function checkRequestTypes(recording: Recording, action: Action): Found[] {
  const own = ownParameters(recording);
  const found: Found[] = [];
  const typed = readParameters(new Map(Object.entries(own)), operationOf(action));
  const renamed = new Set<string>();
  for (const [name, value] of Object.entries(own)) {
    const keys = name.split(".");
    const type = parameterTypeAt(action, keys);
    const add = (code: string, problem: string, fix: DocumentFix) => {
      const shown = show(value, isSecretParameter(recording, action, name, value));
      const message = `request parameter ${name} is ${shown} in the recording, ${problem}`;
      found.push({ code, path: recording.pathOf(name), at: name, message, fix });
    };
    if (type === undefined) {
      const other = otherCase(action, keys, own);
      if (other !== undefined) {
        renamed.add(other.documented);
        const fix = fixOfName(action, keys, other);
        add("parameter-case", `and ${action.documentPath} has ${other.documented}`, fix);
      } else {
        const fix = fixOfUnknown(action, keys, typed);
        add("parameter-undocumented", `and ${action.documentPath} has no such parameter`, fix);
      }
    } else if (!isOfType(value, type)) {
      const [parameter = "", ...rest] = pathOf(keys);
      const fix = withSchema({ action, parameter: String(parameter) }, rest, wireSchema(value));
      add("parameter-type", `but ${action.documentPath} says ${describe(type)}`, fix);
    }
  }
  const missing = isRefusedByGateway(recording) ? [] : typed.missing;
  for (const name of missing.filter((one) => !renamed.has(one))) {
    const message = `request parameter ${name} is absent in the recording, but ${action.documentPath} requires it`;
    const fix = fixOfMissing(action, name.split("."));
    found.push({ code: "parameter-missing", path: recording.pathOf(name), at: name, message, fix });
  }
  return found;
}

/** Whether the gateway refused a captured call: what the call lacks is then not proven to be optional. */
export function isRefusedByGateway({ origin, body }: Recording): boolean {
  return origin === "captured" && retCodeOf(body) !== 0;
}

/** Whether the value of a parameter can be a secret. */
export function isSecretParameter(
  recording: Recording,
  action: Action,
  name: string,
  value: unknown,
): boolean {
  const keys = name.split(".");
  const { isListed, isSensitive } = factsAt(action, action.parameters, keys);
  return isSensitive || (!isListed && isSecretValue(recording, name, value));
}

/** A documented name that differs from a recorded one only in the case of a key. */
interface OtherCase {
  /** The whole name, as documented. */
  readonly documented: string;
  /** Position of the key. */
  readonly index: number;
  readonly key: string;
}

function otherCase(
  { parameters, models }: Action,
  keys: readonly string[],
  own: Readonly<Record<string, string>>,
): OtherCase | undefined {
  let fields = parameters;
  for (const [index, key] of keys.entries()) {
    if (index > 0 && /^\d+$/.test(key)) continue;
    const same = fields.find(({ name }) => name === key);
    const other = fields.find(({ name }) => name.toLowerCase() === key.toLowerCase());
    if (same === undefined) {
      if (other === undefined) return undefined;
      const documented = [...keys.slice(0, index), other.name, ...keys.slice(index + 1)].join(".");
      return Object.hasOwn(own, documented) ? undefined : { documented, index, key: other.name };
    }
    fields = fieldsOf(same.type, models);
  }
  return undefined;
}

function fixOfName(action: Action, keys: readonly string[], { index, key }: OtherCase): DocumentFix {
  const name = keys[index] ?? "";
  if (index === 0) return withParameterOf(action, key, { name });
  const [parameter = "", ...rest] = pathOf(keys.slice(0, index));
  return withName({ action, parameter: String(parameter) }, rest, key, name);
}

function fixOfUnknown(action: Action, keys: readonly string[], { params }: TypedParameters): DocumentFix {
  const path = pathOf(keys);
  const [parameter = ""] = keys;
  if (!action.parameters.some(({ name }) => name === parameter))
    return withParameter(action, parameter, wireSchema(params[parameter]));
  // The object that lacks the field is the last one whose fields are known.
  let fields = action.parameters;
  let value: unknown = params;
  for (const [index, key] of path.entries()) {
    value = (value as Record<string | number, unknown> | undefined)?.[key];
    if (typeof key === "number") continue;
    const field = fields.find(({ name }) => name === key);
    if (field === undefined)
      return withField({ action, parameter }, path.slice(1, index), key, wireSchema(value));
    fields = fieldsOf(field.type, action.models);
  }
  return withSchema({ action, parameter }, [], wireSchema(params[parameter]));
}

function fixOfMissing(action: Action, keys: readonly string[]): DocumentFix {
  const [parameter = "", ...rest] = pathOf(keys);
  const last = rest.pop();
  if (last === undefined) return withParameterOf(action, String(parameter), { required: false });
  return withOptional({ action, parameter: String(parameter) }, rest, String(last));
}

/** Path of the value of a flat name. */
function pathOf(keys: readonly string[]): (string | number)[] & Path {
  return keys.map((key, index) => (index > 0 && /^\d{1,4}$/.test(key) ? Number(key) : key));
}

/** Schema of a value on the wire, whose strings can be numbers. */
function wireSchema(value: unknown): Readonly<Record<string, unknown>> {
  if (Array.isArray(value))
    return { type: "array", items: wireSchema(value.find((item) => item !== undefined)) };
  if (typeof value === "object" && value !== null) {
    const properties = Object.entries(value).map(([name, item]) => [name, wireSchema(item)]);
    return { type: "object", properties: Object.fromEntries(properties) };
  }
  const types = ["integer", "number", "boolean"] as const;
  const type = types.find((kind) => isOfType(String(value), { kind, limits: {}, nullable: false }));
  return inferredSchema(type === "boolean" ? true : type === "number" ? 0.5 : type === "integer" ? 1 : "");
}

/** Whether a string on the wire can be a value of a type. */
function isOfType(value: string, type: Type): boolean {
  switch (type.kind === "enum" ? type.of : type.kind) {
    case "string":
    case "json":
      return true;
    case "integer":
      return /^(0|-?[1-9]\d*)$/.test(value);
    case "number":
      return /^(0|-?[1-9]\d*|-?(0|[1-9]\d*)\.\d+)$/.test(value);
    case "boolean":
      return value === "true" || value === "false";
    case "const":
      return type.kind === "const" && value === String(type.value);
    case "union":
      return type.kind === "union" && type.members.some((member) => isOfType(value, member));
    default:
      return false;
  }
}
