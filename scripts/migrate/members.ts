import ts from "typescript";
import { sourceOf } from "./modules.js";
import { type Context, remark, replace, replaceString, visit, whatBecameOf } from "./rewrite.js";

/** Old name of a member. */
interface OldName {
  readonly old: string;
  /** `""` if it must be changed by hand. */
  readonly new: string;
  readonly note: string;
}

/** Replaces old names of parameters, response fields and methods, where the types prove that they are those of a package. */
export function rewriteMembers(context: Context): void {
  const { file, checker } = context;
  const importsPackage = file.statements.some(
    (one) =>
      ts.isImportDeclaration(one) &&
      ts.isStringLiteral(one.moduleSpecifier) &&
      sourceOf(one.moduleSpecifier.text, context) !== undefined,
  );
  visit(file, (node) => {
    if (ts.isPropertyAccessExpression(node)) {
      const type = checker.getTypeAtLocation(node.expression);
      rewriteName(node.name, type, context);
      if (importsPackage && type.flags & ts.TypeFlags.Any && context.installed.oldMembers.has(node.name.text))
        remark(
          context,
          node.name,
          `${node.name.text} may be an old name: the type of the object is not known`,
        );
    } else if (ts.isElementAccessExpression(node)) {
      if (ts.isStringLiteralLike(node.argumentExpression))
        rewriteName(node.argumentExpression, checker.getTypeAtLocation(node.expression), context);
    } else if (ts.isQualifiedName(node)) rewriteName(node.right, moduleType(node.left, context), context);
    else if (ts.isObjectBindingPattern(node)) rewritePattern(node, context);
    else if (ts.isObjectLiteralExpression(node)) rewriteLiteral(node, context);
    else if (ts.isIndexedAccessTypeNode(node))
      rewriteLiteralType(node.indexType, checker.getTypeFromTypeNode(node.objectType), context);
    else if (ts.isTypeReferenceNode(node)) rewriteUtilityType(node, context);
    else if (ts.isCallExpression(node)) checkArguments(node, context);
  });
}

type Name = ts.MemberName | ts.StringLiteralLike;

/** Replaces a name that stands alone. */
function rewriteName(name: Name, type: ts.Type | undefined, context: Context): void {
  const found = type && oldNameOf(type, name.text, context);
  if (found === undefined) return;
  if (found.new === "" || (!ts.isStringLiteralLike(name) && !isIdentifier(found.new)))
    remark(context, name, whatBecameOf(found));
  else if (ts.isStringLiteralLike(name)) replaceString(context, name, found.new);
  else replace(context, name, found.new);
}

function rewritePattern(pattern: ts.ObjectBindingPattern, context: Context): void {
  const type = context.checker.getTypeAtLocation(pattern);
  for (const { name, propertyName, dotDotDotToken } of pattern.elements) {
    const key = propertyName ?? name;
    if (dotDotDotToken !== undefined || !(ts.isIdentifier(key) || ts.isStringLiteralLike(key))) continue;
    if (propertyName !== undefined) rewriteName(key, type, context);
    else rewriteShorthand(key as ts.Identifier, type, context);
  }
}

/** Replaces `{ Old }` by `{ New: Old }`. */
function rewriteShorthand(name: ts.Identifier, type: ts.Type, context: Context): void {
  const found = oldNameOf(type, name.text, context);
  if (found === undefined) return;
  if (found.new === "") remark(context, name, whatBecameOf(found));
  else replace(context, name, `${propertyName(found.new)}: ${name.text}`);
}

function rewriteLiteral(literal: ts.ObjectLiteralExpression, context: Context): void {
  const type = context.checker.getContextualType(literal);
  if (type === undefined) return;
  const names = literal.properties.map(({ name }) => (name && "text" in name ? name.text : ""));
  for (const property of literal.properties) {
    const { name } = property;
    if (name === undefined || !(ts.isIdentifier(name) || ts.isStringLiteralLike(name))) continue;
    const found = oldNameOf(type, name.text, context);
    if (found === undefined) continue;
    if (found.new === "") remark(context, name, whatBecameOf(found));
    else if (names.includes(found.new))
      remark(context, name, `${whatBecameOf(found)} ${found.new} is there, too`);
    else if (ts.isShorthandPropertyAssignment(property)) rewriteShorthand(property.name, type, context);
    else if (ts.isStringLiteralLike(name)) replaceString(context, name, found.new);
    else replace(context, name, propertyName(found.new));
  }
}

