import ts from "typescript";

/** Type-checked programs, and their errors. */
export interface Programs {
  readonly program: ts.Program;
  /** Path of a program. */
  path(index: number): string;
  /** Messages of the errors in a program. */
  errorsOf(index: number): string[];
}

/**
 * Type-checks programs that import the generated packages, with the strict options of a consumer.
 *
 * @param folder that the programs are in, without being written to it; ends in `/`.
 * @param preamble start of every program.
 */
export function checkPrograms(folder: string, preamble: string, codes: readonly string[]): Programs {
  const path = (index: number) => `${folder}program-${index}.ts`;
  const files = new Map(codes.map((code, index) => [path(index), `${preamble}${code}\nexport {};\n`]));
  const { config } = ts.readConfigFile("tsconfig.json", ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, ".");
  const strict = { ...options, noUnusedLocals: false };
  const host = ts.createCompilerHost(strict);
  const { readFile, fileExists, getSourceFile } = host;
  host.readFile = (file) => files.get(file) ?? readFile.call(host, file);
  host.fileExists = (file) => files.has(file) || fileExists.call(host, file);
  host.getSourceFile = (file, version, ...rest) => {
    const source = files.get(file);
    return source === undefined
      ? getSourceFile.call(host, file, version, ...rest)
      : ts.createSourceFile(file, source, version, true);
  };
  const program = ts.createProgram([...files.keys()], strict, host);
  return {
    program,
    path,
    errorsOf: (index) =>
      ts
        .getPreEmitDiagnostics(program, program.getSourceFile(path(index)))
        .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, " ")),
  };
}
