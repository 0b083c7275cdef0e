import { type AnswerModel, answerModels, type Shape } from "../model/answer-shape.js";
import { packageName, validatorName } from "../model/names.js";
import type { ActionEmitter, ProductEmitter } from "./emitter.js";

/** The module that holds an action's answers against the specification. */
export const emitActionValidator: ActionEmitter = (brand, product, action, templates) => {
  const models = answerModels(action).map(modelView);
  const used = models.flatMap(({ fields }) => fields.flatMap(({ check }) => check.imports));
  const view = {
    source: action.documentPath,
    action: action.name,
    validator: validatorName(action.name),
    validation: `${packageName(brand.package.scope, "core")}/validation`,
    imports: [...new Set(["object", ...used])].sort(),
    models,
  };
  const path = `packages/${product.name}/src/validate/${action.name}.ts`;
  return [{ path, content: templates.render("client/validator.ts.hbs", view) }];
};

/** The entries `validate`, for all actions of a product, and `validate-only`, for some of them. */
export const emitValidators: ProductEmitter = (brand, product, templates) => {
  const view = {
    title: product.title,
    validation: `${packageName(brand.package.scope, "core")}/validation`,
    // Names of their own, since an action's could be that of something else here.
    validators: product.actions.map(({ name }, index) => ({
      action: name,
      validator: validatorName(name),
      alias: `validator${index}`,
      module: `./validate/${name}.js`,
    })),
  };
  return ["validate", "validate-only"].map((name) => ({
    path: `packages/${product.name}/src/${name}.ts`,
    content: templates.render(`client/${name}.ts.hbs`, view),
  }));
};

function modelView({ name, required, fields }: AnswerModel, index: number) {
  return {
    constant: constantName(index),
    name,
    required,
    fields: fields.map((field) => ({ name: field.name, check: checkView(field.shape) })),
  };
}

/** A check as an expression: calls around it, then itself with its arguments, all named by the entry `validation`. */
interface CheckView {
  readonly calls: readonly string[];
  readonly name: string;
  readonly hasArguments: boolean;
  /** The check that it is given first; `""` where there is none. */
  readonly inner: string;
  readonly hasInner: boolean;
  /** What else it is given, each as JSON. */
  readonly values: readonly string[];
  readonly imports: readonly string[];
}

function checkView({ nullable, ...shape }: Shape): CheckView {
  if (nullable) return around("nullable", checkView({ ...shape, nullable: false }));
  const { types, values, constant, items, model } = shape;
  const [type = "", ...others] = types;
  if (constant.length > 0) return check("literal", constant);
  const base = type === "string" ? (formats.get(shape.format) ?? "string") : plain.get(type);
  if (others.length === 0 && values.length > 0 && base !== undefined) return check("listed", values, base);
  if (others.length > 0 || (type === "object" && model < 0)) return check("typed", types);
  if (type === "object") return { ...check(constantName(model)), imports: [] };
  if (type === "array") return around("array", items === undefined ? check("anything") : checkView(items));
  return check(base ?? "anything");
}

/** Checks of types by the names that JSON Schema has for them; `""` is anything. */
const plain = new Map([
  ["", "anything"],
  ["integer", "integer"],
  ["number", "number"],
  ["boolean", "boolean"],
]);

/** Checks of formats. Texts of others are taken as they are. */
const formats = new Map([
  ["uri", "uri"],
  ["uuid", "uuid"],
  ["ipv4", "ipv4"],
  ["ipv6", "ipv6"],
  ["email", "email"],
  ["date", "date"],
  ["date-time", "dateTime"],
]);

function check(name: string, values: readonly unknown[] = [], inner = ""): CheckView {
  return {
    calls: [],
    name,
    hasArguments: values.length > 0,
    inner,
    hasInner: inner !== "",
    values: values.map((value) => JSON.stringify(value)),
    imports: inner === "" ? [name] : [name, inner],
  };
}

function around(name: string, inner: CheckView): CheckView {
  return { ...inner, calls: [name, ...inner.calls], imports: [name, ...inner.imports] };
}

/** A model's name is no identifier: one that is written in place has a dot in it. */
function constantName(index: number): string {
  return `model${index}`;
}
