import { type Node, type ParseError, parseTree, printParseErrorCode } from "jsonc-parser";
import type { Findings } from "../findings.js";
import type { PageText } from "../page.js";
import type { ExampleNode } from "./compare.js";

/** The JSON of an example, with and without line numbers. */
export interface JsonExample {
  readonly node: ExampleNode;
  readonly value: unknown;
}

/** Parses the JSON of an example. Trailing commas are allowed; any other syntax error is reported. */
export function readJson({ text, line }: PageText, findings: Findings): JsonExample | undefined {
  const errors: ParseError[] = [];
  const lineAt = lineFinder(text, line);
  const tree = parseTree(text, errors, { allowTrailingComma: true });
  const [error] = errors;
  if (tree !== undefined && error === undefined) return { node: toNode(tree, lineAt), value: toValue(tree) };
  const words = error && printParseErrorCode(error.error).replace(/(?<=[a-z])(?=[A-Z])/g, " ");
  const problem = words === undefined ? "is empty" : `is not valid JSON: ${words.toLowerCase()}`;
  const help = "The document does not contain it. Fix the page.";
  findings.warn("example-json", lineAt(error?.offset ?? 0), `the example ${problem}`, help);
  return undefined;
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

function membersOf({ children = [] }: Node): (readonly [key: Node, value: Node])[] {
  return children.flatMap(({ children: [key, value] = [] }) =>
    key === undefined || value === undefined ? [] : [[key, value] as const],
  );
}

function toNode(node: Node, lineAt: (offset: number) => number): ExampleNode {
  const line = lineAt(node.offset);
  if (node.type === "array") {
    const items = (node.children ?? []).map((child) => toNode(child, lineAt));
    return { kind: "array", line, items };
  }
  if (node.type !== "object") return { kind: "scalar", line, value: node.value, isText: false };
  const members = membersOf(node).map(([key, value]) => ({
    name: String(key.value),
    node: { ...toNode(value, lineAt), line: lineAt(key.offset) },
  }));
  return { kind: "object", line, members };
}

function toValue(node: Node): unknown {
  if (node.type === "array") return (node.children ?? []).map(toValue);
  if (node.type !== "object") return node.value;
  const members = membersOf(node).filter(([key]) => key.value !== "__proto__");
  return Object.fromEntries(members.map(([key, value]) => [String(key.value), toValue(value)]));
}
