import type { FieldNode, FieldType } from "../fields.js";
import type { Findings } from "../findings.js";

/** A value of an example, with its line. */
export type ExampleNode =
  | ObjectNode
  | { readonly kind: "array"; readonly line: number; readonly items: ExampleNode[] }
  /** `isText` for a value in a query, where every value is text. */
  | { readonly kind: "scalar"; readonly line: number; readonly value: unknown; readonly isText: boolean };

export interface ObjectNode {
  readonly kind: "object";
  readonly line: number;
  readonly members: { readonly name: string; readonly node: ExampleNode }[];
}

export interface Comparison {
  /** Fields of a data model of the page. */
  readonly fieldsOf: (model: string) => readonly FieldNode[];
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
  { fieldsOf, findings, which, tableLine }: Comparison,
): void {
  const reported = new Set<string>();

  function warn(code: string, path: string, line: number, message: string): void {
    if (reported.has(`${code} ${path}`)) return;
    reported.add(`${code} ${path}`);
    findings.warn(code, line, `${path} is ${message}`, help);
  }

  function compareObject(node: ExampleNode, expected: readonly FieldNode[], prefix: string): void {
    if (node.kind !== "object") return;
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
    } else if (node.kind === "object" && type.kind === "object") {
      compareObject(node, type.fields, `${path}.`);
    } else if (node.kind === "object" && type.kind === "model") {
      compareObject(node, fieldsOf(type.name), `${path}.`);
    } else if (node.kind !== "scalar" || !isOfType(node.value, node.isText, type)) {
      const seen = node.kind === "scalar" ? JSON.stringify(node.value) : `an ${node.kind}`;
      const expected = type.kind === "model" ? `object (${type.name})` : type.kind;
      const message = `${seen} in the ${which} example, but has the type ${expected} at line ${field.line}`;
      warn("example-type", path, node.line, message);
    }
  }

  compareObject(example, fields, "");
}

/** Whether a scalar has a type. In a query, where every value is text, the text must represent such a value. */
export function isOfType(value: unknown, isText: boolean, type: FieldType): boolean {
  switch (type.kind) {
    case "any":
      return true;
    case "string":
      return typeof value === "string";
    case "integer":
      return isText ? /^-?\d+$/.test(String(value)) : Number.isInteger(value);
    case "number":
      return isText ? /^-?\d+(\.\d+)?([eE][+-]?\d+)?$/.test(String(value)) : typeof value === "number";
    case "boolean":
      return isText ? /^(true|false)$/i.test(String(value)) : typeof value === "boolean";
    default:
      return false;
  }
}
