import type { Action, Type } from "../model/api-model.js";
import { modelsOf } from "../model/fields.js";
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
  return {
    root: checkOf(body, constants),
    models: models.map(({ name, fields, additional }) => ({
      constant: constants.get(name) ?? anything,
      required: Code.list(fields.filter(({ required }) => required).map((field) => Code.literal(field.name))),
      fields: fields.map((field) => ({ name: field.name, check: checkOf(field.type, constants) })),
      additional: additional === undefined ? null : checkOf(additional, constants),
    })),
  };
}

type Constants = ReadonlyMap<string, Code>;

const anything = Code.of`$checks.anything`;

/** Check of a type, from functions of the entry `validation`. */
function checkOf(type: Type, constants: Constants): Code {
  if (type.nullable) return Code.of`$checks.nullable(${checkOf({ ...type, nullable: false }, constants)})`;
  const check = unlimitedCheckOf(type, constants);
  const limits = "limits" in type ? Object.entries(type.limits) : [];
  if (limits.length === 0) return check;
  const list = limits.map(([keyword, limit]) => Code.of`[${keyword}, ${limit}]`);
  return Code.of`$checks.limited(${Code.list([check, ...list])})`;
}

function unlimitedCheckOf(type: Type, constants: Constants): Code {
  const member = (name: string) => Code.list([Code.of`$checks`, Code.identifier(name)], ".");
  switch (type.kind) {
    case "string":
      return member(formats.get(type.format) ?? "string");
    case "integer":
    case "number":
    case "boolean":
      return member(type.kind);
    case "enum": {
      const values = type.values.map((value) => Code.literal(value));
      return Code.of`$checks.listed(${Code.list([member(type.of), ...values])})`;
    }
    case "const":
      return Code.of`$checks.literal(${type.value})`;
    case "array":
      return Code.of`$checks.array(${checkOf(type.items, constants)})`;
    case "map":
      return Code.of`$checks.map(${checkOf(type.values, constants)})`;
    case "object":
      return constants.get(type.model) ?? anything;
    case "union":
      return Code.of`$checks.anyOf(${Code.list(type.members.map((one) => checkOf(one, constants)))})`;
    case "json":
      return anything;
  }
}

/** Checks of formats. A string of another format is only checked to be a string. */
const formats = new Map([
  ["uri", "uri"],
  ["uuid", "uuid"],
  ["ipv4", "ipv4"],
  ["ipv6", "ipv6"],
  ["email", "email"],
  ["date", "date"],
  ["date-time", "dateTime"],
]);
