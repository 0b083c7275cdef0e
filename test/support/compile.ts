import { resolve } from "node:path";
import ts from "typescript";

/** Type definitions of the language, parsed once, since parsing them takes most of the time. */
const libraries = new Map<string, ts.SourceFile | undefined>();

/**
 * Type-checks programs with strict options, including the declarations of packages.
 *
 * @param names paths of the files, relative to the folder.
 * @param options compiler options, as in tsconfig.json.
 * @returns the paths of the files that the compiler read, and its errors.
 */
export function compile(
  folder: string,
  names: readonly string[],
  options: Readonly<Record<string, unknown>>,
): { read: string[]; errors: string[] } {
  const json = {
    strict: true,
    target: "ES2022",
    lib: ["ES2022", "DOM", "DOM.Iterable"],
    types: [],
    noEmit: true,
    skipDefaultLibCheck: true,
    ...options,
  };
  const converted = ts.convertCompilerOptionsFromJson(json, folder);
  const host = ts.createCompilerHost(converted.options);
  const { getSourceFile } = host;
  host.getCurrentDirectory = () => folder;
  host.getSourceFile = (path, ...rest) => {
    if (!/\/typescript\/lib\/lib\.[\w.]+\.d\.ts$/.test(path)) return getSourceFile(path, ...rest);
    if (!libraries.has(path)) libraries.set(path, getSourceFile(path, ...rest));
    return libraries.get(path);
  };
  const files = names.map((name) => resolve(folder, name));
  const program = ts.createProgram(files, converted.options, host);
  program.emit();
  const diagnostics = [...converted.errors, ...ts.getPreEmitDiagnostics(program)];
  return {
    read: program.getSourceFiles().map(({ fileName }) => fileName),
    errors: diagnostics.map((one) => ts.formatDiagnostic(one, host)),
  };
}
