import ts from "typescript";
import type { MovedExport } from "../model/migration.js";
import { type Context, remark, replace, replaceString, visit, whatBecameOf } from "./rewrite.js";

/** The module of a package that a string names. */
export interface Source {
  readonly packageName: string;
  /** `actions/DescribeUMemSpace`; `""` for the index. */
  readonly module: string;
}

/** Replaces the paths of modules that are called otherwise, and old names in types such as `import("@acme/pots").Pot`. */
export function rewriteModules(context: Context): void {
  visit(context.file, (node) => {
    if (ts.isStringLiteralLike(node)) rewritePath(node, context);
    else if (ts.isImportTypeNode(node)) rewriteImportType(node, context);
  });
}

/** Replaces the path of a module that is called otherwise. Reports strings with such a path that may be anything. */
function rewritePath(literal: ts.StringLiteralLike, context: Context): void {
  const source = sourceOf(literal.text, context);
  const moved = source && source.module !== "" ? exportOf(source, source.module, context) : undefined;
  if (moved === undefined) return;
  if (moved.new === "") remark(context, literal, whatBecameOf({ ...moved, old: literal.text }));
  else if (isModuleName(literal)) replaceString(context, literal, `${moved.to}/${moved.new}`);
  else
    remark(
      context,
      literal,
      `${literal.text} is also the path of a module, which is now ${moved.to}/${moved.new}`,
    );
}

/** Whether a string says which module is imported. */
export function isModuleName({ parent }: ts.StringLiteralLike): boolean {
  if (ts.isCallExpression(parent)) {
    const { expression } = parent;
    const isRequire = ts.isIdentifier(expression) && expression.text === "require";
    return isRequire || expression.kind === ts.SyntaxKind.ImportKeyword;
  }
  return (
    ts.isImportDeclaration(parent) ||
    ts.isExportDeclaration(parent) ||
    ts.isExternalModuleReference(parent) ||
    (ts.isLiteralTypeNode(parent) && ts.isImportTypeNode(parent.parent))
  );
}

/** Replaces the name in a type such as `import("@acme/pots").ListPotsParams`. */
function rewriteImportType({ argument, qualifier }: ts.ImportTypeNode, context: Context): void {
  if (qualifier === undefined || !ts.isLiteralTypeNode(argument) || !ts.isStringLiteral(argument.literal))
    return;
  let name = qualifier;
  while (ts.isQualifiedName(name)) name = name.left;
  const source = sourceOf(argument.literal.text, context);
  const one = source && exportOf(source, name.text, context);
  if (source === undefined || one === undefined) return;
  if (one.new === "") remark(context, name, whatBecameOf(one));
  else {
    const isLeaving = one.to !== source.packageName && source.module === "";
    if (isLeaving) replaceString(context, argument.literal, one.to);
    if (one.new !== one.old) replace(context, name, one.new);
  }
}

/** Finds an export of the package that a file imports, or a module by its path. */
export function exportOf(
  { packageName }: Source,
  name: string,
  { installed, file }: Context,
): MovedExport | undefined {
  return installed.export(file.fileName, packageName, name);
}

/** Splits the name of an imported module; `undefined` if it is not that of a package with old names. */
export function sourceOf(text: string, { installed }: Context): Source | undefined {
  const [, packageName = "", module = ""] = /^(@[^/]+\/[^/]+)(?:\/(.+))?$/.exec(text) ?? [];
  return installed.packages.has(packageName)
    ? { packageName, module: module.replace(/\.js$/, "") }
    : undefined;
}
