import { toJson } from "../exact-json.js";
import type { Check, Inspection } from "./inspection.js";

// Checks of JSON types. A check reports at most one problem of the value itself, as "must be …", and never quotes the value.

/** Accepts any value. */
export function anything(): void {}

/** Accepts strings. */
export function string(value: unknown, at: Inspection): void {
  if (typeof value !== "string") at.report(wrongType("string", value));
}

/** Accepts numbers without a fraction, and bigints. Reports a number that `JSON.parse` may have rounded. */
export function integer(value: unknown, at: Inspection): void {
  // From 1e21 it is a magnitude, and not an identifier.
  const isExact = typeof value !== "number" || Number.isSafeInteger(value) || Math.abs(value) >= 1e21;
  if (typeOf(value) !== "integer") at.report(wrongType("integer", value));
  else if (!isExact) at.report("must be within 2^53 to be exact as a number, and may have lost digits");
}

/** Accepts finite numbers, and bigints: a number in JSON can be too large for JavaScript. */
export function number(value: unknown, at: Inspection): void {
  if (typeof value !== "bigint" && !Number.isFinite(value)) at.report(wrongType("number", value));
}

/** Accepts `true` and `false`. */
export function boolean(value: unknown, at: Inspection): void {
  if (typeof value !== "boolean") at.report(wrongType("boolean", value));
}

/** Accepts `null` and the values that `check` accepts. */
export function nullable(check: Check): Check {
  return (value, at) => {
    if (value !== null) check(value, at);
  };
}

/** Accepts one value. */
export function literal(expected: unknown): Check {
  const json = JSON.stringify(expected);
  return (value, at) => {
    if (toJson(value) !== json) at.report(`must be ${json}`);
  };
}

/** Accepts the values that `check` accepts. With the option `unlistedValues`, reports those that are not listed. */
export function listed(check: Check, ...values: readonly unknown[]): Check {
  return (value, at) => {
    check(value, at);
    if (!at.options.unlistedValues || values.includes(value)) return;
    at.report(`must be one of ${values.map((one) => JSON.stringify(one)).join(", ")}`);
  };
}

/**
 * Accepts the values that `check` accepts, within limits.
 *
 * @param limits keywords of JSON Schema, such as `["maximum", 3]`; each applies to values of its type only.
 */
export function limited(
  check: Check,
  ...limits: readonly (readonly [keyword: string, limit: unknown])[]
): Check {
  return (value, at) => {
    check(value, at);
    const exceeded = limits.find(([keyword, limit]) => !isWithin(value, keyword, limit));
    if (exceeded !== undefined) at.report(`must have ${exceeded[0]} ${exceeded[1]}`);
  };
}

function isWithin(value: unknown, keyword: string, limit: unknown): boolean {
  if (keyword === "pattern") return typeof value !== "string" || new RegExp(String(limit), "u").test(value);
  if (keyword === "uniqueItems") return limit !== true || !Array.isArray(value) || isUnique(value);
  const [, bound = "", of = ""] =
    /^(min|max|exclusiveMin|exclusiveMax|multipleOf)(Length|Items|imum)?$/.exec(keyword) ?? [];
  const size = sizeOf(value, of);
  const number = Number(limit);
  if (size === undefined) return true;
  if (bound === "multipleOf") return isMultiple(size, number);
  if (bound === "min") return size >= number;
  if (bound === "max") return size <= number;
  return bound === "exclusiveMin" ? size > number : size < number;
}

function isMultiple(value: number | bigint, factor: number): boolean {
  if (typeof value === "bigint" && Number.isInteger(factor)) return value % BigInt(factor) === 0n;
  return Number.isInteger(Number(value) / factor);
}

/** Whether no two JSON values are equal. The order of the members of an object does not matter. */
export function isUnique(items: readonly unknown[]): boolean {
  const sortMembers = (_key: string, value: unknown) => {
    if (typeof value === "string" || typeof value === "bigint") return `${typeof value} ${value}`;
    if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
    return Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)));
  };
  return new Set(items.map((item) => JSON.stringify(item, sortMembers))).size === items.length;
}

