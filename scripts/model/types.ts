import { isObject, localTarget, type Raw, raw, valueAt } from "../openapi/pointer.js";
import type { EnumType, Field, Limits, ObjectModel, OpenApiDocument, Type } from "./api-model.js";
import { freeName, isSecretByName, typeNameOf } from "./names.js";

/** Converts the schemas of one document into types, and the objects in them into models. */
export interface TypeReader {
  /** @param owner names an inline object: `CreateDisks`, `Disks`. */
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
  /** Its other keywords, so that a valid value fulfils all parts. */
  readonly keywords: Raw;
}

/** Names of a component, or of an action, and of the fields that lead to a schema in it. */
export type Owner = readonly [string, ...string[]];

/** Keywords that describe a value and do not limit it: a reference with nothing else beside it is still the component. */
const annotation =
  /^(?:x-.*|title|description|deprecated|default|examples?|externalDocs|readOnly|writeOnly|\$comment)$/;

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
    const { $ref, allOf, ...own } = raw(schema);
    const target = localTarget($ref);
    const parts: MergedSchema[] = [];
    if (target !== undefined && !seen.includes(String($ref))) {
      const found = merged(valueAt(document, target), [...seen, String($ref)]);
      const [root, section, name] = target;
      const isComponent = root === "components" && section === "schemas" && target.length === 3;
      parts.push(isComponent ? { ...found, component: found.component || String(name) } : found);
    }
    for (const part of Array.isArray(allOf) ? allOf : []) parts.push(merged(part, seen));
    const isOnlyComponent = parts.length === 1 && Object.keys(own).every(isAnnotation);
    return {
      component: (isOnlyComponent && parts[0]?.component) || "",
      keywords: [...parts.map(({ keywords }) => keywords), own].reduce(mergeKeywords),
    };
  }

  function typeOf(schema: unknown, owner: Owner): Type {
    const { component, keywords } = merged(schema);
    if (component === "") return typeOfKeywords(keywords, owner);
    const known = models.get(JSON.stringify([component]));
    if (known !== undefined) return { kind: "object", model: known.name, nullable: isNullable(keywords) };
    if (open.has(component)) return anything;
    open.add(component);
    const type = typeOfKeywords(keywords, [component]);
    open.delete(component);
    return type;
  }

  function typeOfKeywords(keywords: Raw, owner: Owner): Type {
    const { oneOf, anyOf, ...base } = keywords;
    const choices = [oneOf, anyOf].find((list) => Array.isArray(list) && list.length > 0);
    if (choices !== undefined) return choiceOf(base, choices as unknown[], owner);
    const types = typesOf(keywords);
    const nullable = isNullable(keywords);
    if (Object.hasOwn(keywords, "const")) return { kind: "const", value: keywords.const, nullable };
    if (Array.isArray(keywords.enum)) return { ...enumOf(keywords.enum, types), nullable };
    if (types.length < 2) return { ...plainTypeOf(types[0], keywords, owner), nullable };
    const members = types.map((type) => typeOfKeywords({ ...base, type }, owner));
    return unionOf(members, nullable);
  }

  /** A value fulfils a choice and the keywords beside the list. */
  function choiceOf(base: Raw, choices: readonly unknown[], owner: Owner): Type {
    const isBare = Object.keys(base).every(isAnnotation);
    const others = choices.filter((choice) => !isNull(merged(choice).keywords));
    const members = others.map((choice, index) => {
      const name: Owner = others.length === 1 ? owner : [...owner, `${index + 1}`];
      if (isBare) return typeOf(choice, name);
      return typeOfKeywords(mergeKeywords(base, merged(choice).keywords), name);
    });
    return unionOf(members, others.length < choices.length || isNullable(base));
  }

  function plainTypeOf(type: string | undefined, keywords: Raw, owner: Owner): Type {
    const nullable = false;
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

  function objectOf(keywords: Raw, owner: Owner): Type {
    const { properties, additionalProperties: others } = keywords;
    if (Object.keys(raw(properties)).length === 0)
      return { kind: "map", values: typeOf(others, owner), nullable: false };
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
    models.set(JSON.stringify(owner), model);
    const required: string[] = Array.isArray(keywords.required) ? keywords.required : [];
    // A field can be required without being described.
    for (const field of new Set([...Object.keys(raw(properties)), ...required])) {
      const schema = valueAt(properties, [field]);
      const type = typeOf(schema, [...owner, field]);
      const annotations = annotationsOf(field, type, merged(schema).keywords);
      fields.push({ name: field, type, required: required.includes(field), ...annotations });
    }
    if (isObject(others) || others === true)
      model.additional = typeOf(others, [...owner, "additionalProperties"]);
    return { kind: "object", model: name, nullable: false };
  }

  return {
    typeOf,
    merged: (schema) => merged(schema),
    get models() {
      return [...models.values()];
    },
  };
}

