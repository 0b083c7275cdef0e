import ts from "typescript";
import { oldNameOf } from "./old-name.js";
import { type Context, remark, whatBecameOf } from "./rewrite.js";

/** Reports old names in a value that a package gets, but that is created elsewhere, perhaps for other uses, too. */
export function reportElsewhere(node: ts.Node, context: Context): void {
  if (!isValue(node)) return;
  const { checker } = context;
  const { parent } = node;
  const isSpread = ts.isSpreadElement(parent) && ts.isArrayLiteralExpression(parent.parent);
  const expected = checker.getContextualType(isSpread ? parent.parent : node);
  if (expected === undefined) return;
  const search: Search = { context, messages: new Set(), seen: new Map() };
  findIn(checker.getTypeAtLocation(node), expected, search);
  for (const message of search.messages) remark(context, node, message);
}

/** Whether a node is an expression that names or returns a value: the parts of any other one are looked at alone. */
function isValue(node: ts.Node): node is ts.Expression {
  const { parent } = node;
  if (ts.isIdentifier(node))
    return !((ts.isPropertyAssignment(parent) || ts.isJsxAttribute(parent)) && parent.name === node);
  return (
    ts.isPropertyAccessExpression(node) ||
    ts.isElementAccessExpression(node) ||
    ts.isCallExpression(node) ||
    ts.isNewExpression(node) ||
    ts.isAwaitExpression(node)
  );
}

/** The search for old names in the type of a value. */
interface Search {
  readonly context: Context;
  /** What became of the names that were found. */
  readonly messages: Set<string>;
  /** Types that were searched, with the types that were expected there: a type can contain itself. */
  readonly seen: Map<ts.Type, Set<ts.Type>>;
}

/** Searches a type where another one is expected, which can be of a package. */
function findIn(actual: ts.Type, expected: ts.Type, search: Search): void {
  const { checker } = search.context;
  const seen = search.seen.get(actual) ?? new Set();
  if (actual === expected || seen.has(expected)) return;
  search.seen.set(actual, seen.add(expected));
  const inner = (one: ts.Type | undefined, target: ts.Type | undefined) => {
    if (one !== undefined && target !== undefined) findIn(one, target, search);
  };
  for (const target of objectsIn(expected, checker)) {
    for (const one of objectsIn(actual, checker)) {
      if (checker.isArrayLikeType(target)) inner(one.getNumberIndexType(), target.getNumberIndexType());
      else findInObject(one, target, inner, search);
    }
  }
}

function findInObject(
  actual: ts.Type,
  expected: ts.Type,
  inner: (actual: ts.Type | undefined, expected: ts.Type | undefined) => void,
  { context, messages }: Search,
): void {
  const { checker, installed } = context;
  const values = expected.getStringIndexType();
  const isOfPackage = [expected.getSymbol(), ...expected.getProperties()].some((one) => !isOwn(one, context));
  if (values === undefined && !isOfPackage) return;
  inner(actual.getStringIndexType(), values);
  for (const property of actual.getProperties()) {
    if (!isOwn(property, context)) continue;
    const { name } = property;
    const found = installed.oldMembers.has(name) ? oldNameOf(expected, name, context) : undefined;
    if (found !== undefined) messages.add(`${whatBecameOf(found)} Change it where the object is created`);
    const member = expected.getProperty(name);
    inner(checker.getTypeOfSymbol(property), member === undefined ? values : checker.getTypeOfSymbol(member));
  }
}

/** Whether no package with old names declares something. */
function isOwn(symbol: ts.Symbol | undefined, { installed }: Context): boolean {
  return (symbol?.declarations ?? []).every(
    (one) => installed.packageOf(one.getSourceFile().fileName) === undefined,
  );
}

/** A type, or those of a union, without what is no object. */
function objectsIn(type: ts.Type, checker: ts.TypeChecker): ts.Type[] {
  const plain = checker.getNonNullableType(type);
  const parts = plain.isUnion() ? plain.types : [plain];
  return parts.filter(({ flags }) => flags & (ts.TypeFlags.Object | ts.TypeFlags.Intersection));
}
