import type { FieldNode, FieldType } from "../fields.js";
import type { Findings } from "../findings.js";

/** A value of an example that still knows its line. */
export type ExampleNode =
  | {
      readonly kind: "object";
      readonly line: number;
      readonly members: readonly { name: string; node: ExampleNode }[];
    }
  | { readonly kind: "array"; readonly line: number; readonly items: readonly ExampleNode[] }
  /** `isText` for a value of a query, where everything is text. */
  | { readonly kind: "scalar"; readonly line: number; readonly value: unknown; readonly isText: boolean };

export interface Comparison {
  /** Fields of a data model of the page. */
  readonly fieldsOf: (model: string) => readonly FieldNode[];
  readonly findings: Findings;
  /** `request` or `response`, for messages. */
  readonly which: string;
  /** Line of the table that fields which it lacks would stand in. */
  readonly tableLine: number;
}

/**
 * Holds an example against the tables. What disagrees is a warning with both lines, once for each field, however
 * often the example repeats it.
 */
export function compareExample(
  example: ExampleNode,
  fields: readonly FieldNode[],
  comparison: Comparison,
): void {
  compareObject(example, fields, "", comparison, new Set());
}

function compareObject(
  node: ExampleNode,
  fields: readonly FieldNode[],
  path: string,
  comparison: Comparison,
  told: Set<string>,
): void {
  if (node.kind !== "object") return;
  const known = new Map(fields.map((field) => [field.name, field]));
  for (const { name, node: member } of node.members) {
    const field = known.get(name);
    const place = path === "" ? name : `${path}.${name}`;
    if (field !== undefined) compareValue(member, field.type, place, field, comparison, told);
    else {
      const table = fields[0] === undefined ? comparison.tableLine : fields[0].line;
      tell(
        told,
        `unknown ${place}`,
        comparison,
        "example-unknown-field",
        member.line,
        `${place} is in the ${comparison.which} example, but in no row of the table at line ${table}`,
      );
    }
  }
  const given = new Set(node.members.map(({ name }) => name));
  for (const field of fields) {
    if (!field.required || given.has(field.name)) continue;
    const place = path === "" ? field.name : `${path}.${field.name}`;
    tell(
      told,
      `missing ${place}`,
      comparison,
      "example-missing-field",
      node.line,
      `${place} is required at line ${field.line}, but the ${comparison.which} example does not have it`,
    );
  }
}

function compareValue(
  node: ExampleNode,
  type: FieldType,
  place: string,
  field: FieldNode,
  comparison: Comparison,
  told: Set<string>,
): void {
  if (type.kind === "any") return;
  if (type.kind === "array" && node.kind === "array") {
    for (const item of node.items) compareValue(item, type.items, place, field, comparison, told);
  } else if (node.kind === "object" && type.kind === "object") {
    compareObject(node, type.fields, place, comparison, told);
  } else if (node.kind === "object" && type.kind === "model") {
    compareObject(node, comparison.fieldsOf(type.name), place, comparison, told);
  } else if (node.kind !== "scalar" || !isOfType(node.value, node.isText, type)) {
    const seen = node.kind === "scalar" ? JSON.stringify(node.value) : `an ${node.kind}`;
    const want = type.kind === "model" ? `an object, ${type.name}` : type.kind;
    tell(
      told,
      `type ${place}`,
      comparison,
      "example-type",
      node.line,
      `${place} is ${seen} in the ${comparison.which} example, but of type ${want} at line ${field.line}`,
    );
  }
}

/** Whether a scalar is of a type. A query has text only, which has to be the text of such a value. */
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

function tell(
  told: Set<string>,
  key: string,
  { findings }: Comparison,
  code: string,
  line: number,
  message: string,
): void {
  if (told.has(key)) return;
  told.add(key);
  findings.add(
    "warning",
    code,
    line,
    message,
    "Mend the table or the example, whichever is wrong. Neither was corrected.",
  );
}
