import { localTarget, valueAt } from "../openapi/pointer.js";
import type { EnumType, Field, Limits, ObjectModel, OpenApiDocument, Type } from "./api-model.js";
import { freeName, typeNameOf } from "./names.js";
import { isSecretByName } from "./secret-names.js";

/** Converts the schemas of one document into types, and the objects in them into models. */
export interface TypeReader {
  /**
   * Type of the values that a schema describes.
   *
   * @param owner path of names that an inline object is called by: `CreateDisks`, `Disks`.
   */
  typeOf(schema: unknown, owner: Owner): Type;
  /** A schema with its references and `allOf` merged. */
  merged(schema: unknown): MergedSchema;
  /** Models of all types converted so far, in the order in which they were found. */
  readonly models: readonly ObjectModel[];
}

/** A schema without `$ref` and `allOf`. */
export interface MergedSchema {
  /** Name of the component that the schema is; `""` if it adds anything to one, or is inline. */
  readonly component: string;
  /** Its other keywords. Of those that are in several parts, all hold. */
  readonly keywords: Keywords;
}

/** Names of a component, or of an action, and of the fields that lead to a schema in it. */
export type Owner = readonly [string, ...string[]];

type Keywords = Readonly<Record<string, unknown>>;

/** Keywords that describe a value and do not limit it: a reference with nothing else beside it is still the component. */
const annotations = new Set([
  "title",
  "description",
  "deprecated",
  "default",
  "example",
  "examples",
  "externalDocs",
  "readOnly",
  "writeOnly",
  "$comment",
]);

const lowerLimits = ["minimum", "exclusiveMinimum", "minLength", "minItems", "minProperties"];
const upperLimits = ["maximum", "exclusiveMaximum", "maxLength", "maxItems", "maxProperties"];

/** Keywords of JSON Schema that bound a value of each type. */
const limitsOf = {
  string: ["minLength", "maxLength", "pattern"],
  number: ["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"],
  array: ["minItems", "maxItems", "uniqueItems"],
} as const;

const anything: Type = { kind: "json", nullable: false };

