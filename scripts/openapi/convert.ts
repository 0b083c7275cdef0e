import { isObject, mapValues, type Raw, raw } from "./pointer.js";

/** Keywords whose value is a schema, a list of schemas, or schemas by name. */
const single = ["additionalProperties", "items", "not"];
const lists = ["allOf", "anyOf", "oneOf"];
const named = ["$defs", "definitions", "patternProperties", "properties"];

/** Keys whose value is data of the API, whose own keys are not keywords. */
const data = ["default", "enum", "example", "examples", "value"];

/**
 * Converts OpenAPI 3.0 to 3.1. In a document of 3.1 it converts only `nullable`, which is not defined there, but whose
 * meaning is clear.
 */
export function toOpenApi31(document: object): object {
  const is30 = String(raw(document).openapi).startsWith("3.0");

  function visit(node: unknown, path: readonly string[]): unknown {
    if (Array.isArray(node)) return node.map((item) => visit(item, [...path, ""]));
    if (!isObject(node)) return node;
    const isSchemas = path.join("/") === "components/schemas";
    return mapValues(node, (item, key) => {
      if (isSchemas || key === "schema") return convertSchema(item, is30);
      return data.includes(key) || key.startsWith("x-") ? item : visit(item, [...path, key]);
    });
  }

  const converted = visit(document, []) as object;
  return is30 ? { ...converted, openapi: "3.1.0" } : converted;
}

function convertSchema(schema: unknown, is30: boolean): unknown {
  if (!isObject(schema)) return schema;
  const convert = (item: unknown) => convertSchema(item, is30);
  const converted = mapValues(schema, (item, key) => {
    if (single.includes(key)) return convert(item);
    if (lists.includes(key)) return Array.isArray(item) ? item.map(convert) : item;
    if (!named.includes(key) || !isObject(item)) return item;
    return mapValues(item, (property, name) => {
      const inner = convert(property);
      return is30 && name === "RetCode" ? withConst(inner) : inner;
    });
  });
  return withNull(is30 ? withKeywordsOf31(converted) : converted);
}

/** Bounds of 3.0 are exclusive by a flag, those of 3.1 by a keyword of their own. */
function withKeywordsOf31(schema: Raw): Raw {
  const result: Record<string, unknown> = { ...schema };
  for (const [bound, exclusive] of [
    ["minimum", "exclusiveMinimum"],
    ["maximum", "exclusiveMaximum"],
  ] as const) {
    if (typeof result[exclusive] !== "boolean") continue;
    const isExclusive = result[exclusive] && result[bound] !== undefined;
    delete result[exclusive];
    if (!isExclusive) continue;
    result[exclusive] = result[bound];
    delete result[bound];
  }
  if (result.type === "string" && result.format === "byte") {
    delete result.format;
    result.contentEncoding = "base64";
  }
  return result;
}

/** Without `const`, a document of 3.0 writes the RetCode of a success as an enumeration of one value. */
function withConst(schema: unknown): unknown {
  const { enum: values, ...rest } = raw(schema);
  return Array.isArray(values) && values.length === 1 ? { ...rest, const: values[0] } : schema;
}

function withNull(schema: Raw): Raw {
  const { nullable, ...rest } = schema;
  if (typeof nullable !== "boolean") return schema;
  if (!nullable) return rest;
  if (rest.type !== undefined) return { ...rest, type: [...new Set([rest.type, "null"].flat())] };
  // Without a type, and without another schema to apply, null is valid anyway.
  const { description, ...own } = rest;
  if (!["$ref", ...lists].some((key) => key in own)) return rest;
  return { ...(description === undefined ? {} : { description }), anyOf: [own, { type: "null" }] };
}
