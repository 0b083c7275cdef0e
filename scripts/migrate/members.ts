import ts from "typescript";
import { reportElsewhere } from "./elsewhere.js";
import { isModuleName, sourceOf } from "./modules.js";
import { moduleType, oldNameOf } from "./old-name.js";
import { type Context, remark, replace, replaceString, visit, whatBecameOf } from "./rewrite.js";

/** Replaces old names of parameters, response fields and methods, where the types prove that they are those of a package. */
export function rewriteMembers(context: Context): void {
  const { file, checker } = context;
  const typeOf = (node: ts.Node) => checker.getTypeAtLocation(node);
  const hasPackage = importsPackage(context);
  visit(file, (node) => {
    if (ts.isPropertyAccessExpression(node)) {
      rewriteName(node.name, typeOf(node.expression), context);
      if (hasPackage) reportUnknown(node.name, typeOf(node.expression), context);
    } else if (ts.isElementAccessExpression(node)) {
      rewriteKey(node, context);
    } else if (ts.isBinaryExpression(node)) {
      if (node.operatorToken.kind === ts.SyntaxKind.InKeyword && ts.isStringLiteralLike(node.left))
        rewriteName(node.left, typeOf(node.right), context);
    } else if (ts.isQualifiedName(node)) rewriteName(node.right, moduleType(node.left, context), context);
    else if (ts.isObjectBindingPattern(node)) rewritePattern(node, hasPackage, context);
    else if (ts.isObjectLiteralExpression(node)) rewriteLiteral(node, context);
    else if (ts.isIndexedAccessTypeNode(node))
      rewriteLiteralType(node.indexType, checker.getTypeFromTypeNode(node.objectType), context);
    else if (ts.isTypeReferenceNode(node)) rewriteUtilityType(node, context);
    reportElsewhere(node, context);
  });
}

/** Whether a file imports a package with old names in any way. */
function importsPackage(context: Context): boolean {
  let found = false;
  visit(context.file, (node) => {
    found ||=
      ts.isStringLiteralLike(node) && isModuleName(node) && sourceOf(node.text, context) !== undefined;
  });
  return found;
}

type Key = ts.Identifier | ts.StringLiteralLike;
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

/** Replaces the name in `body["Old"]`, and reports that of a constant, as in `body[key]`. */
function rewriteKey({ expression, argumentExpression: key }: ts.ElementAccessExpression, context: Context) {
  const { checker } = context;
  const object = checker.getTypeAtLocation(expression);
  if (ts.isStringLiteralLike(key)) return rewriteName(key, object, context);
  const type = checker.getTypeAtLocation(key);
  const found = type.isStringLiteral() ? oldNameOf(object, type.value, context) : undefined;
  if (found !== undefined) remark(context, key, whatBecameOf(found));
}

/** Reports a name of an object that can be anything. */
function reportUnknown(name: Name, { flags }: ts.Type, context: Context): void {
  if (flags & ts.TypeFlags.Any && context.installed.oldMembers.has(name.text))
    remark(context, name, `${name.text} may be an old name: the type of the object is not known`);
}

function rewritePattern(pattern: ts.ObjectBindingPattern, hasPackage: boolean, context: Context): void {
  const type = context.checker.getTypeAtLocation(pattern);
  for (const { name, propertyName, dotDotDotToken } of pattern.elements) {
    const key = keyOf(propertyName ?? name);
    if (dotDotDotToken !== undefined || key === undefined) continue;
    if (hasPackage) reportUnknown(key, type, context);
    if (propertyName !== undefined) rewriteName(key, type, context);
    else rewriteShorthand(key, type, context);
  }
}

/** Replaces `{ Old }` by `{ New: Old }`. */
function rewriteShorthand(name: Key, type: ts.Type, context: Context): void {
  const found = oldNameOf(type, name.text, context);
  if (found === undefined) return;
  if (found.new === "") remark(context, name, whatBecameOf(found));
  else replace(context, name, `${propertyName(found.new)}: ${name.text}`);
}

/** Replaces the names of an object that is created, or taken apart. */
function rewriteLiteral(literal: ts.ObjectLiteralExpression, context: Context): void {
  const source = sourceType(literal, context);
  const type = source ?? context.checker.getContextualType(literal);
  if (type === undefined) return;
  const names = new Set(literal.properties.map(({ name }) => keyOf(name)?.text));
  for (const property of literal.properties) {
    const key = keyOf(property.name);
    const found = key && oldNameOf(type, key.text, context);
    if (key === undefined || found === undefined) continue;
    if (found.new === "") remark(context, key, whatBecameOf(found));
    else if (source === undefined && names.has(found.new))
      remark(context, key, `${whatBecameOf(found)} ${found.new} is there, too`);
    else {
      names.add(found.new);
      if (ts.isShorthandPropertyAssignment(property)) rewriteShorthand(key, type, context);
      else if (ts.isStringLiteralLike(key)) replaceString(context, key, found.new);
      else replace(context, key, propertyName(found.new));
    }
  }
}

/** The type that an assignment such as `({ Title } = body)` takes apart; `undefined` if a literal creates a value. */
function sourceType(literal: ts.Expression, context: Context): ts.Type | undefined {
  const { checker } = context;
  const { parent } = literal;
  const present = (type: ts.Type | undefined) => type && checker.getNonNullableType(type);
  const itemOf = (type: ts.Type | undefined) => present(present(type)?.getNumberIndexType());
  if (ts.isBinaryExpression(parent) && parent.left === literal) {
    if (parent.operatorToken.kind !== ts.SyntaxKind.EqualsToken) return undefined;
    return sourceType(parent, context) ?? checker.getTypeAtLocation(parent.right);
  }
  if (ts.isForOfStatement(parent) && parent.initializer === literal)
    return itemOf(checker.getTypeAtLocation(parent.expression));
  if (ts.isArrayLiteralExpression(parent)) return itemOf(sourceType(parent, context));
  if (!ts.isPropertyAssignment(parent) || parent.initializer !== literal) return undefined;
  const key = keyOf(parent.name);
  const property = key && present(sourceType(parent.parent, context))?.getProperty(key.text);
  return property && present(checker.getTypeOfSymbol(property));
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

/** The name of a property as it is written; `undefined` if other code computes it. */
function keyOf(name: ts.PropertyName | ts.BindingName | undefined): Key | undefined {
  if (name === undefined || ts.isIdentifier(name) || ts.isStringLiteralLike(name)) return name;
  return ts.isComputedPropertyName(name) && ts.isStringLiteralLike(name.expression)
    ? name.expression
    : undefined;
}

function isIdentifier(name: string): boolean {
  return /^[A-Za-z_$][\w$]*$/.test(name);
}

function propertyName(name: string): string {
  return isIdentifier(name) ? name : JSON.stringify(name);
}
