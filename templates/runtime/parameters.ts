import { InvalidParameterError, type ParameterIssue } from "./errors.js";
import { suggestion } from "./nearest.js";
import { type AnyOperation, type Fields, kindOf, type TypeText } from "./operation.js";
import type { Redaction } from "./secrets.js";
import { signingParameters } from "./signature.js";

/** A value that can be sent. `null` and `undefined` are not sent. */
export type ParameterValue =
  | string
  | number
  | bigint
  | boolean
  | null
  | undefined
  | readonly ParameterValue[]
  | { readonly [name: string]: ParameterValue };

/**
 * Converts nested parameters to the flat names and strings of the wire: `Disks: [{Size: 20}]` becomes `Disks.0.Size` = `20`.
 * Indices start at 0, an omitted item keeps its index, and empty arrays and objects are omitted.
 *
 * @throws InvalidParameterError with every value that cannot be sent.
 */
export function flattenParameters(parameters: object): Map<string, string> {
  const { flat, issues } = tryFlatten(parameters);
  if (issues.length > 0) throw new InvalidParameterError(issues);
  return flat;
}

/**
 * As {@link flattenParameters}, but returns the issues instead of throwing them. With `types` it also reports values of the
 * wrong type, misspelt parameters, required ones that are missing and those that the client sets itself; it adds `Action` as the
 * first parameter and encodes `base64` fields.
 *
 * @param locations names of the parameters that an option sets, by option.
 * @param extra parameters that the types do not include.
 * @param redact applied to the names in issues, one of which may be a key.
 */
export function tryFlatten(
  parameters: object,
  types?: Pick<AnyOperation, "action" | "parameters" | "models">,
  locations: Readonly<Record<string, string>> = {},
  extra: object = {},
  redact: Redaction = String,
): { flat: Map<string, string>; issues: ParameterIssue[] } {
  const flat = new Map<string, string>(types && [["Action", types.action]]);
  const issues: ParameterIssue[] = [];
  const ancestors = new Set<unknown>();

  /** @returns whether the value is present; an empty array, which would not be sent, is not. */
  function visit(value: unknown, type: TypeText, name: string): boolean {
    if (value === null || value === undefined) return false;
    const kind = kindOf(type);
    const isReserved = flat.has(name) || (types !== undefined && signingParameters.includes(name));
    const problem =
      problemOf(name, "string") ||
      problemOf(value, kind) ||
      ((ancestors.has(value) || ancestors.size > 100) && "is nested too deeply, or contains itself") ||
      (isReserved && "is already set");
    if (problem) addIssue(name, problem);
    else if (typeof value === "object" && kind !== "base64") return visitInside(value, type, name);
    else flat.set(name, wireText(value, kind));
    return true;
  }

  function visitInside(value: object, type: TypeText, name: string): boolean {
    const isList = Array.isArray(value);
    const fields: Fields = (type === "#" ? types?.parameters : types?.models[type.slice(1)]) ?? {};
    const typeAt = (key: string) => (Object.hasOwn(fields, key) && fields[key]?.replace("!", "")) || "";
    ancestors.add(value);
    const present = Object.entries(isList ? [...value] : value)
      .filter(([key, item]) => visit(item, isList ? type.replace("[]", "") : typeAt(key), under(name, key)))
      // A name may be flat already: `Disks.0.Size` belongs to `Disks`.
      .map(([key]) => key.split(".")[0] as string);
    ancestors.delete(value);
    for (const key of present) {
      // Others are sent as they are, since one object can be the parameters of several actions.
      const fix = Object.hasOwn(fields, key) ? "" : suggestion(key, Object.keys(fields), 2);
      if (fix) addIssue(under(name, key), `is unknown${fix}: otherwise pass it in the option extraParams`);
    }
    for (const field of Object.keys(fields)) {
      if (!fields[field]?.endsWith("!") || present.includes(field)) continue;
      const option = name === "" && Object.keys(locations).find((one) => locations[one] === field);
      const fix = option ? `: pass it, or set the "${option}" option of the client or the call` : "";
      addIssue(under(name, field), `is required${fix}`);
    }
    return present.length > 0;
  }

  /** Reports `Disks.0.Size` as `Disks[0].Size`. */
  function addIssue(name: string, problem: string): void {
    issues.push({ path: redact(name).replace(/\.(\d+)/g, "[$1]") || "params", problem });
  }

  visit(parameters, types ? "#" : "", "");
  visit(extra, "", "");
  return { flat, issues };
}

function under(name: string, key: string): string {
  return (name && `${name}.${key}`) || key;
}

/** Serializes parameters as a query without `?`, or as a form body. Can be openapi-fetch's `querySerializer`. */
export function serializeParameters(parameters: object): string {
  return queryOf(parameters instanceof Map ? parameters : flattenParameters(parameters));
}

/** Serializes flat parameters as a query without `?`, or as a form body. */
export function queryOf(flat: ReadonlyMap<string, string>): string {
  let query = "";
  for (const [name, value] of flat) query += `&${encodeURIComponent(name)}=${encodeURIComponent(value)}`;
  return query.slice(1);
}

/** The problem of a value for a field of a kind; `""` if it can be sent. Never contains the value. */
function problemOf(value: NonNullable<unknown>, kind: string): string {
  if (typeof value === "string" && /\p{Surrogate}/u.test(value)) return "contains a lone surrogate";
  // From 1e21 it is a magnitude, which may be rounded, and not an identifier.
  if (Number.isInteger(value) && !Number.isSafeInteger(value) && Math.abs(value as number) < 1e21)
    return "is beyond 2^53 and has lost digits: pass a string or a bigint";
  if (kindsOf(value).includes(kind)) return "";
  const isNumber = typeof value === "number" && !Number.isFinite(value);
  return `(${isNumber ? value : value.constructor?.name}) cannot be sent${kind === "json" ? "" : ` as ${kind}`}`;
}

/** The kinds of field that accept a value; empty if it cannot be sent. No kind is a substring of another. */
function kindsOf(value: unknown): string {
  // A number that JavaScript cannot represent can be passed as a string or a bigint.
  if (typeof value === "string")
    return `string enum base64 json${/^-?\d+$/.test(value) ? " integer number" : ""}`;
  if (typeof value === "bigint") return "integer number json";
  if (typeof value === "boolean") return "boolean json";
  if (Number.isFinite(value)) return `number enum json${Number.isInteger(value) ? " integer" : ""}`;
  if (Array.isArray(value)) return "array json";
  if (value instanceof Uint8Array) return "base64";
  return isPlain(value) ? "object json" : "";
}

/** Whether a value is an object without a class. Accepts those of other realms, whose prototype is another object that has no prototype itself. */
export function isPlain(value: unknown): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

/** Formats a value that {@link problemOf} accepts. */
function wireText(value: unknown, kind: string): string {
  if (kind === "base64") {
    const bytes = typeof value === "string" ? new TextEncoder().encode(value) : (value as Uint8Array);
    return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
  }
  const digits = String(value);
  if (typeof value !== "number" || !digits.includes("e")) return digits;
  // The gateway does not accept exponents. 21 digits at most: the shortest from which the same number can be parsed.
  return value.toLocaleString("en", { useGrouping: false, maximumSignificantDigits: 21 });
}
