import { madeValue, type ValueStyle } from "../emit/docs/response-example.js";
import { itemName } from "../emit/docs/sample-values.js";
import { agrees } from "../model/agreement.js";
import type { Field, ObjectModel, Type } from "../model/api-model.js";

/** What {@link fitted} replaces parts with. */
export interface FitContext {
  readonly models: readonly ObjectModel[];
  readonly style: ValueStyle;
  /** Whether the value is a made one: only its optional parts that disagree are left out, since no other can be made. */
  readonly isMade?: boolean;
}

/**
 * A documented value whose parts agree with their types: those that do not are replaced with made ones, missing required fields
 * are added, and fields that the document does not describe are left out.
 *
 * @param name name of the field that the value is of.
 * @returns `undefined` if the value does not agree and none can be made.
 */
export function fitted(value: unknown, type: Type, name: string, context: FitContext): unknown {
  const { models, style, isMade = false } = context;
  if (agrees(value, type, models)) return value;
  const candidate = withFittedParts(value, type, name, context);
  if (isMade || (candidate !== undefined && agrees(candidate, type, models))) return candidate;
  return fitted(madeValue(type, name, models, style), type, name, { ...context, isMade: true });
}

/** A value with the same parts, fitted; `undefined` if it is not of the kind of the type, or has no parts. */
function withFittedParts(value: unknown, type: Type, name: string, context: FitContext): unknown {
  if (type.kind === "array" && Array.isArray(value)) {
    const items = value.map((item) => fitted(item, type.items, itemName(name), context));
    return items.filter((item) => item !== undefined);
  }
  if (type.kind !== "object" || typeof value !== "object" || value === null || Array.isArray(value))
    return undefined;
  const model = context.models.find((one) => one.name === type.model);
  if (model === undefined) return value;
  const fittedField = ({ name: field, type: own, required }: Field) => {
    const given = Object.hasOwn(value, field) ? (value as Record<string, unknown>)[field] : undefined;
    if (given === undefined && (!required || context.isMade)) return undefined;
    return fitted(given, own, field, context) ?? (required ? given : undefined);
  };
  const known = model.fields.map((field) => [field.name, fittedField(field)] as const);
  const { additional } = model;
  const others = Object.entries(value).filter(([key]) => !model.fields.some((field) => field.name === key));
  const more = others.map(
    ([key, item]) => [key, additional && fitted(item, additional, key, context)] as const,
  );
  return Object.fromEntries([...known, ...more].filter(([, item]) => item !== undefined));
}
