import type { AnyOperation, Fields } from "../../templates/runtime/operation.js";
import type { Action, Field, ObjectModel, TypeRef } from "../model/api-model.js";

/** A field as the runtime's `Fields` has it: its name, and its type in short (templates/runtime/operation.ts). */
export interface FieldText {
  readonly name: string;
  readonly type: string;
}

/** The fields of parameters or of an object, in short. */
export function fieldTexts(fields: readonly Field[]): FieldText[] {
  return fields.map((field) => ({ name: field.name, type: typeText(field) }));
}

function typeText({ type, required, encode }: Field): string {
  const base = encode === "base64" && type.kind === "string" ? "base64" : kindText(type);
  return required ? `${base}!` : base;
}

function kindText(type: TypeRef): string {
  if (type.kind === "array") return `${kindText(type.items)}[]`;
  return type.kind === "object" ? `#${type.model}` : type.kind;
}

/** The models that fields lead to, in the order of the action's own. */
export function modelsOf(
  { models }: Pick<Action, "models">,
  fields: readonly Field[],
): readonly ObjectModel[] {
  const reached = new Set<string>();
  const open = [...fields];
  for (let field = open.pop(); field !== undefined; field = open.pop()) {
    let { type } = field;
    while (type.kind === "array") type = type.items;
    if (type.kind !== "object" || reached.has(type.model)) continue;
    const { model } = type;
    reached.add(model);
    open.push(...(models.find(({ name }) => name === model)?.fields ?? []));
  }
  return models.filter(({ name }) => reached.has(name));
}

/** Names of the parameters and of the fields of the answer that are secrets, wherever they stand. */
export function secretNames({
  parameters,
  response,
  models,
}: Pick<Action, "parameters" | "response" | "models">): string[] {
  const fields = [...parameters, ...response, ...models.flatMap((model) => model.fields)];
  return [...new Set(fields.filter(({ sensitive }) => sensitive).map(({ name }) => name))].sort();
}

/** The runtime's record of an action, as its generated module exports it. */
export function operationOf(action: Action): AnyOperation {
  const { name, retrySafe, parameters, retCodes } = action;
  const fieldsOf = (fields: readonly Field[]): Fields =>
    Object.fromEntries(fieldTexts(fields).map((field) => [field.name, field.type]));
  const models = modelsOf(action, parameters).map((model) => [model.name, fieldsOf(model.fields)]);
  return {
    action: name,
    retrySafe,
    parameters: fieldsOf(parameters),
    models: Object.fromEntries(models),
    secrets: secretNames(action),
    retCodes: Object.fromEntries(retCodes.map(({ code, ...info }) => [code, info])),
  };
}
