import { InvalidParameterError, type ParameterFault } from "./errors.js";

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

/** As {@link flattenParameters}, but hands the faults over with what could be flattened. */
export function tryFlatten(parameters: object): { flat: Map<string, string>; faults: ParameterFault[] } {
  const flat = new Map<string, string>();
  const faults: ParameterFault[] = [];
  const open = new Set<object>();

  function visit(value: unknown, name: string, path: string): void {
    if (value === null || value === undefined) return;
    if (typeof value === "object") {
      visitObject(value, name, path);
      return;
    }
    const text = formatValue(value);
    if (typeof text !== "string") faults.push({ path, problem: text.problem });
    else if (loneSurrogate.test(name)) faults.push({ path, problem: `has a name that ${noText}` });
    else if (flat.has(name)) faults.push({ path, problem: `would be sent twice as ${name}` });
    else flat.set(name, text);
  }

  function visitObject(value: object, name: string, path: string): void {
    if (!Array.isArray(value) && !isPlainObject(value)) {
      faults.push({
        path: path || "the whole",
        problem: `is a ${value.constructor?.name ?? "strange object"}, which has no form on the wire`,
      });
      return;
    }
    if (open.has(value) || open.size > deepest) {
      faults.push({ path, problem: open.has(value) ? "contains itself" : "is nested too deeply" });
      return;
    }
    open.add(value);
    const isArray = Array.isArray(value);
    for (const [key, item] of isArray ? value.entries() : Object.entries(value)) {
      const itemPath = isArray ? `${path}[${key}]` : path === "" ? `${key}` : `${path}.${key}`;
      visit(item, name === "" ? `${key}` : `${name}.${key}`, itemPath);
    }
    open.delete(value);
  }

  visitObject(parameters, "", "");
  return { flat, faults };
}

/** Writes parameters as a query or a form body, without a leading `?`. Fits openapi-fetch's `querySerializer`. */
export function serializeParameters(parameters: object): string {
  const flat =
    parameters instanceof Map ? (parameters as Map<string, string>) : flattenParameters(parameters);
  return Array.from(flat, ([name, text]) => `${encodeURIComponent(name)}=${encodeURIComponent(text)}`).join(
    "&",
  );
}

const deepest = 100;
const noText = "holds half a surrogate pair, which is no text";
const loneSurrogate = /\p{Surrogate}/u;
// Above this, JavaScript itself writes an exponent, and no 64-bit identifier reaches so far: it is a magnitude.
const smallestMagnitude = 1e21;

function formatValue(value: unknown): string | { problem: string } {
  switch (typeof value) {
    case "string":
      return loneSurrogate.test(value) ? { problem: noText } : value;
    case "boolean":
    case "bigint":
      return String(value);
    case "number":
      if (!Number.isFinite(value)) return { problem: `is ${value}, which is no number on the wire` };
      if (Number.isInteger(value) && !Number.isSafeInteger(value) && Math.abs(value) < smallestMagnitude) {
        return { problem: "is an integer beyond 2^53 and has lost digits; pass it as a string or a bigint" };
      }
      return plainDecimal(value);
    default:
      return { problem: `is a ${typeof value}, which has no form on the wire` };
  }
}

/** The shortest decimal that reads back as the same number, without an exponent: the gateway knows none. */
function plainDecimal(value: number): string {
  const text = String(value);
  const [, sign = "", lead = "", fraction = "", exponent = ""] =
    /^(-?)(\d)(?:\.(\d+))?e([+-]\d+)$/.exec(text) ?? [];
  if (lead === "") return text;
  const digits = lead + fraction;
  const point = 1 + Number(exponent);
  return point > 0 ? `${sign}${digits.padEnd(point, "0")}` : `${sign}0.${"0".repeat(-point)}${digits}`;
}

function isPlainObject(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}