function rewriteLiteralType(node: ts.TypeNode, type: ts.Type, context: Context): void {
  if (ts.isUnionTypeNode(node)) for (const one of node.types) rewriteLiteralType(one, type, context);
  else if (ts.isLiteralTypeNode(node) && ts.isStringLiteral(node.literal))
    rewriteName(node.literal, type, context);
}

/** Replaces the keys of `Pick` and `Omit`. */
function rewriteUtilityType(
  { typeName, typeArguments = [] as never }: ts.TypeReferenceNode,
  context: Context,
): void {
  const [object, keys] = typeArguments as readonly ts.TypeNode[];
  if (
    !ts.isIdentifier(typeName) ||
    !/^(?:Pick|Omit)$/.test(typeName.text) ||
    object === undefined ||
    keys === undefined
  )
    return;
  rewriteLiteralType(keys, context.checker.getTypeFromTypeNode(object), context);
}

/** Reports arguments whose type has an old name: they are created elsewhere, perhaps for other calls, too. */
function checkArguments(call: ts.CallExpression, context: Context): void {
  const { checker, installed } = context;
  const signature = checker.getResolvedSignature(call);
  if (signature?.declaration === undefined) return;
  if (installed.packageOf(signature.declaration.getSourceFile().fileName) === undefined) return;
  for (const [index, argument] of call.arguments.entries()) {
    const parameter = signature.parameters[index];
    if (parameter === undefined || ts.isObjectLiteralExpression(argument)) continue;
    const expected = checker.getTypeOfSymbolAtLocation(parameter, call);
    for (const { name, declarations = [] } of checker.getTypeAtLocation(argument).getProperties()) {
      const isOwn = declarations.every(
        (one) => installed.packageOf(one.getSourceFile().fileName) === undefined,
      );
      const found = isOwn ? oldNameOf(expected, name, context) : undefined;
      if (found !== undefined)
        remark(context, argument, `${whatBecameOf(found)} Change it where the object is created`);
    }
  }
}

/** Finds an old name of a member of a type, or of a module's exports. */
function oldNameOf(type: ts.Type, name: string, context: Context): OldName | undefined {
  const { checker, installed } = context;
  const plain = checker.getNonNullableType(type);
  if (plain.isUnionOrIntersection()) {
    for (const one of plain.types) {
      const found = oldNameOf(one, name, context);
      if (found !== undefined) return found;
    }
    return undefined;
  }
  const { symbol } = plain as { symbol?: ts.Symbol };
  if (symbol !== undefined && symbol.flags & ts.SymbolFlags.ValueModule)
    return oldExport(symbol, name, context);
  const property = checker.getPropertyOfType(plain, name);
  const interfaces = property?.declarations?.map(({ parent }) => parent) ?? symbol?.declarations ?? [];
  for (const one of interfaces) {
    if (!ts.isInterfaceDeclaration(one)) continue;
    const members = installed.members(one.getSourceFile().fileName, one.name.text);
    const found = members.find(({ old }) => old === name);
    if (found !== undefined) return found;
  }
  return undefined;
}

function oldExport(
  module: ts.Symbol,
  name: string,
  { installed, file: importing }: Context,
): OldName | undefined {
  const file = module.declarations?.[0]?.getSourceFile().fileName ?? "";
  const packageName = installed.packageOf(file);
  const found =
    packageName === undefined ? undefined : installed.export(importing.fileName, packageName, name);
  return found === undefined || found.to === packageName ? found : { ...found, new: "" };
}

/** The type of a namespace in the name of a type, such as `pots.ListPotsParams`. */
function moduleType(name: ts.EntityName, { checker }: Context): ts.Type | undefined {
  const symbol = checker.getSymbolAtLocation(name);
  if (symbol === undefined) return undefined;
  const target = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
  return checker.getTypeOfSymbolAtLocation(target, name);
}

function isIdentifier(name: string): boolean {
  return /^[A-Za-z_$][\w$]*$/.test(name);
}

function propertyName(name: string): string {
  return isIdentifier(name) ? name : JSON.stringify(name);
}
