import type { Action, Type } from "../model/api-model.js";
import { checkedLimits } from "../model/pattern.js";

type Schema = Readonly<Record<string, unknown>>;

/**
 * JSON Schema (2020-12) of a model of an action. It is strict: fields and values of an enumeration that the model does not
 * list are invalid, since they are missing in the document.
 */
export function modelSchema({ models }: Pick<Action, "models">, name: string): Schema {
  const definitions = models.map(({ name, fields, additional }) => {
    const schema: Schema = {
      type: "object",
      required: fields.filter(({ required }) => required).map((field) => field.name),
      properties: Object.fromEntries(fields.map((field) => [field.name, schemaOf(field.type)])),
      additionalProperties: additional === undefined ? false : schemaOf(additional),
    };
    return [name, schema] as const;
  });
  return { $defs: Object.fromEntries(definitions), ...reference(name) };
}

function schemaOf(type: Type): Schema {
  const { nullable } = type;
  const typed = (name: string) => ({ type: nullable ? [name, "null"] : name });
  const listed = (values: readonly unknown[]) => ({ enum: nullable ? [...values, null] : values });
  switch (type.kind) {
    case "string": {
      const format = type.format === "" ? {} : { format: type.format };
      return { ...typed("string"), ...format, ...checkedLimits(type.limits) };
    }
    case "integer":
    case "number":
      return { ...typed(type.kind), ...type.limits };
    case "boolean":
      return typed("boolean");
    case "enum":
      return { ...typed(type.of), ...listed(type.values) };
    case "const":
      return nullable ? listed([type.value]) : { const: type.value };
    case "array":
      return { ...typed("array"), items: schemaOf(type.items), ...type.limits };
    case "map":
      return { ...typed("object"), additionalProperties: schemaOf(type.values) };
    case "object":
      return nullable ? { if: { type: "null" }, else: reference(type.model) } : reference(type.model);
    case "union":
      return { anyOf: [...type.members.map(schemaOf), ...(nullable ? [{ type: "null" }] : [])] };
    case "json":
      return {};
  }
}

function reference(model: string): Schema {
  return { $ref: `#/$defs/${encodeURIComponent(model.replaceAll("~", "~0").replaceAll("/", "~1"))}` };
}
