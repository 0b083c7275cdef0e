import type { FieldType } from "../field-types.js";
import type { FieldNode } from "../fields.js";
import type { Findings } from "../findings.js";

/** A value of an example, with its line. */
export type ExampleNode =
  | ObjectNode
  | { readonly kind: "array"; readonly line: number; readonly items: ExampleNode[] }
  | ScalarNode;

interface ScalarNode {
  readonly kind: "scalar";
  readonly line: number;
  readonly value: unknown;
  /** Whether it is in a query, in which every value is a string. */
  readonly isText: boolean;
}

export interface ObjectNode {
  readonly kind: "object";
  readonly line: number;
  readonly members: { readonly name: string; readonly node: ExampleNode }[];
}

export interface Comparison {
  /** Fields of the page's data models. */
  readonly models: ReadonlyMap<string, readonly FieldNode[]>;
  readonly findings: Findings;
  readonly which: "request" | "response";
  /** Line of the table that would contain a missing field. */
  readonly tableLine: number;
}

const help = "Fix the table or the example, whichever is wrong. Neither was corrected.";

/**
 * Compares an example with the tables. Each difference is reported once per field, even if the example repeats it, as a
 * warning with both lines.
 */
export function compareExample(
  example: ExampleNode,
  fields: readonly FieldNode[],
  { models, findings, which, tableLine }: Comparison,
): void {
  const reported = new Set<string>();

  function warn(code: string, path: string, line: number, message: string): void {
    if (reported.has(`${code} ${path}`)) return;
    reported.add(`${code} ${path}`);
    findings.warn(code, line, `${path} is ${message}`, help);
  }

  function compareObject(node: ObjectNode, expected: readonly FieldNode[], prefix: string): void {
    const known = new Map(expected.map((field) => [field.name, field]));
    for (const { name, node: member } of node.members) {
      const field = known.get(name);
      if (field !== undefined) compareValue(member, field.type, prefix + name, field);
      else {
        const message = `in the ${which} example, but not in the table at line ${expected[0]?.line ?? tableLine}`;
        warn("example-unknown-field", prefix + name, member.line, message);
      }
    }
    const present = new Set(node.members.map(({ name }) => name));
    for (const { name, line, required } of expected) {
      if (!required || present.has(name)) continue;
      const message = `required at line ${line}, but the ${which} example does not contain it`;
      warn("example-missing-field", prefix + name, node.line, message);
    }
  }

  function compareValue(node: ExampleNode, type: FieldType, path: string, field: FieldNode): void {
    if (type.kind === "any") return;
    if (type.kind === "array" && node.kind === "array") {
      for (const item of node.items) compareValue(item, type.items, path, field);
    } else if (node.kind === "object" && (type.kind === "object" || type.kind === "model")) {
      compareObject(node, fieldsOf(type, models), `${path}.`);
    } else if (node.kind !== "scalar" || readScalar(node, type) === undefined) {
      const seen = node.kind === "scalar" ? JSON.stringify(node.value) : `an ${node.kind}`;
      const expected = type.kind === "model" ? `object (${type.name})` : type.kind;
      const message = `${seen} in the ${which} example, but has the type ${expected} at line ${field.line}`;
      warn("example-type", path, node.line, message);
    }
  }

  if (example.kind === "object") compareObject(example, fields, "");
}

/** Fields of an object or a data model; `[]` for any other type. */
export function fieldsOf(type: FieldType, models: Comparison["models"]): readonly FieldNode[] {
  if (type.kind === "model") return models.get(type.name) ?? [];
  return type.kind === "object" ? type.fields : [];
}

/** A scalar as a value of its type; `undefined` if it has another type. The strings of a query are parsed. */
export function readScalar({ value, isText }: ScalarNode, { kind }: FieldType): unknown {
  const text = String(value);
  switch (kind) {
    case "any":
      return value;
    case "string":
      return typeof value === "string" ? value : undefined;
    case "integer":
      if (isText) return /^-?\d+$/.test(text) ? Number(text) : undefined;
      return Number.isInteger(value) ? value : undefined;
    case "number":
      if (isText) return /^-?\d+(\.\d+)?([eE][+-]?\d+)?$/.test(text) ? Number(text) : undefined;
      return typeof value === "number" ? value : undefined;
    case "boolean":
      if (isText) return /^(true|false)$/i.test(text) ? /true/i.test(text) : undefined;
      return typeof value === "boolean" ? value : undefined;
    default:
      return undefined;
  }
}
