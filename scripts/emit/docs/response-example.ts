import { agrees } from "../../model/agreement.js";
import type { Action, Field, ObjectModel, StringType, Type } from "../../model/api-model.js";
import { isRandomString } from "../../model/random-string.js";
import { documentedValue, itemName, placeholder, simpleSample } from "./sample-values.js";

/** How values are made that the document does not give. */
export interface ValueStyle {
  /** Makes a string without a format, from the name of its field. The type is that of a string, if it has one. */
  readonly text: (name: string, type?: StringType) => string;
  /** Makes a list from one of its items. */
  readonly list: (item: unknown, type: ListType, models: readonly ObjectModel[]) => unknown[];
}

export type ListType = Type & { readonly kind: "array" };

/** The reference shows one item of a list, and placeholders. */
const referenceStyle: ValueStyle = { text: placeholder, list: (item) => [item] };

/** A success body of an action: the documented one if it is valid, otherwise one with all fields of the model. */
export function responseExample(action: Action): unknown {
  const { models, responseModel, responseExample: documented } = action;
  const type: Type = { kind: "object", model: responseModel, nullable: false };
  const shown = withoutRandomStrings(documented, "Value", referenceStyle);
  return shown !== undefined && agrees(shown, type, models) ? shown : madeResponse(action, referenceStyle);
}

/** A success body of an action with all fields of the model. */
export function madeResponse({ name, models, responseModel }: Action, style: ValueStyle): object {
  const made = { ...(objectExample(responseModel, { models, inside: [], style }) as object) };
  return { ...made, RetCode: 0, ...("Action" in made && { Action: `${name}Response` }) };
}

/**
 * A value that is made from a type: `undefined` if it would contain itself and is not in a list.
 *
 * @param name name of the field that the value is of.
 */
export function madeValue(
  type: Type,
  name: string,
  models: readonly ObjectModel[],
  style: ValueStyle,
): unknown {
  return typeExample(type, name, { models, inside: [], style });
}

/** Replaces random strings. @param name name of the field that the value is of. */
export function withoutRandomStrings(value: unknown, name: string, style: ValueStyle): unknown {
  if (typeof value === "string") return isRandomString(value) ? style.text(name) : value;
  if (Array.isArray(value)) return value.map((item) => withoutRandomStrings(item, itemName(name), style));
  if (typeof value !== "object" || value === null) return value;
  const items = Object.entries(value);
  return Object.fromEntries(items.map(([field, item]) => [field, withoutRandomStrings(item, field, style)]));
}

/** The models of an action, and those that the current value is inside of. */
interface Context {
  readonly models: readonly ObjectModel[];
  readonly inside: readonly string[];
  readonly style: ValueStyle;
}

/** Number of objects inside one another that an example shows optional fields of. */
export const maxDepth = 3;

function objectExample(name: string, { models, inside, style }: Context): unknown {
  const model = models.find((one) => one.name === name);
  if (model === undefined || inside.includes(name)) return undefined;
  const context = { models, inside: [...inside, name], style };
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
  const { models, style } = context;
  switch (type.kind) {
    case "array": {
      const item = typeExample(type.items, itemName(name), context);
      return item === undefined ? [] : style.list(item, type, models);
    }
    case "object":
      return objectExample(type.model, context) ?? (type.nullable ? null : undefined);
    case "map":
      return { [style.text("Key")]: typeExample(type.values, "Value", context) };
    case "union":
      return type.members
        .map((member) => typeExample(member, name, context))
        .find((one) => one !== undefined);
    default:
      return simpleSample(type, name, style.text);
  }
}
