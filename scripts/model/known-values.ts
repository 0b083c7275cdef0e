import type { Action, Field, KnownValues, Type } from "./api-model.js";
import { modelNames, modelsOf, responseFields } from "./fields.js";
import { freeName, reservedTypes, typeNameOf, waitParamsName } from "./names.js";

/** Adds the types of known values to the actions of a product, in which no two exports have the same name. */
export function addKnownValues(actions: readonly Omit<Action, "knownValues">[]): Action[] {
  const taken = new Set([
    ...reservedTypes,
    ...actions.flatMap(({ names, models, wait }) => [
      ...Object.values(names),
      ...(wait === undefined ? [] : [waitParamsName(wait.function)]),
      ...models.map(({ typeName }) => typeName),
    ]),
  ]);
  return actions.map((action) => ({
    ...action,
    knownValues: ownersOf(action).flatMap(({ prefix, fields }) =>
      fields.flatMap(({ name: field, type }): KnownValues[] => {
        const values = [...new Set(valuesOf(type))];
        if (values.length === 0) return [];
        return [{ name: freeName(prefix + typeNameOf(field), taken), field, values }];
      }),
    ),
  }));
}

interface Owner {
  /** Start of the names of the types. */
  readonly prefix: string;
  readonly fields: readonly Field[];
}

/** The parameters, the response and the other models of an action. */
function ownersOf(action: Omit<Action, "knownValues">): Owner[] {
  const { name, names, parameters, paging, responseModel } = action;
  const response = responseFields(action);
  const items = response
    .filter((field) => field.name === paging?.items)
    .flatMap(({ type }) => modelNames(type));
  return [
    { prefix: name, fields: parameters },
    { prefix: names.response, fields: response },
    ...modelsOf(action, [...parameters, ...response])
      .filter((model) => model.name !== responseModel)
      .map((model) => ({
        prefix: items.includes(model.name) ? names.item : `${name}${model.typeName}`,
        fields: model.fields,
      })),
  ];
}

function valuesOf(type: Type): readonly (string | number)[] {
  switch (type.kind) {
    case "enum":
      return type.values;
    case "array":
      return valuesOf(type.items);
    case "map":
      return valuesOf(type.values);
    case "union":
      return type.members.flatMap(valuesOf);
    default:
      return [];
  }
}
