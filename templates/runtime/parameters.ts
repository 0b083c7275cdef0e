import { InvalidParameterError, type ParameterFault } from "./errors.js";
import { type Fields, readType, type TypeText } from "./operation.js";
import { loneSurrogate, problemOf, wireText } from "./wire-value.js";

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
  readonly parameters: Fields;
  readonly models: Readonly<Record<string, Fields>>;
}

/**
 * As {@link flattenParameters}, but hands the faults over with what could be flattened: values that have no form on the
 * wire and, where types are given, those of another type and those that are missing. `base64` fields are encoded.
 */
export function tryFlatten(
  parameters: object,
  types?: ParameterTypes,
): { flat: Map<string, string>; faults: ParameterFault[] } {
  const flat = new Map<string, string>();
  const faults: ParameterFault[] = [];
  const open = new Set<object>();

  /** @returns whether there is anything, sound or not: an empty array would not be sent. */
  function visit(value: unknown, type: TypeText, name: string, path: string): boolean {
    if (value === null || value === undefined) return false;
    const { kind, model } = readType(type);
    const isObject = typeof value === "object" && !(kind === "base64" && value instanceof Uint8Array);
    const problem =
      (isObject && problemOfObject(value)) ||
      problemOf(value, kind) ||
      (loneSurrogate.test(name) && "has a name that is no text") ||
      (flat.has(name) && `would be sent twice as ${name}`);
    if (problem) {
      faults.push({ path, problem });
      return true;
    }
    if (isObject) return visitObject(value, types?.models[model] ?? {}, type.replace("[]", ""), name, path);
    flat.set(name, wireText(value, kind));
    return true;
  }

  function problemOfObject(value: object): string {
    const prototype: unknown = Object.getPrototypeOf(value);
    const isPlain = Array.isArray(value) || prototype === null || Object.getPrototypeOf(prototype) === null;
    if (!isPlain) return `is a ${value.constructor?.name}, which cannot be sent`;
    if (open.size > deepest) return "is nested too deeply";
    return open.has(value) ? "contains itself" : "";
  }

  function visitObject(
    value: object,
    fields: Fields,
    itemType: TypeText,
    name: string,
    path: string,
  ): boolean {
    open.add(value);
    const isArray = Array.isArray(value);
    const start = faults.length;
    const given = new Set<string>();
    for (const [key, item] of Object.entries(value)) {
      if (isArray && !/^\d+$/.test(key)) continue;
      const itemPath = isArray ? `${path}[${key}]` : (path && `${path}.`) + key;
      const own = isArray ? itemType : Object.hasOwn(fields, key) ? fields[key] : "";
      // A name may be flat already: `Disks.0.Size` gives a part of `Disks`.
      if (visit(item, own ?? "", name === "" ? key : `${name}.${key}`, itemPath))
        given.add(key.split(".")[0] ?? "");
    }
    const missing = isArray
      ? []
      : Object.keys(fields).filter((key) => fields[key]?.endsWith("!") && !given.has(key));
    faults.splice(
      start,
      0,
      ...missing.map((key) => ({ path: (path && `${path}.`) + key, problem: "is required" })),
    );
    open.delete(value);
    return given.size > 0;
  }

  const problem = problemOfObject(parameters);
  if (problem) faults.push({ path: "the whole", problem });
  else visitObject(parameters, types?.parameters ?? {}, "", "", "");
  return { flat, faults };
}

/** Writes parameters as a query or a form body, without a leading `?`. Fits openapi-fetch's `querySerializer`. */
export function serializeParameters(parameters: object): string {
  return queryOf(
    parameters instanceof Map ? (parameters as Map<string, string>) : flattenParameters(parameters),
  );
}

/** Writes flat parameters as a query or a form body, without a leading `?`. */
export function queryOf(flat: ReadonlyMap<string, string>): string {
  return Array.from(flat, (pair) => pair.map(encodeURIComponent).join("=")).join("&");
}

const deepest = 100;
