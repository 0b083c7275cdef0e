import { nearest } from "../../../templates/runtime/nearest.js";
import type { FieldType } from "../field-types.js";
import type { FieldNode } from "../fields.js";
import type { Findings } from "../findings.js";
import { isMadeUp } from "./made-up.js";

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
  /** Whether the vendor's program made the examples of the page, from random values. */
  readonly isGenerated: boolean;
  /** Names of the parameters that locate a call, such as `Region`. */
  readonly locations: ReadonlySet<string>;
}

const help = "Fix the table or the example, whichever is wrong. Neither was corrected.";

/** Number of fields up to which the one that is meant is searched: for each of very many names, that takes too long. */
const maxAbsent = 200;

/** Codes of differences that need no action, with their help. */
const noteHelp: ReadonlyMap<string, string> = new Map([
  ["example-location", "No action needed, unless the table is wrong: every call can have these parameters."],
  ["example-spelling", "No action needed if the table is right."],
  ["example-made-up", "No action needed: a program of the vendor made the example from random values."],
]);

/**
 * Compares an example with the tables. Each difference is reported once per field, even if the example repeats it, with
 * both lines: as a warning, or as a note if the example consists of random values.
 */
export function compareExample(
  example: ExampleNode,
  fields: readonly FieldNode[],
  { models, findings, which, tableLine, isGenerated, locations }: Comparison,
): void {
  const reported = new Set<string>();

  function report(code: string, path: string, line: number, problem: string): void {
    if (reported.has(`${code} ${path}`)) return;
    reported.add(`${code} ${path}`);
    const [message, about] = [`${path} is ${problem}`, `${path} in the ${which} example`];
    const noted = noteHelp.get(code);
    if (noted === undefined) findings.warn(code, line, message, help, about);
    else findings.note(code, line, message, noted, about);
  }

  /** The code of a difference. What a made-up example has and lacks says nothing about the action. */
  function codeOf(code: string, name: string, value?: ExampleNode): string {
    if (code !== "example-type" && locations.has(name)) return "example-location";
    return isGenerated && (value === undefined || isMadeUp(value)) ? "example-made-up" : code;
  }

  function compareObject(node: ObjectNode, expected: readonly FieldNode[], prefix: string): void {
    const known = new Map(expected.map((field) => [field.name, field]));
    const present = new Set(node.members.map(({ name }) => name));
    const absent = new Set(expected.flatMap(({ name }) => (present.has(name) ? [] : [name])));
    for (const { name, node: member } of node.members) {
      const field = known.get(name);
      if (field !== undefined) {
        compareValue(member, field.type, prefix + name, field);
        continue;
      }
      const code = codeOf("example-unknown-field", name, member);
      const isSearched = !noteHelp.has(code) && absent.size <= maxAbsent;
      const meant = isSearched ? nearest(name, [...absent], 2) : "";
      absent.delete(meant);
      const line = known.get(meant)?.line ?? expected[0]?.line ?? tableLine;
      const table = meant === "" ? "not in the table" : `the table has ${meant}`;
      const problem = `in the ${which} example, but ${table} at line ${line}`;
      report(meant === "" ? code : "example-spelling", prefix + name, member.line, problem);
    }
    for (const { name, line, required } of expected) {
      if (!required || !absent.has(name)) continue;
      const problem = `required at line ${line}, but the ${which} example does not contain it`;
      report(codeOf("example-missing-field", name), prefix + name, node.line, problem);
    }
  }

  function compareValue(node: ExampleNode, type: FieldType, path: string, field: FieldNode): void {
    if (type.kind === "any") return;
    if (type.kind === "array" && node.kind === "array") {
      for (const item of node.items) compareValue(item, type.items, path, field);
    } else if (node.kind === "object" && (type.kind === "object" || type.kind === "model")) {
      compareObject(node, fieldsOf(type, models), `${path}.`);
    } else if (node.kind !== "scalar" || readScalar(node, type) === undefined) {
      const seen = node.kind === "scalar" ? JSON.stringify(node.value) : `of type ${node.kind}`;
      const expected = type.kind === "model" ? "object" : type.kind;
      const problem = `${seen} in the ${which} example, but of type ${expected} at line ${field.line}`;
      report(codeOf("example-type", field.name, node), path, node.line, problem);
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
