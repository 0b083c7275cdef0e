import { isDeepStrictEqual } from "node:util";
import type { Limits, Type } from "../model/api-model.js";
import type { Found } from "./change.js";
import { type Direction, kindOf, ruleOf } from "./direction.js";

/** Compares two types that are neither lists nor both objects. */
export function compareScalars(old: Type, current: Type, direction: Direction): Found[] {
  const [before, after] = [baseOf(old), baseOf(current)];
  if (before !== after) return [changeOfKind(old, current, before, after, direction)];
  return [
    ...compareConstants(old, current, direction),
    ...compareValues(old, current, direction),
    ...compareStrings(old, current, direction),
    ...compareLimits(limitsOf(old), limitsOf(current), direction),
  ];
}

/** Kind of the JSON value. */
function baseOf(type: Type): string {
  if (type.kind === "enum") return type.of;
  if (type.kind === "const") return Number.isInteger(type.value) ? "integer" : typeof type.value;
  return type.kind;
}

function changeOfKind(old: Type, current: Type, before: string, after: string, direction: Direction): Found {
  const isBetweenNumbers = [before, after].sort().join() === "integer,number";
  const way = isBetweenNumbers ? `${before}-to-${after}` : "type-changed";
  return ruleOf(direction, way, kindOf(old), kindOf(current));
}

function compareConstants(old: Type, current: Type, direction: Direction): Found[] {
  if (old.kind !== "const" && current.kind !== "const") return [];
  if (old.kind === current.kind && isDeepStrictEqual(old, { ...current, nullable: old.nullable })) return [];
  const way =
    old.kind !== "const" ? "type-narrowed" : current.kind !== "const" ? "type-widened" : "type-changed";
  return [ruleOf(direction, way, kindOf(old), kindOf(current))];
}

/** Compares the values of enumerations. A constant is no enumeration. */
function compareValues(old: Type, current: Type, direction: Direction): Found[] {
  if (old.kind === "const" || current.kind === "const") return [];
  if (old.kind !== "enum")
    return current.kind === "enum" ? [ruleOf(direction, "became-enum", "", list(current.values))] : [];
  if (current.kind !== "enum") return [ruleOf(direction, "enum-to-plain", list(old.values))];
  return [
    ...old.values
      .filter((value) => !current.values.includes(value))
      .map((value) => ruleOf(direction, "enum-value-removed", JSON.stringify(value))),
    ...current.values
      .filter((value) => !old.values.includes(value))
      .map((value) => ruleOf(direction, "enum-value-added", "", JSON.stringify(value))),
  ];
}

function list(values: readonly unknown[]): string {
  return values.map((value) => JSON.stringify(value)).join(", ");
}

function compareStrings(old: Type, current: Type, direction: Direction): Found[] {
  const [before, after] = [old, current].map((type) =>
    type.kind === "string" ? type : ({ format: "", encoding: "none" } as const),
  );
  const found: Found[] = [];
  if (before?.encoding !== after?.encoding)
    found.push(ruleOf(direction, after?.encoding === "base64" ? "base64-on" : "base64-off"));
  // An enumeration has no format of its own.
  if (old.kind === current.kind && before?.format !== after?.format)
    found.push(ruleOf(direction, "format", before?.format, after?.format));
  return found;
}

function limitsOf(type: Type): Limits {
  return "limits" in type ? type.limits : {};
}

/** Compares bounds. A pattern, and what is not comparable, counts as narrower. */
export function compareLimits(old: Limits, current: Limits, direction: Direction): Found[] {
  const keys = [...new Set([...Object.keys(old), ...Object.keys(current)])].filter(
    (key) => old[key] !== current[key],
  );
  if (keys.length === 0) return [];
  const show = (limits: Limits) =>
    keys
      .filter((key) => limits[key] !== undefined)
      .map((key) => `${key} ${JSON.stringify(limits[key])}`)
      .join(", ");
  if (direction === "resp") return [ruleOf(direction, "limits", show(old), show(current))];
  const isWider = keys.every((key) => isWiderLimit(key, old[key], current[key]));
  return [ruleOf(direction, isWider ? "limits-widened" : "limits-narrowed", show(old), show(current))];
}

function isWiderLimit(
  key: string,
  old: Limits[string] | undefined,
  current: Limits[string] | undefined,
): boolean {
  if (current === undefined) return true;
  if (typeof old !== "number" || typeof current !== "number") return false;
  if (/^(?:max|exclusiveMax)/.test(key)) return current > old;
  return /^(?:min|exclusiveMin)/.test(key) && current < old;
}
