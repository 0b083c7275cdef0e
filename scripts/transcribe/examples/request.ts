import { decodePercent } from "../../openapi/pointer.js";
import type { FieldType } from "../field-types.js";
import type { FieldNode } from "../fields.js";
import type { Findings } from "../findings.js";
import { reservedParameters } from "../operation.js";
import type { PageText } from "../page.js";
import {
  type Comparison,
  compareExample,
  type ExampleNode,
  fieldsOf,
  type ObjectNode,
  readScalar,
} from "./compare.js";
import { readJson } from "./json.js";

/**
 * Reads the request example, a URL over several lines or a JSON body, and compares it with the tables.
 *
 * @returns the parameters whose values match their types, converted to these types.
 */
export function readRequestExample(
  example: PageText,
  action: string,
  fields: readonly FieldNode[],
  comparison: Comparison,
): ReadonlyMap<string, unknown> {
  const node = readExampleNode(example, comparison.findings);
  if (node?.kind !== "object") return new Map();
  const named = node.members.find(({ name }) => name === "Action")?.node;
  const called = named?.kind === "scalar" ? String(named.value).trim() : action;
  if (named !== undefined && called !== action) {
    const message = `the request example calls ${JSON.stringify(called)}, but the page is about ${action}`;
    comparison.findings.warn("action-differs", named.line, message, "Fix the page.");
  }
  const own = { ...node, members: node.members.filter(({ name }) => !reservedParameters.includes(name)) };
  compareExample(own, fields, comparison);
  return new Map(toEntries(own, fields, comparison));
}

function readExampleNode(example: PageText, findings: Findings): ExampleNode | undefined {
  const query = example.text.indexOf("?");
  const body = example.text.indexOf("{");
  if (query >= 0 && (body < 0 || query < body)) return readQuery(example, query, findings);
  if (body < 0) {
    const message = "the request example has neither a query nor a JSON body";
    const help = "The document does not contain it. Write a URL with a query, or a JSON body.";
    findings.warn("example-request", example.line, message, help);
    return undefined;
  }
  const before = example.text.slice(0, body).split("\n").length - 1;
  const end = example.text.lastIndexOf("}");
  return readJson({ text: example.text.slice(body, end + 1), line: example.line + before }, findings)?.node;
}

function readQuery({ text, line }: PageText, query: number, findings: Findings): ExampleNode {
  const decode = (part: string) => decodePercent(part.replaceAll("+", " "));
  const first = line + text.slice(0, query).split("\n").length - 1;
  const root: ObjectNode = { kind: "object", line: first, members: [] };
  const insert = inserter();
  const rows = text.slice(query + 1).split("\n");
  for (const [offset, row] of rows.entries()) {
    const pairs = row.replace(/(?<!["'\\\s])["'\\\s]+$/, "").split("&");
    for (const pair of pairs.map((one) => one.trim()).filter((one) => one !== "")) {
      const [, name = pair, value = ""] = /^([^=]*)=(.*)$/s.exec(pair) ?? [];
      const scalar = { kind: "scalar", line: first + offset, value: decode(value), isText: true } as const;
      if (insert(root, decode(name).trim().split("."), scalar)) continue;
      const message = `${name} appears twice in the request example`;
      findings.note("example-duplicate", scalar.line, message, "The first value is used.");
    }
  }
  return root;
}

type Insert = (object: ObjectNode, path: readonly string[], value: ExampleNode) => boolean;

/**
 * Creates a function that inserts a value at its path, and returns `false` if the path has a value. An `N` instead of an
 * index is one item.
 */
function inserter(): Insert {
  const nodes = new Map<ObjectNode, Map<string, ExampleNode>>();
  return insert;

  function insert(
    object: ObjectNode,
    [name = "", ...others]: readonly string[],
    value: ExampleNode,
  ): boolean {
    const known = nodes.get(object) ?? new Map<string, ExampleNode>();
    nodes.set(object, known);
    const count = others.findIndex((step) => !/^(?:[NnMm]|\d+)$/.test(step));
    const indices = count < 0 ? others : others.slice(0, count);
    const rest = others.slice(indices.length);
    const fresh: ExampleNode = rest.length === 0 ? value : { kind: "object", line: value.line, members: [] };
    let node = known.get(name);
    if (node === undefined) {
      node = indices.length === 0 ? fresh : { kind: "array", line: value.line, items: [] };
      object.members.push({ name, node });
      known.set(name, node);
      if (node === value) return true;
    }
    if (indices.length > 0) {
      if (node.kind !== "array") return false;
      // Examples count from 0 or from 1, with or without gaps. Only the order matters.
      const at = Math.min(Number(indices.at(-1)) || 0, node.items.length);
      const isNew = at === node.items.length;
      if (isNew) node.items.push(fresh);
      if (rest.length === 0) return isNew;
      node = node.items[at] as ExampleNode;
    }
    return rest.length > 0 && node.kind === "object" && insert(node, rest, value);
  }
}

/** Converts a value to its type; `undefined` if it has another type. */
function toValue(node: ExampleNode, type: FieldType, comparison: Comparison): unknown {
  if (node.kind === "array") {
    if (type.kind !== "array") return undefined;
    const items = node.items.map((item) => toValue(item, type.items, comparison));
    return items.includes(undefined) || items.length === 0 ? undefined : items;
  }
  if (node.kind === "object") {
    const entries = toEntries(node, fieldsOf(type, comparison.models), comparison);
    return entries.length === 0 ? undefined : Object.fromEntries(entries);
  }
  const value = readScalar(node, type) ?? undefined;
  const isUnsafe = node.isText && type.kind === "integer" && !Number.isSafeInteger(value);
  return isUnsafe ? undefined : value;
}

/** Members of an object whose values match the types of their fields. */
function toEntries(
  { members }: ObjectNode,
  fields: readonly FieldNode[],
  comparison: Comparison,
): [string, unknown][] {
  const known = new Map(fields.map((field) => [field.name, field]));
  return members.flatMap(({ name, node }): [string, unknown][] => {
    const field = known.get(name);
    const value = field && toValue(node, field.type, comparison);
    return value === undefined ? [] : [[name, value]];
  });
}
