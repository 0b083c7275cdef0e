import type { Action, ObjectModel, Type } from "../model/api-model.js";
import { freeName, packageName } from "../model/names.js";
import type { CheckExpression } from "./check-expression.js";
import type { ProductEmitter } from "./emitter.js";
import { modelsOf } from "./operation-fields.js";

/** Entries `validate`, for all actions of a product, and `validate-only`, for some of them. */
export const emitValidators: ProductEmitter = (brand, product, templates) => {
  const view = {
    title: product.title,
    validation: `${packageName(brand.package.scope, "core")}/validation`,
    // An action's validator can have the name of an export of this module.
    validators: product.actions.map(({ name, names }, index) => ({
      action: name,
      validator: names.validator,
      alias: `validator${index}`,
      module: `./actions/${name}.js`,
    })),
  };
  return ["validate", "validate-only"].map((name) => ({
    path: `packages/${product.name}/src/${name}.ts`,
    content: templates.render(`client/${name}.ts.hbs`, view),
  }));
};

/**
 * View of the template `client/validator.ts.hbs`, the part of an action's module that validates success bodies.
 * The module has to import the namespace `checks` of the view from the entry `validation`.
 */
export function validatorView(action: Action) {
  const { name, names, responseModel } = action;
  const body: Type = { kind: "object", model: responseModel, nullable: false };
  const models = modelsOf(action, [body]);
  const taken = new Set(Object.values<string>({ ...names }));
  const checks = freeName("checks", taken);
  const constants = new Map(
    models.map((model) => [model.name, freeName(`check${model.typeName}`, taken)] as const),
  );
  return {
    name: names.validator,
    action: name,
    checks,
    root: constants.get(responseModel) ?? "",
    models: models.map((model) => modelView(model, checks, constants)),
  };
}

type Constants = ReadonlyMap<string, string>;

function modelView({ name, fields, additional }: ObjectModel, checks: string, constants: Constants) {
  const view = (type: Type) => JSON.stringify(checkOf(type, checks, constants));
  return {
    checks,
    constant: constants.get(name) ?? "",
    required: JSON.stringify(fields.filter(({ required }) => required).map((field) => field.name)),
    fields: fields.map((field) => ({ name: field.name, type: view(field.type) })),
    isOpen: additional !== undefined,
    additional: additional === undefined ? "" : view(additional),
  };
}

/** Check of a type, from functions of the entry `validation`. */
function checkOf(type: Type, checks: string, constants: Constants): CheckExpression {
  const call = (name: string, ...parameters: CheckExpression[]): CheckExpression => ({
    callee: `${checks}.${name}`,
    parameters,
  });
  const literal = (value: unknown): CheckExpression => ({ value });
  const inner = (one: Type) => checkOf(one, checks, constants);
  if (type.nullable) return call("nullable", inner({ ...type, nullable: false }));
  switch (type.kind) {
    case "string":
      return `${checks}.${formats.get(type.format) ?? "string"}`;
    case "integer":
    case "number":
    case "boolean":
      return `${checks}.${type.kind}`;
    case "enum":
      return call("listed", `${checks}.${type.of}`, ...type.values.map(literal));
    case "const":
      return call("literal", literal(type.value));
    case "array":
      return call("array", inner(type.items));
    case "map":
      return call("map", inner(type.values));
    case "object":
      return constants.get(type.model) ?? `${checks}.anything`;
    case "union":
      return call("anyOf", ...type.members.map(inner));
    case "json":
      return `${checks}.anything`;
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
