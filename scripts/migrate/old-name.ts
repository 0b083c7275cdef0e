import ts from "typescript";
import type { Context } from "./rewrite.js";

/** Old name of a member. */
interface OldName {
  readonly old: string;
  /** `""` if it must be changed by hand. */
  readonly new: string;
  readonly note: string;
}

/** Finds an old name of a member of a type, or of a module's exports. */
export function oldNameOf(type: ts.Type, name: string, context: Context): OldName | undefined {
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
  for (const one of interfaces as readonly (ts.Node | undefined)[]) {
    // `module.exports` is declared by a file, which is in nothing.
    if (one === undefined || !ts.isInterfaceDeclaration(one)) continue;
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
export function moduleType(name: ts.EntityName, { checker }: Context): ts.Type | undefined {
  const symbol = checker.getSymbolAtLocation(name);
  if (symbol === undefined) return undefined;
  const target = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
  return checker.getTypeOfSymbolAtLocation(target, name);
}
