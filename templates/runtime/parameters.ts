import { InvalidParameterError, type ParameterIssue } from "./errors.js";
import { type Fields, kindOf, type TypeText } from "./operation.js";
import { signingParameters } from "./signature.js";
import { problemOf, wireText } from "./wire-value.js";

/** A value that can be sent. `null` and `undefined` are left out of the request. */
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
 * Indices start at 0, an omitted item keeps its index, and empty arrays and objects are left out.
 *
 * @throws InvalidParameterError with every value that cannot be sent.
 */
export function flattenParameters(parameters: object): Map<string, string> {
  const { flat, issues } = tryFlatten(parameters);
  if (issues.length > 0) throw new InvalidParameterError(issues);
  return flat;
}

/** Description of an action's parameters. */
export interface ParameterTypes {
  readonly action: string;
  readonly parameters: Fields;
  readonly models: Readonly<Record<string, Fields>>;
}

/**
 * As {@link flattenParameters}, but returns the issues instead of throwing them. With `types` it also reports values of the
 * wrong type, required parameters that are missing and parameters that the client sets itself; it adds `Action` as the first
 * parameter and encodes `base64` fields.
 *
 * @param locations names of the parameters that an option sets, by option.
 */
export function tryFlatten(
  parameters: object,
  types?: ParameterTypes,
  locations: Readonly<Record<string, string>> = {},
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
      ((ancestors.has(value) || ancestors.size > maxDepth) && "is nested too deeply, or contains itself") ||
      (isReserved && "is already set");
    if (problem) addIssue(name, problem);
    else if (typeof value === "object" && kind !== "base64") return visitInside(value, type, name);
    else flat.set(name, wireText(value, kind));
    return true;
  }

  function visitInside(value: object, type: TypeText, name: string): boolean {
    const isList = Array.isArray(value);
    const fields: Fields = (name === "" ? types?.parameters : types?.models[type.slice(1)]) ?? {};
    const typeAt = (key: string) => (Object.hasOwn(fields, key) && fields[key]?.replace("!", "")) || "";
    ancestors.add(value);
    const present = Object.entries(isList ? [...value] : value)
      .filter(([key, item]) => visit(item, isList ? type.replace("[]", "") : typeAt(key), under(name, key)))
      // A name may be flat already: `Disks.0.Size` belongs to `Disks`.
      .map(([key]) => key.split(".")[0]);
    ancestors.delete(value);
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
    issues.push({ path: name.replace(/\.(\d+)/g, "[$1]") || "params", problem });
  }

  visit(parameters, "", "");
  return { flat, issues };
}

function under(name: string, key: string): string {
  return (name && `${name}.${key}`) || key;
}

/** Serializes parameters as a query without `?`, or as a form body. Can be openapi-fetch's `querySerializer`. */
export function serializeParameters(parameters: object): string {
  return queryOf(
    parameters instanceof Map ? (parameters as Map<string, string>) : flattenParameters(parameters),
  );
}

/** Serializes flat parameters as a query without `?`, or as a form body. */
export function queryOf(flat: ReadonlyMap<string, string>): string {
  let query = "";
  for (const [name, value] of flat) query += `&${encodeURIComponent(name)}=${encodeURIComponent(value)}`;
  return query.slice(1);
}

const maxDepth = 100;
