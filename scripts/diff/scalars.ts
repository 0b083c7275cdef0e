import { isDeepStrictEqual } from "node:util";
import type { Limits, Type } from "../model/api-model.js";
import type { Found } from "./change.js";
import { type Direction, kindOf, ruleOf } from "./direction.js";

/** Compares two types that are neither lists nor both objects. */
export function compareScalars(old: Type, current: Type, direction: Direction): Found[] {
  const [before, after] = [baseOf(old), baseOf(current)];
  const found: Found[] = [];
  if (before !== after) {
    if (![before, after].every(isNumeric))
      return [ruleOf(direction, "type-changed", kindOf(old), kindOf(current))];
    const way = before === "integer" ? "integer-to-number" : "number-to-integer";
    if (old.kind !== "const" && current.kind !== "const")
      found.push(ruleOf(direction, way, kindOf(old), kindOf(current)));
  }
  return [
    ...found,
    ...compareConstants(old, current, direction),
    ...compareValues(old, current, direction),
    ...compareStrings(old, current, direction),
    ...compareLimits(old, current, direction),
  ];
}

/** Kind of the JSON value. */
export function baseOf(type: Type): string {
  if (type.kind === "enum") return type.of;
  if (type.kind === "const") return Number.isInteger(type.value) ? "integer" : typeof type.value;
  return type.kind;
}

/** Whether a kind of JSON values is one of numbers. */
export function isNumeric(kind: string): boolean {
  return kind === "integer" || kind === "number";
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

/** Compares bounds. A pattern, and what is not comparable, counts as narrower. Enumerations and constants have none. */
export function compareLimits(old: Type, current: Type, direction: Direction): Found[] {
  if (!("limits" in old) || !("limits" in current)) return [];
  const [before, after] = [effectiveLimits(old), effectiveLimits(current)];
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(
    (key) => before[key] !== after[key],
  );
  if (keys.length === 0) return [];
  const show = (limits: Limits) =>
    keys
      .filter((key) => limits[key] !== undefined)
      .map((key) => `${key} ${JSON.stringify(limits[key])}`)
      .join(", ");
  const isWider = keys.every((key) => isWiderLimit(key, before, after));
  const way = direction === "resp" ? "limits" : isWider ? "limits-widened" : "limits-narrowed";
  return [ruleOf(direction, way, show(before), show(after))];
}

/** The limits of a type without those that limit nothing, and with one way to write a bound of integers. */
function effectiveLimits({ kind, limits }: Type & { readonly limits: Limits }): Limits {
  const entries = Object.entries(limits).filter(
    ([key, value]) => value !== false && !(value === 0 && /^min(?:Length|Items)$/.test(key)),
  );
  if (kind !== "integer") return Object.fromEntries(entries);
  return Object.fromEntries(
    entries.map(([key, value]) => {
      if (key === "exclusiveMinimum" && limits.minimum === undefined) return ["minimum", Number(value) + 1];
      if (key === "exclusiveMaximum" && limits.maximum === undefined) return ["maximum", Number(value) - 1];
      return [key, value];
    }),
  );
}

function isWiderLimit(key: string, before: Limits, after: Limits): boolean {
  const current = after[key];
  if (current === undefined) return true;
  if (typeof current !== "number") return false;
  if (key === "multipleOf") return isMultiple(before[key], current);
  const sign = /^(?:max|exclusiveMax)/.test(key) ? 1 : -1;
  const distance = (name: string) => sign * (current - Number(before[name] ?? Number.NaN));
  // A bound can have been exclusive, or become so.
  const [plain, exclusive] = [key.replace(/^exclusiveM/, "m"), key.replace(/^m/, "exclusiveM")];
  return distance(exclusive) >= 0 || (key === plain ? distance(plain) >= 0 : distance(plain) > 0);
}

/** Whether a number is a multiple of another one, apart from what fractions lose in binary. */
function isMultiple(number: Limits[string] | undefined, divisor: number): boolean {
  const ratio = Number(number ?? Number.NaN) / divisor;
  return Math.abs(ratio - Math.round(ratio)) < 1e-9;
}
