import type { Action, ObjectModel, Product } from "../../model/api-model.js";
import { modelsOf } from "../../model/fields.js";
import { compare } from "../../text.js";

/** An object that several actions of a product send or receive. */
export interface SharedModel {
  readonly model: ObjectModel;
  /** One of the actions, whose models are those that the fields refer to. */
  readonly action: Action;
  /** Names of the actions that use it, sorted. */
  readonly usedBy: readonly string[];
}

/**
 * The object models that several actions of a product use, sorted by name. Models with one name and different content, in
 * the objects that they contain as well, are different models. Bodies of responses are not among them.
 */
export function sharedModels({ actions }: Product): SharedModel[] {
  const found = new Map<string, { model: ObjectModel; action: Action; usedBy: string[] }>();
  for (const action of actions) {
    for (const model of action.models) {
      if (model.name === action.responseModel || model.name === action.errorModel) continue;
      const key = contentOf(model, action);
      const shared = found.get(key) ?? { model, action, usedBy: [] };
      shared.usedBy.push(action.name);
      found.set(key, shared);
    }
  }
  return [...found.values()]
    .filter(({ usedBy }) => usedBy.length > 1)
    .sort((a, b) => compare(a.model.name, b.model.name));
}

/** Text that is the same for the same content. Names of interfaces depend on the other models of an action. */
function contentOf(model: ObjectModel, action: Action): string {
  const models = [model, ...modelsOf(action, model.fields).filter((one) => one !== model)];
  return JSON.stringify(models.map(({ typeName: _, ...content }) => content));
}