/** @param reservedTypeNames names that interfaces of models must not have. */
export function createTypeReader(
  document: OpenApiDocument,
  reservedTypeNames: readonly string[] = [],
): TypeReader {
  const models = new Map<string, ObjectModel>();
  const modelNames = new Set<string>();
  const typeNames = new Set(reservedTypeNames);
  /** Components that are being converted: one that contains itself without an object between is any JSON there. */
  const open = new Set<string>();

  function merged(schema: unknown, seen: readonly string[] = []): MergedSchema {
    const { $ref, allOf, ...own } = isObject(schema) ? schema : ({} as Keywords);
    const target = localTarget($ref);
    const parts: MergedSchema[] = [];
    if (target !== undefined && !seen.includes(String($ref))) {
      const found = merged(valueAt(document, target), [...seen, String($ref)]);
      const [root, section, name] = target;
      const isComponent = root === "components" && section === "schemas" && target.length === 3;
      parts.push(isComponent ? { ...found, component: found.component || String(name) } : found);
    }
    for (const part of Array.isArray(allOf) ? allOf : []) parts.push(merged(part, seen));
    const [first] = parts;
    const isOnlyComponent = parts.length === 1 && Object.keys(own).every(isAnnotation);
    return {
      component: isOnlyComponent ? (first?.component ?? "") : "",
      keywords: [...parts.map(({ keywords }) => keywords), own].reduce(mergeKeywords),
    };
  }

  function typeOf(schema: unknown, owner: Owner): Type {
    const found = merged(schema);
    const { component } = found;
    if (component === "") return typeOfMerged(found, owner);
    const known = models.get(keyOf([component]));
    if (known !== undefined) return { kind: "object", model: known.name, nullable: isNullable(found) };
    if (open.has(component)) return anything;
    open.add(component);
    const type = typeOfMerged(found, [component]);
    open.delete(component);
    return type;
  }

  function typeOfMerged({ keywords }: Pick<MergedSchema, "keywords">, owner: Owner): Type {
    const { oneOf, anyOf, ...base } = keywords;
    const choices = [oneOf, anyOf].find((list) => Array.isArray(list) && list.length > 0);
    if (choices !== undefined) return choiceOf(base, choices as unknown[], owner);
    const types = typesOf(keywords);
    const nullable = isNullable({ keywords });
    if (types.length > 1 && keywords.enum === undefined && keywords.const === undefined) {
      const members = types.map((type) => typeOfMerged({ keywords: { ...base, type } }, owner));
      return unionOf(members, nullable);
    }
    return { ...plainTypeOf(types[0], keywords, owner), nullable };
  }

  /** Every choice has to fulfil what is beside the list too. */
  function choiceOf(base: Keywords, choices: readonly unknown[], owner: Owner): Type {
    const isBare = Object.keys(base).every(isAnnotation);
    const isNullOnly = (choice: unknown) => isNull(merged(choice).keywords);
    const others = choices.filter((choice) => !isNullOnly(choice));
    const members = others.map((choice, index) => {
      const name: Owner = others.length === 1 ? owner : [...owner, `${index + 1}`];
      if (isBare) return typeOf(choice, name);
      return typeOfMerged({ keywords: mergeKeywords(base, merged(choice).keywords) }, name);
    });
    return unionOf(members, others.length < choices.length || isNullable({ keywords: base }));
  }

  function plainTypeOf(type: string | undefined, keywords: Keywords, owner: Owner): Type {
    const nullable = false;
    if (Object.hasOwn(keywords, "const")) return { kind: "const", value: keywords.const, nullable };
    if (Array.isArray(keywords.enum)) return enumOf(keywords.enum, type);
    switch (type) {
      case "string":
        return {
          kind: "string",
          format: typeof keywords.format === "string" ? keywords.format : "",
          encoding: keywords.contentEncoding === "base64" ? "base64" : "none",
          limits: limits(keywords, limitsOf.string),
          nullable,
        };
      case "integer":
      case "number":
        return { kind: type, limits: limits(keywords, limitsOf.number), nullable };
      case "boolean":
        return { kind: type, nullable };
      case "array": {
        const items = typeOf(keywords.items, owner);
        return { kind: "array", items, limits: limits(keywords, limitsOf.array), nullable };
      }
      case "object":
        return objectOf(keywords, owner);
      default:
        return anything;
    }
  }

  function objectOf(keywords: Keywords, owner: Owner): Type {
    const { properties, additionalProperties: others } = keywords;
    if (!isObject(properties) || Object.keys(properties).length === 0) {
      return { kind: "map", values: isObject(others) ? typeOf(others, owner) : anything, nullable: false };
    }
    const name = freeName(owner.join("."), modelNames);
    const fields: Field[] = [];
    const model = {
      name,
      typeName: freeName(typeNameOf(name), typeNames),
      description: stringOf(keywords.description),
      fields,
      additional: undefined as Type | undefined,
    };
    // Registered before its fields are converted, since it may contain itself.
    models.set(keyOf(owner), model);
    const required = Array.isArray(keywords.required) ? keywords.required : [];
    for (const [field, schema] of Object.entries(properties))
      fields.push(fieldOf(field, schema, required.includes(field), owner));
    if (isObject(others)) model.additional = typeOf(others, [...owner, "additionalProperties"]);
    return { kind: "object", model: name, nullable: false };
  }

  function fieldOf(name: string, schema: unknown, required: boolean, owner: Owner): Field {
    const { keywords } = merged(schema);
    const type = typeOf(schema, [...owner, name]);
    return { name, type, required, ...annotationsOf(name, type, keywords) };
  }

  return {
    typeOf,
    merged: (schema) => merged(schema),
    get models() {
      return [...models.values()];
    },
  };
}

/** What a schema says of a field besides its type. */
export function annotationsOf(
  name: string,
  type: Type,
  keywords: Keywords,
): Pick<Field, "description" | "sensitive" | "deprecated" | "default" | "example"> {
  const { "x-actiongen-sensitive": sensitive, examples } = keywords;
  return {
    description: stringOf(keywords.description),
    sensitive: typeof sensitive === "boolean" ? sensitive : isSecretByName(name, type),
    deprecated: keywords.deprecated === true,
    default: keywords.default,
    example: keywords.example ?? (Array.isArray(examples) ? examples[0] : undefined),
  };
}

