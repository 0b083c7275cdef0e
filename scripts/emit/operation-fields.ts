import type { AnyOperation, Fields } from "../../templates/runtime/operation.js";
import type { Action, Field, ObjectModel, Type } from "../model/api-model.js";

/** A field as the runtime's `Fields` has it: its name, and its compact type (templates/runtime/operation.ts). */
export interface CompactField {
  readonly name: string;
  readonly type: string;
}

/** Compact types of parameters, or of the fields of an object. */
export function compactFields(fields: readonly Field[]): CompactField[] {
  return fields.map(({ name, type, required }) => ({
    name,
    type: compactType(type) + (required ? "!" : ""),
  }));
}

function compactType(type: Type): string {
  switch (type.kind) {
    case "array":
      return `${compactType(type.items)}[]`;
    case "object":
      return `#${type.model}`;
    case "string":
      return type.encoding === "base64" ? "base64" : "string";
    case "const":
      return ["string", "number", "boolean"].find((kind) => typeof type.value === kind) ?? "json";
    case "map":
    case "union":
      return "json";
    default:
      return type.kind;
  }
}

/** Fields of an action's success body. */
export function responseFields({ models, responseModel }: Action): readonly Field[] {
  return models.find(({ name }) => name === responseModel)?.fields ?? [];
}

/** The models that types refer to, directly or through other models, in the order of the action's own. */
export function modelsOf({ models }: Pick<Action, "models">, types: readonly Type[]): readonly ObjectModel[] {
  const reached = new Set<string>();
  const visit = (type: Type): void => {
    for (const name of modelNames(type)) {
      if (reached.has(name)) continue;
      reached.add(name);
      const model = models.find((one) => one.name === name);
      for (const field of model?.fields ?? []) visit(field.type);
      if (model?.additional !== undefined) visit(model.additional);
    }
  };
  for (const type of types) visit(type);
  return models.filter(({ name }) => reached.has(name));
}

function modelNames(type: Type): string[] {
  switch (type.kind) {
    case "object":
      return [type.model];
    case "array":
      return modelNames(type.items);
    case "map":
      return modelNames(type.values);
    case "union":
      return type.members.flatMap(modelNames);
    default:
      return [];
  }
}

/** Names of parameters and response fields, at any depth, whose values are secrets; sorted. */
export function secretNames({ parameters, models }: Pick<Action, "parameters" | "models">): string[] {
  const fields = [...parameters, ...models.flatMap((model) => model.fields)];
  return [...new Set(fields.filter(({ sensitive }) => sensitive).map(({ name }) => name))].sort();
}

/** The runtime's record of an action, as its generated module exports it. */
export function operationOf(action: Action): AnyOperation {
  const { name, retrySafe, parameters, retCodes } = action;
  const fieldsOf = (fields: readonly Field[]): Fields =>
    Object.fromEntries(compactFields(fields).map((field) => [field.name, field.type]));
  const types = parameters.map(({ type }) => type);
  return {
    action: name,
    retrySafe,
    parameters: fieldsOf(parameters),
    models: Object.fromEntries(modelsOf(action, types).map((model) => [model.name, fieldsOf(model.fields)])),
    secrets: secretNames(action),
    retCodes: Object.fromEntries(retCodes.map(({ code, ...info }) => [code, info])),
  };
}
