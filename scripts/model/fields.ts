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

/** What a path leads to. */
export interface FoundField {
  readonly field: Field;
  /** Its type, or that of the items and values that the path leads to. */
  readonly type: Type;
}

/** Finds a field by its path, `Disks.N.Size`, whose `N` and `*` are items of arrays, and values of maps and objects. */
export function fieldAt(action: Action, direction: "param" | "resp", path: string): FoundField | undefined {
  const root = direction === "param" ? action.parameters : responseFields(action);
  let found: FoundField | undefined;
  for (const part of path.split(".")) {
    const inner = found && valuesOf(action, found.type, part);
    const fields = found === undefined ? root : modelOf(action, found.type)?.fields;
    const field = fields?.find(({ name }) => name === part);
    if (found !== undefined && inner !== undefined) found = { ...found, type: inner };
    else if (field !== undefined) found = { field, type: field.type };
    else return undefined;
  }
  return found;
}

/** Type of the items or values that a part of a path stands for; `undefined` if it is the name of a field. */
function valuesOf(action: Action, type: Type, part: string): Type | undefined {
  if (type.kind === "array") return part === "N" ? type.items : undefined;
  if (part !== "*") return undefined;
  return type.kind === "map" ? type.values : modelOf(action, type)?.additional;
}

/** The model of an object; `undefined` for a value that is none. */
export function modelOf({ models }: Pick<Action, "models">, type: Type): ObjectModel | undefined {
  return type.kind === "object" ? models.find(({ name }) => name === type.model) : undefined;
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
