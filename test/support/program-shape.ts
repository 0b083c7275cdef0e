import ts from "typescript";
import { expect } from "vitest";

/** Kinds of the nodes and names of the JSDoc tags of a program. The test fails if it cannot be parsed. */
export function shape(source: string, path: string): string {
  const file = ts.createSourceFile(path, source, ts.ScriptTarget.ES2022, true);
  const { parseDiagnostics } = file as unknown as { parseDiagnostics: ts.Diagnostic[] };
  expect(parseDiagnostics.map(({ messageText }) => messageText)).toEqual([]);
  const kinds: string[] = [];
  const visit = (node: ts.Node) => {
    // Properties can be quoted or not.
    const isName = ts.isPropertyName(node) && !ts.isNumericLiteral(node);
    kinds.push(isName ? "name" : ts.SyntaxKind[node.kind]);
    kinds.push(...ts.getJSDocTags(node).map(({ tagName }) => `@${tagName.text}`));
    if (!isName) ts.forEachChild(node, visit);
  };
  visit(file);
  return kinds.join(" ");
}
