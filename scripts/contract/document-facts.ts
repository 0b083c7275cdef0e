import type { Action, Field, Type } from "../model/api-model.js";

/** What a document says of a call: the type of each parameter and field by its path, and the RetCodes. */
export interface DocumentFacts {
  readonly parameters: Readonly<Record<string, string>>;
  /** Fields of the success body. */
  readonly fields: Readonly<Record<string, string>>;
  readonly retCodes: readonly number[];
}

/** What the document of an action says of its calls, without descriptions. */
export function documentFacts(action: Action): DocumentFacts {
  const { parameters, models, responseModel, retCodes } = action;
  const body = models.find(({ name }) => name === responseModel)?.fields ?? [];
  return {
    parameters: typesOf(parameters, action),
    fields: typesOf(body, action),
    retCodes: retCodes.map(({ code }) => code),
  };
}

/** Far more than any action has. Schemas that share others have a number of paths that doubles with each level. */
const maxPaths = 10_000;

/** Deeper than any action is: schemas can be in each other as often as there are schemas. */
const maxObjects = 100;

/** Types by path, such as `DataSet.N.Size`, the first of them; that of a required field ends in `!`. */
function typesOf(fields: readonly Field[], { models }: Action): Record<string, string> {
  const types = new Map<string, string>();
  let count = 0;
  const visit = (field: Field, prefix: string, around: readonly string[]): void => {
    count += 1;
    if (count > maxPaths || around.length > maxObjects) return;
    const path = prefix + field.name;
    types.set(path, describe(field.type) + (field.required ? "!" : ""));
    for (const { model, suffix } of objectsIn(field.type)) {
      // A list can contain itself.
      if (around.includes(model)) continue;
      const inner = models.find(({ name }) => name === model)?.fields ?? [];
      for (const one of inner) visit(one, `${path}${suffix}.`, [...around, model]);
    }
  };
  for (const field of fields) visit(field, "", []);
  return Object.fromEntries(types);
}

/** Objects in a type, with what their paths have after the name of the field: `.N` for each list, `.*` for a map. */
function objectsIn(type: Type): { model: string; suffix: string }[] {
  const inside = (inner: Type, step: string) =>
    objectsIn(inner).map(({ model, suffix }) => ({ model, suffix: step + suffix }));
  switch (type.kind) {
    case "object":
      return [{ model: type.model, suffix: "" }];
    case "array":
      return inside(type.items, ".N");
    case "map":
      return inside(type.values, ".*");
    case "union":
      return type.members.flatMap((member) => inside(member, ""));
    default:
      return [];
  }
}

/** A type as a reader of a message sees it, with the values of an enumeration. */
export function describe(type: Type): string {
  const nullable = type.nullable ? " or null" : "";
  switch (type.kind) {
    case "array":
      return `array of ${describe(type.items)}${nullable}`;
    case "map":
      return `map of ${describe(type.values)}${nullable}`;
    case "union":
      return type.members.map(describe).join(" or ") + nullable;
    case "enum":
      return `${type.of} of ${type.values.map((value) => JSON.stringify(value)).join(", ")}${nullable}`;
    case "const":
      return JSON.stringify(type.value) + nullable;
    case "string":
      return (type.format || (type.encoding === "base64" ? "base64" : "string")) + nullable;
    default:
      return type.kind + nullable;
  }
}
