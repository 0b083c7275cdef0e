import { dirname, resolve } from "node:path";
import ts from "typescript";

/** Options under which any program can be read; those of its tsconfig.json say how its imports are found. */
const lenient: ts.CompilerOptions = {
  allowJs: true,
  checkJs: false,
  noEmit: true,
  skipLibCheck: true,
  strictNullChecks: true,
  jsx: ts.JsxEmit.Preserve,
  composite: false,
  incremental: false,
};

const defaults: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
};

/** Path of the tsconfig.json that is nearest to a file; `""` if there is none. */
export function configOf(file: string): string {
  return ts.findConfigFile(dirname(file), ts.sys.fileExists) ?? "";
}

function compilerOptions(path: string): ts.CompilerOptions {
  if (path === "") return { ...defaults, ...lenient };
  const { config } = ts.readConfigFile(path, ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent(config ?? {}, ts.sys, dirname(path));
  return { ...defaults, ...options, ...lenient };
}

/**
 * Returns a function that creates a program of files, by absolute path, whose texts change from one call to the next.
 *
 * @param config path of a tsconfig.json; `""` for the default options.
 */
export function createPrograms(config: string): (texts: ReadonlyMap<string, string>) => ts.Program {
  const options = compilerOptions(config);
  let previous: ts.Program | undefined;
  let known: ReadonlyMap<string, string> = new Map();
  const libraries = new Map<string, ts.SourceFile | undefined>();
  return (texts) => {
    const host = ts.createCompilerHost(options, true);
    const { getSourceFile } = host;
    host.getSourceFile = (path, version, ...rest) => {
      const text = texts.get(resolve(path));
      if (text === undefined) {
        if (!libraries.has(path)) libraries.set(path, getSourceFile.call(host, path, version, ...rest));
        return libraries.get(path);
      }
      const before = previous?.getSourceFile(path);
      return before !== undefined && known.get(resolve(path)) === text
        ? before
        : ts.createSourceFile(path, text, version, true);
    };
    const program = ts.createProgram([...texts.keys()], options, host, previous);
    previous = program;
    known = new Map(texts);
    return program;
  };
}
