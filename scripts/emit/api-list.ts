import { posix } from "node:path";
import ts from "typescript";
import type { GeneratedFile } from "../model/api-model.js";
import type { Templates } from "./templates.js";

/** What a module exports under a name. */
interface Export {
  readonly name: string;
  readonly isType: boolean;
  /** A function with its parameters and result, a constant and a type with what the code declares, a class or an interface with its base. */
  readonly code: string;
  /** The other package that it is exported from, whose own list has its code; `""` if it is this one. */
  readonly from: string;
  readonly deprecated: boolean;
  /** Of an interface; empty for anything else. */
  readonly members: readonly { readonly code: string; readonly deprecated: boolean }[];
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
    const file = ts.createSourceFile(path, text, ts.ScriptTarget.ES2022, true);
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
      const others = { name, isType: isTypeOnly || isType, code: name, from: isOwn ? "" : from };
      return all.find((one) => one.name === name) ?? { ...others, deprecated: false, members: [] };
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
  const deprecated = ts.getJSDocDeprecatedTag(statement) !== undefined;
  if (ts.isVariableStatement(statement))
    return statement.declarationList.declarations.map(({ name, type }) => {
      const text = name.getText(file);
      return {
        name: text,
        isType: false,
        code: text + (type === undefined ? "" : `: ${oneLineOf(type, file)}`),
        from: "",
        deprecated,
        members: [],
      };
    });
  const name = (statement as ts.DeclarationStatement).name?.getText(file) ?? "";
  const isType = !ts.isFunctionDeclaration(statement) && !ts.isClassDeclaration(statement);
  const members = ts.isInterfaceDeclaration(statement)
    ? statement.members.map((one) => memberOf(one, file))
    : [];
  return [{ name, isType, code: heading(statement, name, file), from: "", deprecated, members }];
}

function memberOf(member: ts.TypeElement, file: ts.SourceFile) {
  const code = oneLineOf(member, file).replace(/;$/, "");
  return { code, deprecated: ts.getJSDocDeprecatedTag(member) !== undefined };
}

/** The code of a declaration without its body and keyword, except for that of a class. */
function heading(node: ts.Statement, name: string, file: ts.SourceFile): string {
  if (ts.isTypeAliasDeclaration(node))
    return oneLine(file.text.slice(node.name.pos, node.end).replace(/;$/, ""));
  if (ts.isFunctionDeclaration(node)) {
    const code = file.text.slice(node.name?.getStart(file), node.body?.getStart(file) ?? node.end);
    // Programs cannot write the name that generated code has for a module.
    return oneLine(code).replaceAll("$checks.", "");
  }
  if (!ts.isClassDeclaration(node) && !ts.isInterfaceDeclaration(node)) return name;
  const code = oneLine(file.text.slice(node.name?.getStart(file), node.members.pos - 1));
  return ts.isClassDeclaration(node) ? `class ${code}` : code;
}

function oneLineOf(node: ts.Node, file: ts.SourceFile): string {
  return oneLine(node.getText(file));
}

/** Code on one line; strings stay as they are. */
function oneLine(code: string): string {
  const strings: string[] = [];
  return code
    .replaceAll(/"(?:[^"\\\n]|\\.)*"/g, (text) => `"${strings.push(text) - 1}"`)
    .replaceAll(/\s+/g, " ")
    .replaceAll(/,? \)/g, ")")
    .replaceAll("( ", "(")
    .replace("= | ", "= ")
    .trim()
    .replaceAll(/"(\d+)"/g, (_, index) => strings[Number(index)] ?? "");
}