/** The properties of a field that a schema has besides the type. */
export function annotationsOf(
  name: string,
  type: Type,
  keywords: Raw,
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

/** Values that are known today: an enumeration of strings, one of numbers, or a union if there are several types. */
function enumOf(listed: readonly unknown[], types: readonly string[]): Type {
  const nullable = false;
  const isListed = (value: unknown) =>
    value !== null && (types.length === 0 || types.some((type) => isOfType(value, type)));
  const values = listed.filter(isListed);
  const strings = values.filter((value) => typeof value === "string");
  const numbers = values.filter((value) => typeof value === "number");
  const others = values.filter((value) => typeof value !== "string" && typeof value !== "number");
  const ofNumbers: EnumType["of"] = types.includes("integer") ? "integer" : "number";
  const members: Type[] = [
    { kind: "enum", of: "string", values: strings, nullable },
    { kind: "enum", of: ofNumbers, values: numbers, nullable },
    ...others.map((value): Type => ({ kind: "const", value, nullable })),
  ];
  return unionOf(
    members.filter((member) => member.kind !== "enum" || member.values.length > 0),
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

/** The types that a schema names, or that its keywords imply, without `null`. */
function typesOf({ type, properties, additionalProperties, items }: Raw): string[] {
  const named = [type].flat().filter((one) => typeof one === "string" && one !== "null");
  if (named.length > 0) return [...new Set(named)] as string[];
  if (isObject(properties) || isObject(additionalProperties)) return ["object"];
  return isObject(items) ? ["array"] : [];
}

/** Whether `null` is valid. `nullable`, the keyword of OpenAPI 3.0, has its meaning in every version. */
function isNullable({ type, enum: values, nullable }: Raw): boolean {
  const isListed = type === undefined && Array.isArray(values) && values.includes(null);
  return [type].flat().includes("null") || nullable === true || isListed;
}

function isNull({ type, const: constant, enum: values }: Raw): boolean {
  return (
    type === "null" || constant === null || (Array.isArray(values) && values.every((one) => one === null))
  );
}

/** Keywords of a schema whose values fulfil both schemas. Annotations of the second take precedence. */
function mergeKeywords(first: Raw, second: Raw): Raw {
  const both = Object.keys(second).filter((key) => Object.hasOwn(first, key));
  const joined = both.map((key) => [key, mergeKeyword(key, first[key], second[key])]);
  return { ...first, ...second, ...Object.fromEntries(joined) };
}

function mergeKeyword(key: string, first: unknown, second: unknown): unknown {
  if (key === "properties") return mergeProperties(raw(first), raw(second));
  if (key === "required") return [...new Set([first, second].flat())];
  if (key === "type" || key === "enum") {
    const [ours, theirs] = [[first].flat(), [second].flat()];
    const common = theirs.filter(
      (one) => ours.includes(one) || (key === "type" && one === "integer" && ours.includes("number")),
    );
    if (key === "type" && ours.includes("integer") && theirs.includes("number")) common.push("integer");
    return common.length > 0 ? common : second;
  }
  if (key === "additionalProperties" && (first === false || second === false)) return false;
  if (key === "items" || key === "additionalProperties") return { allOf: [first, second] };
  if (lowerLimits.includes(key)) return Math.max(Number(first), Number(second));
  if (upperLimits.includes(key)) return Math.min(Number(first), Number(second));
  return second;
}

function mergeProperties(first: Raw, second: Raw): Raw {
  const shared = Object.keys(second).filter((name) => Object.hasOwn(first, name));
  const joined = shared.map((name) => [name, { allOf: [first[name], second[name]] }]);
  return { ...first, ...second, ...Object.fromEntries(joined) };
}

function limits(keywords: Raw, names: readonly string[]): Limits {
  const known = names.filter((name) => ["number", "string", "boolean"].includes(typeof keywords[name]));
  return Object.fromEntries(known.map((name) => [name, keywords[name]])) as Limits;
}

function isAnnotation(keyword: string): boolean {
  return annotation.test(keyword);
}

function stringOf(value: unknown): string {
  return typeof value === "string" ? value.trim() : "";
}
