import ts from "typescript";

/** Type-checked programs, and their errors. */
export interface Programs {
  readonly program: ts.Program;
  /** Path of a program. */
  path(index: number): string;
  /** Messages of the errors in a program. */
  errorsOf(index: number): string[];
}

/** Declarations of the language and of Node, parsed once, since parsing them takes most of the time. */
const libraries = new Map<string, ts.SourceFile | undefined>();

/**
 * Type-checks programs that import the generated packages, with the strict options of a consumer.
 *
 * @param folder that the programs are in, without being written to it; ends in `/`.
 * @param preamble start of every program.
 * @param modules files that exist nowhere else, by absolute path.
 * @param settings compiler options, such as `paths` to modules.
 */
export function checkPrograms(
  folder: string,
  preamble: string,
  codes: readonly string[],
  modules: ReadonlyMap<string, string> = new Map(),
  settings: ts.CompilerOptions = {},
): Programs {
  const path = (index: number) => `${folder}program-${index}.ts`;
  const programs = new Map(codes.map((code, index) => [path(index), `${preamble}${code}\nexport {};\n`]));
  const files = new Map([...modules, ...programs]);
  const { config } = ts.readConfigFile("tsconfig.json", ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, ".");
  const strict = { ...options, noUnusedLocals: false, ...settings };
  const host = ts.createCompilerHost(strict);
  const { readFile, fileExists, getSourceFile } = host;
  // The compiler keeps the first folder that it is asked for, which can be that of a command in another test.
  host.getCurrentDirectory = () => process.cwd();
  host.readFile = (file) => files.get(file) ?? readFile.call(host, file);
  if (modules.size > 0) host.directoryExists = () => true;
  host.fileExists = (file) => files.has(file) || fileExists.call(host, file);
  host.getSourceFile = (file, version, ...rest) => {
    const source = files.get(file);
    if (source !== undefined) return ts.createSourceFile(file, source, version, true);
    if (!file.includes("/node_modules/")) return getSourceFile.call(host, file, version, ...rest);
    if (!libraries.has(file)) libraries.set(file, getSourceFile.call(host, file, version, ...rest));
    return libraries.get(file);
  };
  const program = ts.createProgram([...programs.keys()], strict, host);
  return {
    program,
    path,
    errorsOf: (index) =>
      ts
        .getPreEmitDiagnostics(program, program.getSourceFile(path(index)))
        .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, " ")),
  };
}
