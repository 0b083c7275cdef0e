import ts from "typescript";
import type { MovedExport } from "../model/migration.js";
import { exportOf, type Source, sourceOf } from "./modules.js";
import { type Context, type Edit, remark, replace, replaceString, visit, whatBecameOf } from "./rewrite.js";

/** Replaces old names in imports and exports of packages, and where the file uses the imported names. */
export function rewriteImports(context: Context): void {
  for (const statement of context.file.statements) {
    if (!ts.isImportDeclaration(statement) && !ts.isExportDeclaration(statement)) continue;
    const { moduleSpecifier } = statement;
    if (moduleSpecifier === undefined || !ts.isStringLiteral(moduleSpecifier)) continue;
    const source = sourceOf(moduleSpecifier.text, context);
    if (source !== undefined) rewriteDeclaration(statement, moduleSpecifier, source, context);
  }
}

function rewriteDeclaration(
  statement: ts.ImportDeclaration | ts.ExportDeclaration,
  specifier: ts.StringLiteral,
  source: Source,
  context: Context,
): void {
  const { packageName, module } = source;
  const elements = elementsOf(statement);
  const found = elements.filter(isElement).flatMap((element) => {
    const name = (element.propertyName ?? element.name).text;
    const one = exportOf(source, name, context);
    return one === undefined ? [] : [{ element, one }];
  });
  const leaving: typeof found = [];
  for (const { element, one } of found) {
    if (one.new === "") remark(context, element, whatBecameOf(one));
    else if (one.to !== packageName && module === "") leaving.push({ element, one });
    else if (one.new !== one.old) rename(element, one, elements, context);
  }
  if (leaving.length === 0) return;
  if (leaving.length === elements.length && isNamedOnly(statement)) {
    const targets = new Set(leaving.map(({ one }) => one.to));
    if (targets.size === 1) {
      replaceString(context, specifier, leaving[0]?.one.to ?? "");
      for (const { element, one } of leaving)
        if (one.new !== one.old) rename(element, one, elements, context);
      return;
    }
  }
  split(statement, specifier, leaving, elements, context);
}

type Specifier = ts.ImportSpecifier | ts.ExportSpecifier;
type Element = Specifier & {
  readonly name: ts.Identifier;
  readonly propertyName?: ts.Identifier;
};

function elementsOf(statement: ts.ImportDeclaration | ts.ExportDeclaration): readonly Specifier[] {
  const named = ts.isImportDeclaration(statement)
    ? statement.importClause?.namedBindings
    : statement.exportClause;
  if (named === undefined || ts.isNamespaceImport(named) || ts.isNamespaceExport(named)) return [];
  return named.elements;
}

/** Whether the names are no strings: such a name is none of a package. */
function isElement(one: Specifier): one is Element {
  return ts.isIdentifier(one.propertyName ?? one.name) && ts.isIdentifier(one.name);
}

function isNamedOnly(statement: ts.ImportDeclaration | ts.ExportDeclaration): boolean {
  return ts.isExportDeclaration(statement) || statement.importClause?.name === undefined;
}

/**
 * Renames an imported name and its uses, unless the file has the new name already, or gets it for another old name of the same
 * export: then it keeps the old one for itself.
 */
function rename(
  element: Element,
  { new: current }: MovedExport,
  elements: readonly Specifier[],
  context: Context,
): void {
  const { file, edits, newNames } = context;
  const keepName = () => replace(context, element.name, `${current} as ${element.name.text}`);
  const isTaken = () => newNames.has(current) || hasIdentifier(file, current);
  const isImported = elements.some(
    (one) =>
      one.propertyName === undefined && one.name.text === current && (!one.isTypeOnly || element.isTypeOnly),
  );
  if (element.propertyName !== undefined) replace(context, element.propertyName, current);
  else if (ts.isExportSpecifier(element) || (!isImported && isTaken())) keepName();
  else {
    if (isImported) edits.push(...removals(new Set<Specifier>([element]), elements, file));
    else replace(context, element.name, current);
    newNames.add(current);
    renameUses(element, current, context);
  }
}

