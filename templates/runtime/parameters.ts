import { InvalidParameterError, type ParameterFault } from "./errors.js";
import { type Fields, kindOf, type TypeText } from "./operation.js";
import { signingParameters } from "./signature.js";
import { problemOf, wireText } from "./wire-value.js";

/** A value that has a form on the wire. `null` and `undefined` are left out of the request. */
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
 * Turns nested parameters into the flat names and texts of the wire: `Disks: [{Size: 20}]` becomes
 * `Disks.0.Size` = `20`. Indices are 0-based; a skipped item keeps its index; empty arrays and objects vanish.
 *
 * @throws InvalidParameterError with every value that has no form on the wire.
 */
export function flattenParameters(parameters: object): Map<string, string> {
  const { flat, faults } = tryFlatten(parameters);
  if (faults.length > 0) throw new InvalidParameterError(faults);
  return flat;
}

/** What the specification says of parameters. Without it, whatever has a form on the wire is taken. */
export interface ParameterTypes {
  readonly action: string;
  readonly parameters: Fields;
  readonly models: Readonly<Record<string, Fields>>;
}

/**
 * As {@link flattenParameters}, but hands the faults over with what could be flattened: values that have no form on the
 * wire and, where types are given, those of another type, those that are missing and those that the client sets itself.
 * With types `Action` comes first, and `base64` fields are encoded.
 */
export function tryFlatten(
  parameters: object,
  types?: ParameterTypes,
): { flat: Map<string, string>; faults: ParameterFault[] } {
  const flat = new Map<string, string>(types && [["Action", types.action]]);
  const faults: ParameterFault[] = [];
  const open = new Set<unknown>();

  /** @returns whether there is anything, sound or not: an empty array would not be sent. */
  function visit(value: unknown, type: TypeText, name: string): boolean {
    if (value === null || value === undefined) return false;
    const kind = kindOf(type);
    const isTaken = flat.has(name) || (types !== undefined && signingParameters.includes(name));
    const problem =
      problemOf(name, "string") ||
      problemOf(value, kind) ||
      ((open.has(value) || open.size > deepest) && "is nested too deeply, or in itself") ||
      (isTaken && "is set already");
    if (problem) addFault(name, problem);
    else if (typeof value === "object" && kind !== "base64") return visitInside(value, type, name);
    else flat.set(name, wireText(value, kind));
    return true;
  }

  function visitInside(value: object, type: TypeText, name: string): boolean {
    const isList = Array.isArray(value);
    const fields: Fields = (name === "" ? types?.parameters : types?.models[type.slice(1)]) ?? {};
    const typeAt = (key: string) => (Object.hasOwn(fields, key) && fields[key]?.replace("!", "")) || "";
    open.add(value);
    const given = Object.entries(isList ? [...value] : value)
      .filter(([key, item]) => visit(item, isList ? type.replace("[]", "") : typeAt(key), under(name, key)))
      // A name may be flat already: `Disks.0.Size` gives a part of `Disks`.
      .map(([key]) => key.split(".")[0]);
    open.delete(value);
    for (const field of Object.keys(fields)) {
      if (fields[field]?.endsWith("!") && !given.includes(field)) addFault(under(name, field), "is required");
    }
    return given.length > 0;
  }

  /** Tells `Disks.0.Size` as `Disks[0].Size`. */
  function addFault(name: string, problem: string): void {
    faults.push({ path: name.replace(/\.(\d+)/g, "[$1]") || "the whole", problem });
  }

  visit(parameters, "", "");
  return { flat, faults };
}

function under(name: string, key: string): string {
  return (name && `${name}.${key}`) || key;
}

/** Writes parameters as a query or a form body, without a leading `?`. Fits openapi-fetch's `querySerializer`. */
export function serializeParameters(parameters: object): string {
  return queryOf(
    parameters instanceof Map ? (parameters as Map<string, string>) : flattenParameters(parameters),
  );
}

/** Writes flat parameters as a query or a form body, without a leading `?`. */
export function queryOf(flat: ReadonlyMap<string, string>): string {
  let query = "";
  for (const [name, value] of flat) query += `&${encodeURIComponent(name)}=${encodeURIComponent(value)}`;
  return query.slice(1);
}

const deepest = 100;
