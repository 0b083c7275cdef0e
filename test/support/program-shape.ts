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

/** The kinds of statements of a module, its JSDoc tags, and identifiers that hostile strings use. */
export function constructsOf(source: string, path: string): string[] {
  const file = ts.createSourceFile(path, source, ts.ScriptTarget.ES2022, true);
  const { parseDiagnostics } = file as unknown as { parseDiagnostics: ts.Diagnostic[] };
  const found = parseDiagnostics.map(({ messageText }) => `cannot be parsed: ${String(messageText)}`);
  const visit = (node: ts.Node) => {
    if (node.parent === file) found.push(ts.SyntaxKind[node.kind]);
    const isName = (node.parent as { name?: ts.Node }).name === node;
    if (ts.isIdentifier(node) && !isName && /^(?:globalThis|stolen)$/.test(node.text)) found.push(node.text);
    found.push(...ts.getJSDocTags(node).map(({ tagName }) => `@${tagName.text}`));
    if (!ts.isPropertyName(node)) ts.forEachChild(node, visit);
  };
  ts.forEachChild(file, visit);
  return found;
}
