import type { ActionParts } from "./action-document.js";

/** Both states of an action; without one of them, it is new or gone. */
export interface States {
  readonly before?: ActionParts;
  readonly after?: ActionParts;
}

/**
 * Two states of an action, and what changed: the rule, the parameter or field, and the bump; with the renames of its fields that
 * the configuration lists.
 */
export type DiffCase = readonly [
  what: string,
  states: States,
  changes: readonly string[],
  renames?: Readonly<Record<string, string>>,
];

export type Values = Readonly<Record<string, unknown>>;

export const text = { type: "string" };
export const whole = { type: "integer" };
export const disk = { type: "object", required: ["Size"], properties: { Size: whole, Type: text } };
export const disks = { type: "array", items: disk };

/** Keys that stand beside the schema of a parameter, and not in it. */
const facts = [
  "required",
  "description",
  "example",
  "deprecated",
  "x-actiongen-style",
  "x-actiongen-sensitive",
];

/** A parameter P of both states; `undefined` in the state that lacks it. */
export function parameter(before: Values | undefined, after: Values | undefined): States {
  return parameters(before === undefined ? {} : { P: before }, after === undefined ? {} : { P: after });
}

/** Parameters of both states, by name. */
export function parameters(
  before: Readonly<Record<string, Values>>,
  after: Readonly<Record<string, Values>>,
): States {
  const of = (all: Readonly<Record<string, Values>>) => ({
    parameters: Object.entries(all).map(([name, values]) => {
      const entries = Object.entries(values);
      const schema = Object.fromEntries(entries.filter(([key]) => !facts.includes(key)));
      const beside = Object.fromEntries(entries.filter(([key]) => facts.includes(key)));
      return { name, in: "query", ...beside, schema };
    }),
  });
  return { before: of(before), after: of(after) };
}

/** A response field F of both states. */
export function field(before: Values | undefined, after: Values | undefined): States {
  const of = (schema: Values | undefined) => (schema === undefined ? {} : { response: { F: schema } });
  return { before: of(before), after: of(after) };
}

/** Response fields of both states, with the schemas that they refer to. */
export function fields(
  [before, oldSchemas = {}]: readonly [Values, Values?],
  [after, newSchemas = {}]: readonly [Values, Values?],
): States {
  return {
    before: { response: before, schemas: oldSchemas },
    after: { response: after, schemas: newSchemas },
  };
}

/** Response fields inside an object F. */
export function inner(
  before: Values,
  after: Values,
  required: readonly [string[], string[]] = [[], []],
): States {
  const of = (properties: Values, names: string[]) => ({ type: "object", properties, required: names });
  return field(of(before, required[0]), of(after, required[1]));
}

export const described = (type: Values) => ({ ...type, description: "The size of the disk in GB." });
