import { ownParameters } from "../../templates/runtime/testing/har.js";
import { retCodeOf } from "../../templates/runtime/testing/replies.js";
import type { TypedParameters } from "../../templates/runtime/testing/typed-parameters.js";
import { readParameters } from "../../templates/runtime/testing/typed-parameters.js";
import { operationOf } from "../emit/operation-fields.js";
import type { Action, Type } from "../model/api-model.js";
import { factsAt, parameterTypeAt } from "../model/field-facts.js";
import { type Path, valueAt } from "../openapi/pointer.js";
import { isFieldName } from "../record/public-values.js";
import { withParameter, withParameterOf } from "./call-fix.js";
import { describe } from "./document-facts.js";
import { type DocumentFix, withField, withName, withOptional, withSchema } from "./document-fix.js";
import { type Found, fieldsOf, inferredSchema, isSecretValue, show, shownKeys } from "./finding.js";
import type { Recording } from "./recording.js";

/** Checks that the parameters of a recorded request are documented, and of the right type. */
export function checkRequestTypes(recording: Recording, action: Action): Found[] {
  const own = ownParameters(recording);
  const found: Found[] = [];
  const typed = readParameters(new Map(Object.entries(own)), operationOf(action));
  const renamed = new Set<string>();
  const undocumented = new Set<string>();
  for (const [name, value] of Object.entries(own)) {
    const keys = name.split(".");
    const type = parameterTypeAt(action, keys);
    const at = shownName(recording, action, name);
    const add = (code: string, problem: string, fix?: DocumentFix) => {
      const shown = show(value, isSecretParameter(recording, action, name, value));
      const message = `request parameter ${at} is ${shown} in the recording, ${problem}`;
      found.push({ code, path: recording.pathOf(name), at, message, fix });
    };
    if (type === undefined) {
      const other = otherCase(action, keys, own);
      if (other !== undefined) {
        renamed.add(other.documented);
        const fix = fixOfName(action, keys, other);
        add("parameter-case", `and ${action.documentPath} has ${other.documented}`, fix);
      } else {
        // Thousands of flat names can be of one parameter that the document lacks.
        const part = unknownPart(action, pathOf(keys));
        const thing = JSON.stringify(part.filter((key) => typeof key === "string"));
        if (undocumented.has(thing)) continue;
        undocumented.add(thing);
        const isShown = at.split(".")[part.length - 1] === String(part.at(-1));
        const fix = isShown ? fixOfUnknown(action, part, typed) : undefined;
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
  const { isListed, isSensitive, type } = factsAt(action, action.parameters, name.split("."));
  const isOfListed = isListed && type !== undefined && isOfType(String(value), type);
  return isSensitive || (!isOfListed && isSecretValue(recording, name, value));
}

/** The name of a parameter as findings name it. */
export function shownName(recording: Recording, action: Action, name: string): string {
  const isListed = (path: Path) => factsAt(action, action.parameters, path).isListed;
  return shownKeys(recording, name.split("."), isListed).join(".");
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

/** Path of what the document lacks: a parameter, or a field of one. If it lacks neither, the parameter is of another type. */
function unknownPart(action: Action, path: Path): Path {
  let fields = action.parameters;
  for (const [index, key] of path.entries()) {
    if (typeof key === "number") continue;
    const field = fields.find(({ name }) => name === key);
    if (field === undefined) return path.slice(0, index + 1);
    fields = fieldsOf(field.type, action.models);
  }
  return path.slice(0, 1);
}

function fixOfUnknown(action: Action, part: Path, { params }: TypedParameters): DocumentFix {
  const [first = "", ...rest] = part;
  const [parameter, schema] = [String(first), wireSchema(valueAt(params, part))];
  const last = rest.pop();
  if (last !== undefined) return withField({ action, parameter }, rest, String(last), schema);
  const isListed = action.parameters.some(({ name }) => name === parameter);
  return isListed ? withSchema({ action, parameter }, [], schema) : withParameter(action, parameter, schema);
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
    if (!Object.keys(value).every(isFieldName))
      return { type: "object", additionalProperties: wireSchema(Object.values(value)[0]) };
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
