import type { ActionDocument, Schema } from "../openapi/openapi.js";
import type { Path } from "../openapi/pointer.js";
import type { Action } from "./api-model.js";
import { createSchemaReader } from "./schema.js";

/**
 * What a value of an answer has to be, as far as answers are held against it: types, formats, values. Ranges, patterns
 * and combinations of schemas are not: they say what the gateway takes, or cannot be told in a type.
 */
export interface Shape {
  /** Types of JSON Schema; empty for anything, and for several of which none is looked into. */
  readonly types: readonly string[];
  readonly nullable: boolean;
  /** `""` where there is none. */
  readonly format: string;
  /** Values that are known today; empty where any will do. */
  readonly values: readonly unknown[];
  /** The one value that it can be, in a list of its own; empty where there are others. */
  readonly constant: readonly unknown[];
  /** Of a list. */
  readonly items: Shape | undefined;
  /** Position of the object's model in the list; -1 for all else. */
  readonly model: number;
}

/** An object of an answer. */
export interface AnswerModel {
  readonly name: string;
  /** Names of fields that have to be there. */
  readonly required: readonly string[];
  readonly fields: readonly { readonly name: string; readonly shape: Shape }[];
}

/** The objects of an action's success body; the first is the body itself. They may hold one another. */
export function answerModels({
  document,
  responseSchema,
}: Pick<Action, "document" | "responseSchema">): AnswerModel[] {
  const reader = createSchemaReader(document);
  const models: AnswerModel[] = [];
  const positions = new Map<string, number>();
  // Lists that are being followed: one may hold itself without an object between.
  const open = new Set<string>();

  function modelOf(schema: Schema, path: Path, name: string): number {
    const place = path.join("/");
    const known = positions.get(place);
    if (known !== undefined) return known;
    const position = models.length;
    positions.set(place, position);
    const fields: AnswerModel["fields"][number][] = [];
    // Entered before its fields are read, so that it may hold itself.
    models.push({ name, required: [...new Set(schema.required ?? [])], fields });
    for (const [field, property] of Object.entries(schema.properties ?? {}))
      fields.push({
        name: field,
        shape: shapeOf(property, [...path, "properties", field], `${name}.${field}`),
      });
    return position;
  }

  function shapeOf(reference: Schema, at: Path, owner: string): Shape {
    const { schema, path, name } = reader.resolve(reference, at);
    const all = typesOf(schema);
    const types = all.filter((type) => type !== "null");
    const base: Shape = {
      types: types.length === 1 ? types : all,
      nullable: types.length === 1 && all.length === 2,
      format: schema.format ?? "",
      values: schema.enum ?? [],
      // A schema may also be just `true`.
      constant: Object.hasOwn(schema, "const") ? [schema.const] : [],
      items: undefined,
      model: -1,
    };
    if (types.length !== 1) return base;
    if (types[0] === "object" && schema.properties !== undefined)
      return { ...base, model: modelOf(schema, path, name || owner) };
    return types[0] === "array" ? { ...base, items: itemsOf(schema, path, owner) } : base;
  }

  function itemsOf(schema: Schema, path: Path, owner: string): Shape | undefined {
    const place = path.join("/");
    if (open.has(place) || schema.items === undefined) return undefined;
    open.add(place);
    const items = shapeOf(schema.items, [...path, "items"], owner);
    open.delete(place);
    return items;
  }

  const { components } = document as unknown as ActionDocument & {
    components: { schemas: Record<string, Schema> };
  };
  modelOf(
    components.schemas[responseSchema] ?? {},
    ["components", "schemas", responseSchema],
    responseSchema,
  );
  return models;
}

/** The types that a schema states; those of its values where it only lists them. */
function typesOf({ type, enum: values, ...rest }: Schema): readonly string[] {
  if (type !== undefined) return typeof type === "string" ? [type] : [...new Set(type)];
  if ("const" in rest || values === undefined || values.length === 0) return [];
  const [first, ...others] = new Set(values.map((value) => typeof value));
  return others.length === 0 && (first === "string" || first === "number") ? [first] : [];
}
