import { getNodeValue, type Node, type ParseError, parseTree, printParseErrorCode } from "jsonc-parser";
import { LineCounter } from "yaml";
import type { Findings } from "../findings.js";
import type { PageText } from "../page.js";
import type { ExampleNode } from "./compare.js";

/** The JSON of an example, with and without line numbers. */
interface JsonExample {
  readonly node: ExampleNode;
  readonly value: unknown;
}

/** Parses the JSON of an example. Trailing commas are allowed; any other syntax error is reported. */
export function readJson({ text, line }: PageText, findings: Findings): JsonExample | undefined {
  const lines = new LineCounter();
  for (const { index } of text.matchAll(/^|(?<=\n)/g)) lines.addNewLine(index);
  const lineAt = (offset: number) => line - 1 + lines.linePos(offset).line;
  const errors: ParseError[] = [];
  const tree = parseTree(text, errors, { allowTrailingComma: true });
  const [error] = errors;
  if (tree !== undefined && error === undefined)
    return { node: toNode(tree, lineAt), value: getNodeValue(tree) };
  const words = error && printParseErrorCode(error.error).replace(/(?<=[a-z])(?=[A-Z])/g, " ");
  const problem = words === undefined ? "is empty" : `is not valid JSON: ${words.toLowerCase()}`;
  const help = "The document does not contain it. Fix the page.";
  findings.warn("example-json", lineAt(error?.offset ?? 0), `the example ${problem}`, help);
  return undefined;
}

function toNode({ type, offset, value, children = [] }: Node, lineAt: (at: number) => number): ExampleNode {
  const line = lineAt(offset);
  if (type === "array") return { kind: "array", line, items: children.map((child) => toNode(child, lineAt)) };
  if (type !== "object") return { kind: "scalar", line, value, isText: false };
  const members = children.flatMap(({ children: [key, member] = [] }) =>
    key === undefined || member === undefined
      ? []
      : [{ name: String(key.value), node: { ...toNode(member, lineAt), line: lineAt(key.offset) } }],
  );
  return { kind: "object", line, members };
}
