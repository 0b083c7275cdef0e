import type { Action, Type } from "../model/api-model.js";
import { modelsOf } from "../model/fields.js";
import { type CheckBuilder, checkOf } from "../model/type-check.js";
import { Code } from "./code.js";

/**
 * The checks of an action's success body, as its module declares them: a constant for each model. The module imports the
 * namespace `$checks`; no name of a specification contains `$`.
 */
export function checksOf(action: Action) {
  const body: Type = { kind: "object", model: action.responseModel, nullable: false };
  const models = modelsOf(action, [{ type: body }]);
  const constants: Constants = new Map(
    models.map(({ name, typeName }) => [name, Code.identifier(`$${typeName}`)]),
  );
  const builder = codeBuilder(constants);
  return {
    root: checkOf(body, builder),
    models: models.map(({ name, fields, additional }) => ({
      constant: constants.get(name) ?? anything,
      required: Code.list(fields.filter(({ required }) => required).map((field) => Code.literal(field.name))),
      fields: fields.map((field) => ({ name: field.name, check: checkOf(field.type, builder) })),
      additional: additional === undefined ? null : checkOf(additional, builder),
    })),
  };
}

type Constants = ReadonlyMap<string, Code>;

const anything = Code.of`$checks.anything`;

/** Code of checks, which calls functions of the entry `validation`. */
function codeBuilder(constants: Constants): CheckBuilder<Code> {
  return {
    basic: (name) => Code.list([Code.of`$checks`, Code.identifier(name)], "."),
    nullable: (check) => Code.of`$checks.nullable(${check})`,
    literal: (value) => Code.of`$checks.literal(${value})`,
    listed: (check, values) =>
      Code.of`$checks.listed(${Code.list([check, ...values.map((value) => Code.literal(value))])})`,
    limited(check, limits) {
      const list = Object.entries(limits).map(([keyword, limit]) => Code.of`[${keyword}, ${limit}]`);
      return Code.of`$checks.limited(${Code.list([check, ...list])})`;
    },
    array: (items) => Code.of`$checks.array(${items})`,
    map: (values) => Code.of`$checks.map(${values})`,
    anyOf: (checks) => Code.of`$checks.anyOf(${Code.list(checks)})`,
    model: (name) => constants.get(name) ?? anything,
  };
}
