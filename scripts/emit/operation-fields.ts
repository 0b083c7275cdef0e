import type { AnyOperation, Fields } from "../../templates/runtime/operation.js";
import type { Action, Field, ObjectModel, Type } from "../model/api-model.js";

/** Compact types of fields, as the runtime reads them (templates/runtime/operation.ts). */
function compactFields(fields: readonly Field[]): Fields {
  return Object.fromEntries(
    fields.map(({ name, type, required }) => [name, compactType(type) + (required ? "!" : "")]),
  );
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

/** The models that the types of fields refer to, directly or through other models, in the order of the action's own. */
export function modelsOf({ models }: Pick<Action, "models">, fields: readonly TypedField[]): ObjectModel[] {
  const reached = new Set<ObjectModel>();
  const visit = ({ type }: TypedField): void => {
    for (const name of modelNames(type)) {
      const model = models.find((one) => one.name === name);
      if (model === undefined || reached.has(model)) continue;
      reached.add(model);
      for (const field of model.fields) visit(field);
      if (model.additional !== undefined) visit({ type: model.additional });
    }
  };
  for (const field of fields) visit(field);
  return models.filter((model) => reached.has(model));
}

type TypedField = Pick<Field, "type">;

/** Names of the models that a type contains. */
export function modelNames(type: Type): string[] {
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

/** The runtime's record of an action, as its generated module exports it. */
export function operationOf(action: Action): AnyOperation {
  const { name, retrySafe, parameters, models, retCodes } = action;
  const fields = [...parameters, ...models.flatMap((model) => model.fields)];
  return {
    action: name,
    retrySafe,
    parameters: compactFields(parameters),
    models: Object.fromEntries(
      modelsOf(action, parameters).map((model) => [model.name, compactFields(model.fields)]),
    ),
    secrets: [...new Set(fields.filter(({ sensitive }) => sensitive).map((field) => field.name))].sort(),
    retCodes: Object.fromEntries(retCodes.map(({ code, ...info }) => [code, info])),
  };
}
