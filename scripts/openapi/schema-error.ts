import type { ErrorObject } from "ajv/dist/2020.js";
import { suggestion } from "../../templates/runtime/nearest.js";
import type { AddDiagnostic } from "./checks.js";
import { type Path, pointerPath } from "./pointer.js";

/**
 * Describes an error of Ajv in a sentence that begins with the path, and ends with the value seen if Ajv is `verbose`.
 *
 * @param whole what is validated, for an error without a path.
 */
export function explain(error: ErrorObject, path: Path, whole = "the document"): string {
  return `${path.length > 0 ? path.join(" › ") : whole} ${requirement(error)}${seen(error)}`;
}

/**
 * Reports errors of Ajv at the paths that they are about.
 *
 * @param whole what is validated, for an error without a path.
 */
export function reportErrors(
  errors: readonly ErrorObject[],
  { code, whole, help }: { readonly code: string; readonly whole: string; readonly help: string },
  report: AddDiagnostic,
): void {
  for (const error of errors) {
    // The error of the name itself says more.
    if (error.keyword === "propertyNames") continue;
    const location = pointerPath(error.instancePath);
    const unknown = error.params.additionalProperty ?? [];
    report(code, location.concat(unknown), explain(error, location, whole), help);
  }
}

/**
 * What an error of Ajv requires, in words: `must be of type string`. A schema explains its pattern with a description,
 * such as `a version such as 1.2.3`.
 */
export function requirement(error: ErrorObject): string {
  const describe = requirements[error.keyword];
  return describe?.(error.params, error) ?? "must be valid";
}

type Describe = (params: Record<string, unknown>, error: ErrorObject) => string;

const quote = (value: unknown) => JSON.stringify(value);
const count = (number: unknown, unit: string) => `${number} ${unit}${number === 1 ? "" : "s"}`;
const list = (items: readonly string[], last: string) =>
  [items.slice(0, -1).join(", "), ...items.slice(-1)].filter(Boolean).join(` ${last} `);

const atLeast =
  (unit: string): Describe =>
  ({ limit }) =>
    `must have at least ${count(limit, unit)}`;
const atMost =
  (unit: string): Describe =>
  ({ limit }) =>
    `must have at most ${count(limit, unit)}`;
const comparison: Describe = ({ comparison: sign, limit }) => `must be ${signs[String(sign)]} ${limit}`;
const signs: Readonly<Record<string, string>> = {
  ">=": "at least",
  "<=": "at most",
  ">": "more than",
  "<": "less than",
};
const otherForm: Describe = () => "must have a form that is allowed here";

const unknownKey: Describe = (params, { parentSchema }) => {
  const key = String(params.additionalProperty ?? params.unevaluatedProperty);
  const known = Object.keys((parentSchema?.properties as object | undefined) ?? {});
  return `has the unknown key ${quote(key)}${suggestion(key, known)}`;
};

const pattern: Describe = ({ pattern: source }, { parentSchema, propertyName }) => {
  const described = parentSchema?.description ?? patterns.get(String(source));
  if (propertyName !== undefined) return `must have ${described ?? "other names"}`;
  return described === undefined ? "must have a form that is allowed here" : `must be ${described}`;
};

/** Patterns of the schemas of OpenAPI and JSON Schema, in words. */
const patterns: ReadonlyMap<string, string> = new Map([
  ["^3\\.1\\.\\d+(-.+)?$", "a version of OpenAPI 3.1"],
  ["^[a-zA-Z0-9._-]+$", "names of letters, digits, dots, - and _"],
  ["^[^#]*#?$", "a URI without a fragment"],
  ["^[A-Za-z_][-A-Za-z0-9._]*$", "a name of letters, digits, dots, - and _"],
]);

const requirements: Readonly<Record<string, Describe>> = {
  type: ({ type }) => `must be of type ${list([type].flat().map(String), "or")}`,
  required: ({ missingProperty }) => `lacks the required key ${quote(missingProperty)}`,
  dependentRequired: ({ missingProperty, property }) =>
    `lacks the key ${quote(missingProperty)}, which ${quote(property)} requires`,
  additionalProperties: unknownKey,
  unevaluatedProperties: unknownKey,
  enum: ({ allowedValues }) => `must be ${list((allowedValues as unknown[]).map(quote), "or")}`,
  const: ({ allowedValue }) => `must be ${quote(allowedValue)}`,
  pattern,
  format: ({ format }, { parentSchema }) =>
    `must be ${parentSchema?.description ?? `of the format ${format}`}`,
  minItems: atLeast("item"),
  maxItems: atMost("item"),
  minLength: atLeast("character"),
  maxLength: atMost("character"),
  minProperties: atLeast("key"),
  maxProperties: atMost("key"),
  minimum: comparison,
  maximum: comparison,
  exclusiveMinimum: comparison,
  exclusiveMaximum: comparison,
  multipleOf: ({ multipleOf }) => `must be a multiple of ${multipleOf}`,
  uniqueItems: ({ i, j }) =>
    i === undefined
      ? "must not have the same item twice"
      : `must not have the same item twice (items ${j} and ${i})`,
  anyOf: otherForm,
  oneOf: otherForm,
  not: otherForm,
  "false schema": () => "must not be here",
};

/** Keywords whose errors are about a part of the value. */
const ofParts = /required|propert|unevaluated|Items|oneOf|anyOf|not|false/i;

function seen({ keyword, propertyName, data }: ErrorObject): string {
  if (propertyName !== undefined) return `, but has ${quote(propertyName)}`;
  if (data === undefined || ofParts.test(keyword)) return "";
  if (typeof data === "object" && data !== null)
    return `, but is of type ${Array.isArray(data) ? "array" : "object"}`;
  // An image would fill the screen.
  return `, but is ${quote(typeof data === "string" ? data.slice(0, 100) : data)}`;
}