/** Values that are known today; a list of values of several types is a union of constants. */
function enumOf(listed: readonly unknown[], type: string | undefined): Type {
  const values = listed.filter((value) => value !== null && (type === undefined || isOfType(value, type)));
  const isString = values.every((value) => typeof value === "string");
  const nullable = false;
  if (values.length > 0 && (isString || values.every((value) => typeof value === "number"))) {
    const of: EnumType["of"] = isString ? "string" : type === "integer" ? "integer" : "number";
    return { kind: "enum", of, values: values as EnumType["values"], nullable };
  }
  return unionOf(
    values.map((value) => ({ kind: "const", value, nullable })),
    false,
  );
}

function isOfType(value: unknown, type: string): boolean {
  return typeof value === (type === "integer" ? "number" : type);
}

function unionOf(members: readonly Type[], nullable: boolean): Type {
  const plain = members.map((member): Type => ({ ...member, nullable: false }));
  const unique = [...new Map(plain.map((member) => [JSON.stringify(member), member])).values()];
  const isNullable = nullable || members.some((member) => member.nullable);
  const [first] = unique;
  if (first === undefined) return { ...anything, nullable: isNullable };
  return { ...(unique.length === 1 ? first : { kind: "union", members: unique }), nullable: isNullable };
}

/** The types that a schema names, or that its keywords imply. `null` is not among them. */
function typesOf(keywords: Keywords): string[] {
  const { type } = keywords;
  const named = [...new Set([type].flat().filter((one) => typeof one === "string"))];
  const types = named.filter((one) => one !== "null");
  return types.length === 0 ? impliedTypes(keywords) : types;
}

/** Whether `null` is valid. `nullable`, the keyword of OpenAPI 3.0, has its meaning in every version. */
function isNullable({ keywords: { type, enum: values, nullable } }: Pick<MergedSchema, "keywords">): boolean {
  const isListed = type === undefined && Array.isArray(values) && values.includes(null);
  return [type].flat().includes("null") || nullable === true || isListed;
}

function impliedTypes({ properties, additionalProperties, items }: Keywords): string[] {
  if (isObject(properties) || isObject(additionalProperties)) return ["object"];
  return isObject(items) ? ["array"] : [];
}

function isNull({ type, const: constant, enum: values }: Keywords): boolean {
  return (
    type === "null" || constant === null || (Array.isArray(values) && values.every((one) => one === null))
  );
}

/** Keywords that fulfil both schemas. Of an annotation, the second one's counts. */
function mergeKeywords(first: Keywords, second: Keywords): Keywords {
  const both = Object.keys(second).filter((key) => Object.hasOwn(first, key));
  const joined = both.map((key) => [key, mergeKeyword(key, first[key], second[key])] as const);
  return { ...first, ...second, ...Object.fromEntries(joined) };
}

function mergeKeyword(key: string, first: unknown, second: unknown): unknown {
  if (key === "properties" && isObject(first) && isObject(second)) return mergeProperties(first, second);
  if (key === "required") return [...new Set([first, second].flat())];
  if (key === "type" || key === "enum") {
    const [ours, theirs] = [[first].flat(), [second].flat()];
    const common = theirs.filter(
      (one) => ours.includes(one) || (one === "integer" && ours.includes("number")),
    );
    if (key === "type" && ours.includes("integer") && theirs.includes("number")) common.push("integer");
    return common.length > 0 ? common : second;
  }
  if (key === "items" || key === "additionalProperties") return { allOf: [first, second] };
  if (lowerLimits.includes(key)) return Math.max(Number(first), Number(second));
  if (upperLimits.includes(key)) return Math.min(Number(first), Number(second));
  return second;
}

function mergeProperties(first: Keywords, second: Keywords): Keywords {
  const shared = Object.keys(second).filter((name) => Object.hasOwn(first, name));
  const joined = shared.map((name) => [name, { allOf: [first[name], second[name]] }] as const);
  return { ...first, ...second, ...Object.fromEntries(joined) };
}

function limits(keywords: Keywords, names: readonly string[]): Limits {
  const known = names.filter((name) => ["number", "string", "boolean"].includes(typeof keywords[name]));
  return Object.fromEntries(known.map((name) => [name, keywords[name]])) as Limits;
}

function keyOf(owner: Owner): string {
  return JSON.stringify(owner);
}

function isAnnotation(keyword: string): boolean {
  return annotations.has(keyword) || keyword.startsWith("x-");
}

function isObject(value: unknown): value is Keywords {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function stringOf(value: unknown): string {
  return typeof value === "string" ? value.trim() : "";
}
