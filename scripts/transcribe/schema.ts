import { cellDescription } from "./description.js";
import type { FieldType } from "./field-types.js";
import type { FieldNode } from "./fields.js";
import type { Findings } from "./findings.js";
import { type Aspect, type ProseFacts, readFacts } from "./prose/facts.js";
import type { ScalarKind } from "./prose/text.js";

/** Part of an OpenAPI document. */
export type Json = Record<string, unknown>;

/** An object without the properties that are `undefined`. */
export function defined(object: Json): Json {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined));
}

export interface SchemaContext {
  readonly linkTo: (target: string) => string;
  /** Component names by data model. */
  readonly components: ReadonlyMap<string, string>;
  readonly findings: Findings;
}

/** A field as a schema with the facts of its prose, and what a parameter has beside its schema. */
interface DescribedField {
  readonly schema: Json;
  readonly annotations: Json;
}

/** Describes a field, and reports prose that is unclear. */
export function describeField(field: FieldNode, context: SchemaContext): DescribedField {
  const facts = readFacts(field.description, scalarKind(field.type));
  for (const aspect of facts.unclear) {
    const message = `the description of ${field.name} mentions ${aspects[aspect]}, but its meaning is unclear`;
    const help = "It is only in the description. Add the fact with an overlay if it matters.";
    context.findings.note(`prose-${aspect}`, field.line, message, help);
  }
  const description = cellDescription(field.description, context.linkTo) || undefined;
  return {
    schema: withFacts(schemaOf(field.type, context), field.type, facts),
    annotations: defined({ description, deprecated: facts.deprecated || undefined }),
  };
}

/** The schema of an object with these fields. */
export function objectSchema(fields: readonly FieldNode[], context: SchemaContext): Json {
  const required = fields.filter((field) => field.required).map(({ name }) => name);
  const properties = fields.map((field) => {
    const { schema, annotations } = describeField(field, context);
    return [field.name, { ...schema, ...annotations }];
  });
  return {
    type: "object",
    ...(required.length > 0 ? { required } : {}),
    properties: Object.fromEntries(properties),
  };
}

function schemaOf(type: FieldType, context: SchemaContext): Json {
  switch (type.kind) {
    case "any":
      return {};
    case "array":
      return { type: "array", items: schemaOf(type.items, context) };
    case "model":
      return { $ref: `#/components/schemas/${context.components.get(type.name) ?? type.name}` };
    case "object":
      return objectSchema(type.fields, context);
    default:
      return { type: type.kind };
  }
}

function scalarKind(type: FieldType): ScalarKind {
  if (type.kind === "array") return type.items.kind === "array" ? "other" : scalarKind(type.items);
  return type.kind === "any" || type.kind === "model" || type.kind === "object" ? "other" : type.kind;
}

function withFacts(schema: Json, type: FieldType, facts: ProseFacts): Json {
  const ofValue = defined({
    enum: facts.values.length > 0 ? facts.values : undefined,
    minimum: facts.range?.[0],
    maximum: facts.range?.[1],
    minLength: facts.length?.[0],
    maxLength: facts.length?.[1],
    contentEncoding: facts.base64 ? "base64" : undefined,
  });
  // Facts in the prose of an array apply to its items, but a default would apply to the whole array.
  if (type.kind === "array") return { ...schema, items: { ...(schema.items as Json), ...ofValue } };
  return defined({ ...schema, ...ofValue, default: facts.default });
}

const aspects: Readonly<Record<Aspect, string>> = {
  enumeration: "an enumeration",
  default: "a default",
  range: "a range",
  deprecation: "a deprecation",
  base64: "base64",
};