function renameUses(element: Element, current: string, context: Context): void {
  const { file, checker } = context;
  const symbol = checker.getSymbolAtLocation(element.name);
  visit(file, (node) => {
    if (!ts.isIdentifier(node) || node === element.name || node.text !== element.name.text) return;
    const { parent } = node;
    if (ts.isShorthandPropertyAssignment(parent)) {
      if (checker.getShorthandAssignmentValueSymbol(parent) === symbol)
        replace(context, node, `${node.text}: ${current}`);
    } else if (ts.isExportSpecifier(parent)) {
      if (checker.getExportSpecifierLocalTargetSymbol(parent) !== symbol) return;
      if (parent.propertyName === undefined) replace(context, node, `${current} as ${node.text}`);
      else if (parent.propertyName === node) replace(context, node, current);
    } else if (checker.getSymbolAtLocation(node) === symbol) replace(context, node, current);
  });
}

function hasIdentifier(file: ts.SourceFile, name: string): boolean {
  let found = false;
  visit(file, (node) => {
    found ||= ts.isIdentifier(node) && node.text === name && !isMemberName(node);
  });
  return found;
}

/** Whether an identifier is the name of a member, which is in no scope. */
function isMemberName({ parent, ...node }: ts.Identifier): boolean {
  const isOwnName = (one: ts.Node | undefined) => one !== undefined && one.pos === node.pos;
  return (
    (ts.isPropertyAccessExpression(parent) && isOwnName(parent.name)) ||
    (ts.isPropertyAssignment(parent) && isOwnName(parent.name)) ||
    (ts.isQualifiedName(parent) && isOwnName(parent.right))
  );
}

/** Moves names to an import of the package that has them, on a line of its own. */
function split(
  statement: ts.ImportDeclaration | ts.ExportDeclaration,
  specifier: ts.StringLiteral,
  leaving: readonly { readonly element: Element; readonly one: MovedExport }[],
  elements: readonly Specifier[],
  context: Context,
): void {
  const { file, edits } = context;
  const quote = file.text[specifier.getStart(file)] ?? '"';
  const isType = ts.isImportDeclaration(statement)
    ? statement.importClause?.isTypeOnly
    : statement.isTypeOnly;
  const keyword = `${ts.isImportDeclaration(statement) ? "import" : "export"}${isType ? " type" : ""}`;
  const end = file.text.slice(statement.end - 1, statement.end) === ";" ? ";" : "";
  const lineBreak = file.text.includes("\r\n") ? "\r\n" : "\n";
  const targets = [...new Set(leaving.map(({ one }) => one.to))];
  const added = targets.map((target) => {
    const names = leaving
      .filter(({ one }) => one.to === target)
      .map(({ element, one }) => {
        const local = element.name.text;
        return `${element.isTypeOnly ? "type " : ""}${one.new === local ? local : `${one.new} as ${local}`}`;
      });
    return `${keyword} { ${names.join(", ")} } from ${quote}${target}${quote}${end}`;
  });
  const gone = new Set<Specifier>(leaving.map(({ element }) => element));
  if (gone.size === elements.length && isNamedOnly(statement)) {
    replace(context, statement, added.join(lineBreak));
    return;
  }
  // The other names stay as they are written.
  edits.push(...removals(gone, elements, file));
  edits.push({
    start: statement.end,
    end: statement.end,
    text: added.map((line) => lineBreak + line).join(""),
  });
}

/** Removes names from a list, each with the comma after it, or before it at the end of the list. */
function removals(gone: ReadonlySet<Specifier>, elements: readonly Specifier[], file: ts.SourceFile): Edit[] {
  const edits: Edit[] = [];
  for (let first = 0; first < elements.length; first += 1) {
    if (!gone.has(elements[first] as Specifier)) continue;
    let last = first;
    while (gone.has(elements[last + 1] as Specifier)) last += 1;
    const [before, next] = [elements[first - 1], elements[last + 1]];
    const start =
      next === undefined && before !== undefined ? before.end : (elements[first]?.getStart(file) ?? 0);
    edits.push({ start, end: next?.getStart(file) ?? elements[last]?.end ?? 0, text: "" });
    first = last;
  }
  return edits;
}
