import type { Action, EnumType, Field, ObjectModel, Type } from "../model/api-model.js";
import { changeEncoded, decodedText } from "./docs/encoded-values.js";
import { madeResponse, madeValue, maxDepth, type ValueStyle } from "./docs/response-example.js";
import { documentedValue, placeholder, sampleParameters } from "./docs/sample-values.js";

/** Values of contract cases that the document does not give: placeholders, in base64 where the type says so. */
const style: ValueStyle = {
  text(name, type) {
    const text = placeholder(name);
    return type?.encoding === "base64" ? Buffer.from(text).toString("base64") : text;
  },
  list: (item) => [item],
};

/** The parameters without which a call is not sent, with the documented examples. */
export function requiredParameters(action: Action): Record<string, unknown> {
  return sampleParameters({ ...action, sample: {} });
}

/** Every parameter, with the documented examples; of objects that contain others, the optional fields to a depth of three. */
export function allParameters({ parameters, models }: Action): Record<string, unknown> {
  const values = parameters.map(({ name, type, ...field }) => {
    const encoded = documentedValue({ name, type, ...field }, models) ?? madeValue(type, name, models, style);
    const value = encoded === undefined ? undefined : changeEncoded(encoded, type, models, decodedText);
    return [name, value] as const;
  });
  return present(values);
}

/** Every parameter, with values that clients get wrong: see {@link texts} and {@link numbers}; lists have eleven items. */
export function unusualParameters({ parameters, models }: Action): Record<string, unknown> {
  let taken = 0;
  const take: Context["take"] = (values) => values[taken++ % values.length];
  const context = { models, inside: [], isInList: false, take };
  return present(parameters.map(({ name, type }) => [name, unusualValue(type, context)]));
}

/** A success body with all fields. */
export function fullResponse(action: Action): object {
  return madeResponse(action, style);
}

/** A success body with the required fields only. */
export function requiredResponse(action: Action): object {
  const isRequired = ({ required }: Field) => required;
  const models = action.models.map((model) => ({ ...model, fields: model.fields.filter(isRequired) }));
  return madeResponse({ ...action, models }, style);
}

/** A success body with all fields and one that the document lacks, whose enumerations have values that it does not list. */
export function newerResponse(action: Action): object {
  const changed = (field: Field) => ({ ...field, type: withUnlistedValues(field.type) });
  const models = action.models.map((model) => ({ ...model, fields: model.fields.map(changed) }));
  return {
    ...madeResponse({ ...action, models }, style),
    FieldOfANewerVersion: { Values: ["new", 1, true] },
  };
}

/** Characters that must be percent-encoded, other scripts, characters that some libraries encode and others do not. */
const texts = ["", "a b+c&d=e%20f/?#", "备份 é 💾", "~!*'()", "one\ntwo"];
/** Numbers that many languages print with an exponent or a fraction; 42 also stands for 42.0. */
const numbers = [1e21, 1e-7, 42, -0.5];
const integers = [0, -1, Number.MAX_SAFE_INTEGER];

interface Context {
  readonly models: readonly ObjectModel[];
  /** Names of the models that the value is inside of. */
  readonly inside: readonly string[];
  readonly isInList: boolean;
  /** Returns one of some values: another one each time. */
  readonly take: <Value>(values: readonly Value[]) => Value | undefined;
}

/** @returns `undefined` if the value would contain itself. */
function unusualValue(type: Type, context: Context): unknown {
  const { models, inside, isInList, take } = context;
  switch (type.kind) {
    case "string":
      return take(texts);
    case "integer":
      return take(integers);
    case "number":
      return take(numbers);
    case "boolean":
      return true;
    case "enum":
      return unlistedValue(type);
    case "const":
      return type.value;
    case "array": {
      const items = Array.from({ length: isInList ? 1 : 11 }, () =>
        unusualValue(type.items, { ...context, isInList: true }),
      );
      return items.includes(undefined) ? undefined : items;
    }
    case "map":
      return present([["a key é", unusualValue(type.values, context)]]);
    case "union":
      return type.members.map((one) => unusualValue(one, context)).find((one) => one !== undefined);
    case "json":
      return { Text: take(texts), List: [true, take(numbers)] };
    case "object": {
      const model = models.find(({ name }) => name === type.model);
      if (model === undefined || inside.includes(type.model)) return undefined;
      const isShort = isInList || inside.length >= maxDepth;
      const nested = { ...context, inside: [...inside, type.model] };
      const required = model.fields.filter((field) => field.required);
      const shown = required.length > 0 ? required : model.fields.slice(0, 1);
      const fields = isShort ? shown : model.fields;
      return present(fields.map((field) => [field.name, unusualValue(field.type, nested)]));
    }
  }
}

/** The type with a value that is not listed instead of each list of known values. */
function withUnlistedValues(type: Type): Type {
  switch (type.kind) {
    case "enum":
      return { ...type, values: [unlistedValue(type)] };
    case "array":
      return { ...type, items: withUnlistedValues(type.items) };
    case "map":
      return { ...type, values: withUnlistedValues(type.values) };
    default:
      return type;
  }
}

function unlistedValue({ of, values }: EnumType): string | number {
  if (of === "string") return values.includes("NewValue") ? "NewerValue" : "NewValue";
  return values.map(Number).reduce((largest, value) => Math.max(largest, value)) + 1;
}

function present(entries: readonly (readonly [name: string, value: unknown])[]): Record<string, unknown> {
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}
