import { posix } from "node:path";
import ts from "typescript";
import type { GeneratedFile } from "../model/api-model.js";
import type { Templates } from "./templates.js";

/** What a module exports under a name. */
interface Export {
  readonly name: string;
  readonly isType: boolean;
  /** A function with its parameters and result, a class with its base, otherwise the name. */
  readonly code: string;
}

/**
 * `api.md` of a package: what its entries export, read from their sources.
 *
 * @param files the files of the package.
 * @param entries modules of `src`, without extension; those of patterns (`actions/*`) are left out.
 */
export function emitApiList(
  folder: string,
  name: string,
  files: readonly GeneratedFile[],
  entries: readonly string[],
  templates: Templates,
): GeneratedFile {
  const sources = new Map(files.map(({ path, content }) => [path, content]));
  const read = exportReader(sources);
  const listed = entries
    .filter((entry) => !entry.includes("*"))
    .map((entry) => {
      const all = read(`${folder}/src/${entry}.ts`);
      return {
        module: entry === "index" ? name : `${name}/${entry}`,
        values: all.filter(({ isType }) => !isType),
        types: all.filter(({ isType }) => isType),
      };
    });
  const content = templates.render("package/api.md.hbs", { package: name, entries: listed });
  return { path: `${folder}/api.md`, content };
}

/** Returns a function that reads the exports of a module, and of those that it exports from. */
function exportReader(sources: ReadonlyMap<string, string>): (path: string) => readonly Export[] {
  const known = new Map<string, readonly Export[]>();

  function read(path: string): readonly Export[] {
    const found = known.get(path) ?? exportsOf(path);
    known.set(path, found);
    return found;
  }

  function exportsOf(path: string): Export[] {
    const text = sources.get(path);
    if (text === undefined) throw new Error(`${path} is exported, but not generated.`);
    const file = ts.createSourceFile(path, text, ts.ScriptTarget.ES2022);
    return file.statements.flatMap((statement) =>
      ts.isExportDeclaration(statement) ? reexports(statement, path) : declared(statement, file),
    );
  }

  function reexports(
    { exportClause, moduleSpecifier, isTypeOnly }: ts.ExportDeclaration,
    path: string,
  ): Export[] {
    const from = moduleSpecifier === undefined ? "" : (moduleSpecifier as ts.StringLiteral).text;
    const isOwn = from.startsWith(".");
    const all = isOwn ? read(posix.join(posix.dirname(path), from.replace(/\.js$/, ".ts"))) : [];
    if (exportClause === undefined || ts.isNamespaceExport(exportClause)) return [...all];
    return exportClause.elements.map(({ name: { text: name }, isTypeOnly: isType }) => {
      const others = { name, isType: isTypeOnly || isType, code: name };
      return all.find((one) => one.name === name) ?? others;
    });
  }

  return read;
}

/** The exports of a declaration. */
function declared(statement: ts.Statement, file: ts.SourceFile): Export[] {
  const isExported =
    ts.canHaveModifiers(statement) &&
    ts.getModifiers(statement)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword);
  if (!isExported) return [];
  const value = (name: string, code = name) => [{ name, isType: false, code }];
  if (ts.isVariableStatement(statement))
    return statement.declarationList.declarations.flatMap(({ name }) => value(name.getText(file)));
  const { name } = statement as ts.DeclarationStatement;
  const text = name?.getText(file) ?? "";
  if (ts.isFunctionDeclaration(statement) || ts.isClassDeclaration(statement))
    return value(text, heading(statement, file));
  return [{ name: text, isType: true, code: text }];
}

/** The code of a function or class up to its body, from its name on. */
function heading(node: ts.FunctionDeclaration | ts.ClassDeclaration, file: ts.SourceFile): string {
  const start = node.name?.getStart(file) ?? 0;
  const end = ts.isClassDeclaration(node) ? node.members.pos - 1 : (node.body?.getStart(file) ?? node.end);
  const code = file.text
    .slice(start, end)
    .replaceAll(/\s+/g, " ")
    .replaceAll(/,? \)/g, ")")
    .replaceAll("( ", "(");
  return `${ts.isClassDeclaration(node) ? "class " : ""}${code.trim()}`;
}
