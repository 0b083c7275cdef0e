import type { Check, Inspection } from "./inspection.js";

/** Checks of the types that JSON Schema knows. Each reports at most one fault of the value itself, and none of its value. */

/** Takes any value. */
export function anything(): void {}

/** Takes texts. */
export function string(value: unknown, at: Inspection): void {
  if (typeof value !== "string") at.report(wrongType("string", value));
}

/** Takes numbers without a fraction. */
export function integer(value: unknown, at: Inspection): void {
  if (!Number.isInteger(value)) at.report(wrongType("integer", value));
}

/** Takes finite numbers: JSON can hold one that is too large to be one. */
export function number(value: unknown, at: Inspection): void {
  if (!Number.isFinite(value)) at.report(wrongType("number", value));
}

/** Takes `true` and `false`. */
export function boolean(value: unknown, at: Inspection): void {
  if (typeof value !== "boolean") at.report(wrongType("boolean", value));
}

/** Takes values of any of the types, and looks no further. */
export function typed(...types: readonly string[]): Check {
  return (value, at) => {
    const type = typeOf(value);
    const isOne = types.includes(type) || (type === "integer" && types.includes("number"));
    if (!isOne) at.report(wrongType(types.join(" or "), value));
  };
}

/** Takes what `check` takes, and `null`. */
export function nullable(check: Check): Check {
  return (value, at) => {
    if (value !== null) check(value, at);
  };
}

/** Takes one value alone. */
export function literal(only: unknown): Check {
  const text = JSON.stringify(only);
  return (value, at) => {
    if (JSON.stringify(value) !== text) at.report(`has to be ${text}`);
  };
}

/** Takes what `check` takes. One that is not among the values is reported where that was asked for. */
export function listed(check: Check, ...values: readonly unknown[]): Check {
  return (value, at) => {
    check(value, at);
    if (!at.options.unlistedValues || values.includes(value)) return;
    at.report(
      `is none of the values that are listed: ${values.map((one) => JSON.stringify(one)).join(", ")}`,
    );
  };
}

/** Takes lists whose items `check` takes. */
export function array(check: Check): Check {
  return (value, at) => {
    if (!Array.isArray(value)) return at.report(wrongType("array", value));
    for (const [index, item] of value.entries()) visit(check, item, index, at);
  };
}

/**
 * Takes objects that have what is required, and whose fields are as their checks say.
 *
 * @param fields asked for when the first object comes, so that a model may hold itself.
 */
export function object(required: readonly string[], fields: () => Readonly<Record<string, Check>>): Check {
  let known: Readonly<Record<string, Check>> | undefined;
  return (value, at) => {
    if (typeOf(value) !== "object") return at.report(wrongType("object", value));
    known ??= fields();
    for (const name of required) {
      const isMissing = !Object.hasOwn(value as object, name) || (value as Values)[name] === undefined;
      if (isMissing) visit(missing, undefined, name, at);
    }
    for (const name of Object.keys(value as object)) {
      const item = (value as Values)[name];
      if (item === undefined) continue;
      const check = Object.hasOwn(known, name) ? known[name] : unknown;
      if (check !== undefined) visit(check, item, name, at);
    }
  };
}

type Values = Readonly<Record<string, unknown>>;

/** Deeper than any answer, and far from where the engine gives up. */
const deepest = 500;

function visit(check: Check, value: unknown, key: string | number, at: Inspection): void {
  at.path.push(key);
  if (at.path.length > deepest) at.report("is nested too deeply to be looked at");
  else check(value, at);
  at.path.pop();
}

function missing(_: unknown, at: Inspection): void {
  at.report("is required");
}

function unknown(_: unknown, at: Inspection): void {
  if (at.options.unknownFields) at.report("is no field of the specification");
}

function wrongType(wanted: string, value: unknown): string {
  return `has to be of type ${wanted}, and is of type ${typeOf(value)}`;
}

/** The type of a value as JSON Schema names it. */
function typeOf(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "array";
  return Number.isInteger(value) ? "integer" : typeof value;
}