/** The number that a keyword limits: of characters, of items, or the value itself. */
function sizeOf(value: unknown, of: string): number | bigint | undefined {
  if (of === "Length") return typeof value === "string" ? [...value].length : undefined;
  if (of === "Items") return Array.isArray(value) ? value.length : undefined;
  return typeof value === "number" || typeof value === "bigint" ? value : undefined;
}

/** Accepts arrays whose items `check` accepts. */
export function array(check: Check): Check {
  return (value, at) => {
    if (!Array.isArray(value)) return at.report(wrongType("array", value));
    for (const [index, item] of value.entries()) visit(check, item, index, at);
  };
}

/** Accepts objects whose values `check` accepts. */
export function map(check: Check): Check {
  const additional = () => check;
  return object([], () => ({}), additional);
}

/**
 * Accepts objects that have the required fields, and whose fields their checks accept.
 *
 * @param fields called for the first object, so that a model may contain itself.
 * @param additional returns the check of other fields. Default: they are reported with the option `unknownFields`.
 */
export function object(
  required: readonly string[],
  fields: () => Readonly<Record<string, Check>>,
  additional: () => Check = () => unknown,
): Check {
  let known: Readonly<Record<string, Check>> | undefined;
  let others: Check | undefined;
  return (value, at) => {
    if (typeOf(value) !== "object") return at.report(wrongType("object", value));
    known ??= fields();
    others ??= additional();
    const items = new Map(Object.entries(value as object).filter(([, item]) => item !== undefined));
    for (const name of required) if (!items.has(name)) visit(missing, undefined, name, at);
    for (const [name, item] of items)
      visit((Object.hasOwn(known, name) && known[name]) || others, item, name, at);
  };
}

/** Accepts values that any of the checks accepts. Reports the problems of the check that comes closest. */
export function anyOf(...checks: readonly Check[]): Check {
  return (value, at) => {
    const trials = checks.map((check) => ({ check, ...problemsOf(check, value, at) }));
    if (trials.some(({ count }) => count === 0)) return;
    const [closest] = trials.filter(({ own }) => own === "").sort((a, b) => a.count - b.count);
    if (closest !== undefined) return closest.check(value, at);
    const expected = new Set(trials.map(({ own }) => own.replace(/^must be |, and is of type \w+$/g, "")));
    at.report(`must be ${[...expected].join(" or ")}, and is of type ${typeOf(value)}`);
  };
}

/** Maximum depth of nested unions: each level multiplies the number of checks. */
const maxUnions = 8;

/** Counts the problems that a check finds in a value, without reporting them. `own` is the problem of the value itself. */
function problemsOf(check: Check, value: unknown, at: Inspection): { count: number; own: string } {
  const unions = at.unions + 1;
  const found = { count: 0, own: "" };
  if (unions > maxUnions) return found;
  const depth = at.path.length;
  const report = (problem: string) => {
    found.count += 1;
    if (at.path.length === depth) found.own = problem;
  };
  check(value, { ...at, unions, report });
  return found;
}

/** More than any response has, and less than the engine's limit. */
const maxDepth = 500;

function visit(check: Check, value: unknown, key: string | number, at: Inspection): void {
  at.path.push(key);
  if (at.path.length > maxDepth) at.report("is nested too deeply to be checked");
  else check(value, at);
  at.path.pop();
}

function missing(_: unknown, at: Inspection): void {
  at.report("is required");
}

function unknown(_: unknown, at: Inspection): void {
  if (at.options.unknownFields) at.report("is not a field of the specification");
}

function wrongType(expected: string, value: unknown): string {
  return `must be of type ${expected}, and is of type ${typeOf(value)}`;
}

/** Type of a value, as JSON Schema names it. */
function typeOf(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "array";
  return typeof value === "bigint" || Number.isInteger(value) ? "integer" : typeof value;
}
