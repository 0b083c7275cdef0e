import type { Action, Field, ObjectModel, Type } from "./api-model.js";

/** Names of the fields of every response. */
export const envelope: readonly string[] = ["RetCode", "Action", "Message"];

/** Fields of an action's success body. */
export function responseFields({
  models,
  responseModel,
}: Pick<Action, "models" | "responseModel">): readonly Field[] {
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
