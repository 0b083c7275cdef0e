import { agrees } from "../../model/agreement.js";
import type { Action, Field, ObjectModel, Type } from "../../model/api-model.js";
import { isRandomString } from "../../model/random-string.js";
import { documentedValue, itemName, placeholder, simpleSample } from "./sample-values.js";

/** A success body of an action: the documented one if it is valid, otherwise one with all fields of the model. */
export function responseExample(action: Action): unknown {
  const { models, responseModel, responseExample: documented } = action;
  const type: Type = { kind: "object", model: responseModel, nullable: false };
  const shown = withoutRandomStrings(documented, "Value");
  if (shown !== undefined && agrees(shown, type, models)) return shown;
  const made = { ...(objectExample(responseModel, { models, inside: [] }) as object) };
  return { ...made, RetCode: 0, ...("Action" in made && { Action: `${action.name}Response` }) };
}

/** Replaces random strings with placeholders. @param name name of the field that the value is of. */
function withoutRandomStrings(value: unknown, name: string): unknown {
  if (typeof value === "string") return isRandomString(value) ? placeholder(name) : value;
  if (Array.isArray(value)) return value.map((item) => withoutRandomStrings(item, itemName(name)));
  if (typeof value !== "object" || value === null) return value;
  const items = Object.entries(value);
  return Object.fromEntries(items.map(([field, item]) => [field, withoutRandomStrings(item, field)]));
}

/** The models of an action, and those that the current value is inside of. */
interface Context {
  readonly models: readonly ObjectModel[];
  readonly inside: readonly string[];
}

/** Number of objects inside one another that an example shows optional fields of. */
const maxDepth = 3;

function objectExample(name: string, { models, inside }: Context): unknown {
  const model = models.find((one) => one.name === name);
  if (model === undefined || inside.includes(name)) return undefined;
  const context = { models, inside: [...inside, name] };
  const isShown = ({ name, required, deprecated }: Field) =>
    required || (!deprecated && inside.length < maxDepth && name !== "Message");
  const fields = model.fields.filter(isShown).map((field) => {
    const value = documentedValue(field, models);
    return [field.name, value ?? typeExample(field.type, field.name, context)] as const;
  });
  return Object.fromEntries(fields.filter(([, value]) => value !== undefined));
}

/** A value of a type: `undefined` if it would contain itself and is not in a list. */
function typeExample(type: Type, name: string, context: Context): unknown {
  switch (type.kind) {
    case "array": {
      const item = typeExample(type.items, itemName(name), context);
      return item === undefined ? [] : [item];
    }
    case "object":
      return objectExample(type.model, context) ?? (type.nullable ? null : undefined);
    case "map":
      return { [placeholder("Key")]: typeExample(type.values, "Value", context) };
    case "union":
      return type.members
        .map((member) => typeExample(member, name, context))
        .find((one) => one !== undefined);
    default:
      return simpleSample(type, name);
  }
}
