import { cellDescription } from "./description.js";
import type { FieldNode, FieldType } from "./fields.js";
import type { Findings } from "./findings.js";
import { type ProseFacts, readFacts } from "./prose/facts.js";
import type { ScalarKind } from "./prose/text.js";

/** A part of an OpenAPI document that is being written. */
export type Json = Record<string, unknown>;

/** What schemas are written with. */
export interface SchemaContext {
  readonly linkTo: (target: string) => string;
  /** Names of the components that the page's data models become. */
  readonly components: ReadonlyMap<string, string>;
  readonly findings: Findings;
}

/** A field with what its prose says, as a schema. */
export interface DescribedSchema {
  readonly schema: Json;
  readonly description: string;
  readonly deprecated: boolean;
}

/** Writes the schema of a field; its description and whether it is deprecated stand beside it. */
export function describeField(field: FieldNode, context: SchemaContext): DescribedSchema {
  const facts = readFacts(field.description, scalarKind(field.type));
  reportDoubts(field, facts, context.findings);
  return {
    schema: withFacts(schemaOf(field.type, context), field.type, facts),
    description: cellDescription(field.description, context.linkTo),
    deprecated: facts.deprecated,
  };
}

/** Writes the schema of an object with these fields. */
export function objectSchema(fields: readonly FieldNode[], context: SchemaContext): Json {
  const required = fields.filter((field) => field.required).map(({ name }) => name);
  return {
    type: "object",
    ...(required.length > 0 ? { required } : {}),
    properties: Object.fromEntries(fields.map((field) => [field.name, propertySchema(field, context)])),
  };
}

function propertySchema(field: FieldNode, context: SchemaContext): Json {
  const { schema, description, deprecated } = describeField(field, context);
  return {
    ...schema,
    ...(description === "" ? {} : { description }),
    ...(deprecated ? { deprecated } : {}),
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
  const ofValue = {
    ...(facts.values.length > 0 ? { enum: facts.values } : {}),
    ...(facts.range === undefined ? {} : { minimum: facts.range[0], maximum: facts.range[1] }),
    ...(facts.length === undefined ? {} : { minLength: facts.length[0], maxLength: facts.length[1] }),
    ...(facts.base64 ? { contentEncoding: "base64" } : {}),
  };
  // What prose says of an array's values holds for each; a default would hold for the whole.
  if (type.kind === "array") return { ...schema, items: { ...(schema.items as Json), ...ofValue } };
  return { ...schema, ...ofValue, ...(facts.default === undefined ? {} : { default: facts.default }) };
}

function reportDoubts({ name, line }: FieldNode, { doubts }: ProseFacts, findings: Findings): void {
  for (const doubt of doubts) {
    const message = `the description of ${name} speaks of ${aspects[doubt] ?? doubt}, but not in a form that is certain`;
    findings.add(
      "doubt",
      `prose-${doubt}`,
      line,
      message,
      "It stays prose. Add the fact with an overlay if it matters.",
    );
  }
}

const aspects: Readonly<Record<string, string>> = {
  enumeration: "an enumeration",
  default: "a default",
  range: "a range",
  deprecation: "a deprecation",
  base64: "base64",
};
