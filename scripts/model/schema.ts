import type { Schema } from "../openapi/openapi.js";
import { localTarget, type Path, valueAt } from "../openapi/pointer.js";
import type { Field, ObjectModel, OpenApiDocument, TypeRef } from "./api-model.js";
import { isSecretByName } from "./secret-names.js";

/** Reads the schemas of one document into fields and the object models that they name. */
export interface SchemaReader {
  /** The schema that a reference leads to, and where it stands. */
  resolve(schema: Schema, path: Path): { schema: Schema; path: Path; name: string };
  /** Properties of an object schema; `owner` names the models of objects written in place. */
  fields(schema: Schema, path: Path, owner: string): Field[];
  typeOf(schema: Schema, path: Path, owner: string): TypeRef;
  /** Models met so far, in the order in which they were met. */
  readonly models: readonly ObjectModel[];
}

export function createSchemaReader(document: OpenApiDocument): SchemaReader {
  const models = new Map<string, ObjectModel>();
  // References that are being followed: an array may hold itself without an object between.
  const open = new Set<string>();

  function resolve(schema: Schema, path: Path): { schema: Schema; path: Path; name: string } {
    let found = { schema, path, name: "" };
    for (
      let target = localTarget(schema.$ref);
      target !== undefined;
      target = localTarget(found.schema.$ref)
    ) {
      const isComponent = target.length === 3 && target[0] === "components" && target[1] === "schemas";
      const name = isComponent ? String(target[2]) : found.name;
      found = { schema: (valueAt(document, target) ?? {}) as Schema, path: target, name };
    }
    return found;
  }

  function fields(schema: Schema, path: Path, owner: string): Field[] {
    return Object.entries(schema.properties ?? {}).map(([name, property]) => {
      const place = [...path, "properties", name];
      const target = resolve(property, place).schema;
      const type = typeOf(property, place, `${owner}.${name}`);
      return {
        name,
        type,
        required: schema.required?.includes(name) ?? false,
        description: property.description ?? target.description ?? "",
        sensitive:
          property["x-actiongen-sensitive"] ?? target["x-actiongen-sensitive"] ?? isSecretByName(name, type),
        encode: target.contentEncoding === "base64" ? "base64" : "none",
        deprecated: property.deprecated === true,
        example: property.example ?? property.examples?.[0],
      };
    });
  }

  function typeOf(reference: Schema, at: Path, owner: string): TypeRef {
    const { schema, path, name } = resolve(reference, at);
    const type = typeof schema.type === "string" ? schema.type : schema.type?.find((one) => one !== "null");
    if (isOpenEnum(schema.enum)) return { kind: "enum", values: schema.enum, open: true };
    switch (type) {
      case "string":
      case "integer":
      case "number":
      case "boolean":
        return { kind: type };
      case "array": {
        const place = path.join("/");
        if (open.has(place)) return { kind: "json" };
        open.add(place);
        const items = typeOf(schema.items ?? {}, [...path, "items"], owner);
        open.delete(place);
        return { kind: "array", items };
      }
      case "object":
        if (schema.properties === undefined) return { kind: "json" };
        return { kind: "object", model: addModel(schema, path, name || owner) };
      default:
        return { kind: "json" };
    }
  }

  function addModel(schema: Schema, path: Path, name: string): string {
    if (!models.has(name)) {
      const model = { name, description: schema.description ?? "", fields: [] as Field[] };
      // Entered before its fields are read, so that a model may hold itself.
      models.set(name, model);
      model.fields.push(...fields(schema, path, name));
    }
    return name;
  }

  return {
    resolve,
    fields,
    typeOf,
    get models() {
      return [...models.values()];
    },
  };
}

/** Values that are known today. Lists of other values are no types of their own. */
function isOpenEnum(values: Schema["enum"]): values is readonly string[] | readonly number[] {
  return ["string", "number"].some(
    (type) => values?.length && values.every((value) => typeof value === type),
  );
}
