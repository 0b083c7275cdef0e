import type { ErrorObject, ValidateFunction } from "ajv/dist/2020.js";
import type { Action } from "../model/api-model.js";
import { isObject, type Raw } from "../openapi/pointer.js";
import { modelSchema } from "./model-schema.js";
import { schemaValidator } from "./schema-validator.js";

/** Values of a body up to which all of its errors are collected: Ajv takes time for the square of their number. */
const maxValues = 5_000;

/** Items that are kept of each list of a larger body. */
const sampleSizes = [1_000, 100, 10, 1];

/**
 * Validates a body against a model of an action.
 *
 * @returns all errors; of a body with more than {@link maxValues} values the first one at least, and those of the first items
 *   of its lists. The errors of a union are one if no member is valid.
 */
export function schemaErrors(action: Action, model: string, body: Raw): readonly ErrorObject[] {
  if (countValues(body) <= maxValues) return withoutInner(errorsOf(action, model, body, "all"));
  const first = withoutInner(errorsOf(action, model, body, "first"));
  const sample = sampleSizes
    .map((size) => firstItems(body, size) as Raw)
    .find((one) => countValues(one) <= maxValues);
  if (first.length === 0 || sample === undefined) return first;
  const found = withoutInner(errorsOf(action, model, sample, "sample"));
  const isFound = (error: ErrorObject) =>
    found.some(
      ({ schemaPath, instancePath }) =>
        schemaPath === error.schemaPath && instancePath === error.instancePath,
    );
  return [...found, ...first.filter((error) => !isFound(error))];
}

const validators = new WeakMap<Action, Map<string, ValidateFunction>>();

/** Creating a validator takes longer than all of its uses. */
function errorsOf(
  action: Action,
  model: string,
  body: Raw,
  which: "all" | "first" | "sample",
): ErrorObject[] {
  const own = validators.get(action) ?? new Map<string, ValidateFunction>();
  validators.set(action, own);
  const key = `${which} ${model}`;
  const validate = own.get(key) ?? validatorFor(which).compile(modelSchema(action, model));
  own.set(key, validate);
  validate(body);
  return (validate.errors ?? []).filter(({ keyword }) => keyword !== "if");
}

function validatorFor(which: "all" | "first" | "sample") {
  const validator = schemaValidator(which === "first" ? "first" : "all");
  // A list that lost items can have too few.
  return which === "sample" ? validator.removeKeyword("minItems") : validator;
}

/** The errors without those inside of a union that has no valid member. */
function withoutInner(errors: readonly ErrorObject[]): ErrorObject[] {
  const unions = new Set(errors.filter(isOfUnion).map(({ instancePath }) => instancePath));
  return errors.filter((error) => {
    const [, ...parts] = error.instancePath.split("/");
    const around = parts.map((_, index) => ["", ...parts.slice(0, index)].join("/"));
    return !around.some((path) => unions.has(path)) && (isOfUnion(error) || !unions.has(error.instancePath));
  });
}

function isOfUnion({ keyword }: ErrorObject): boolean {
  return keyword === "anyOf";
}

/** A value with the first items only of each list. */
function firstItems(value: unknown, size: number): unknown {
  if (Array.isArray(value)) return value.slice(0, size).map((item) => firstItems(item, size));
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, firstItems(item, size)]));
}

function countValues(value: unknown): number {
  const inside = Array.isArray(value) ? value : isObject(value) ? Object.values(value) : [];
  return inside.reduce<number>((sum, item) => sum + countValues(item), 1);
}
