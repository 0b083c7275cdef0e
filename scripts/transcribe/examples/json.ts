import { type Node, type ParseError, parseTree, printParseErrorCode } from "jsonc-parser";
import type { Findings } from "../findings.js";
import type { PageText } from "../page.js";
import type { ExampleNode } from "./compare.js";

/** A JSON value of an example, with and without its lines. */
export interface JsonExample {
  readonly node: ExampleNode;
  readonly value: unknown;
}

/** Parses the JSON of an example. A trailing comma is passed over; what else is no JSON goes to the findings. */
export function readJson({ text, line }: PageText, findings: Findings): JsonExample | undefined {
  const errors: ParseError[] = [];
  const lineAt = lineFinder(text, line);
  const tree = parseTree(text, errors, { allowTrailingComma: true });
  const [error] = errors;
  if (tree === undefined || error !== undefined) {
    const at = lineAt(error?.offset ?? 0);
    const problem =
      error === undefined ? "is empty" : `is no JSON: ${sayCode(printParseErrorCode(error.error))}`;
    findings.add(
      "warning",
      "example-json",
      at,
      `the example ${problem}`,
      "It is left out of the document. Mend the page.",
    );
    return undefined;
  }
  return { node: toNode(tree, lineAt), value: toValue(tree) };
}

function sayCode(code: string): string {
  return code.replace(/(?<=[a-z])(?=[A-Z])/g, " ").toLowerCase();
}

function lineFinder(text: string, first: number): (offset: number) => number {
  const starts = [0];
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
  return (offset) => {
    let low = 0;
    let high = starts.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle;
    }
    return first + low;
  };
}

function toNode(node: Node, lineAt: (offset: number) => number): ExampleNode {
  const line = lineAt(node.offset);
  const children = node.children ?? [];
  if (node.type === "array")
    return { kind: "array", line, items: children.map((child) => toNode(child, lineAt)) };
  if (node.type !== "object") return { kind: "scalar", line, value: node.value, isText: false };
  const members = children.flatMap(({ children: [key, value] = [] }) =>
    key === undefined || value === undefined
      ? []
      : [{ name: String(key.value), node: { ...toNode(value, lineAt), line: lineAt(key.offset) } }],
  );
  return { kind: "object", line, members };
}

function toValue(node: Node): unknown {
  const children = node.children ?? [];
  if (node.type === "array") return children.map(toValue);
  if (node.type !== "object") return node.value;
  return Object.fromEntries(
    children.flatMap(({ children: [key, value] = [] }) =>
      key === undefined || value === undefined || key.value === "__proto__"
        ? []
        : [[String(key.value), toValue(value)]],
    ),
  );
}
