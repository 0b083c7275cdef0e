import { dirname, resolve } from "node:path";
import ts from "typescript";
import { toSlashes } from "../files.js";

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

/**
 * Returns a function that finds the tsconfig.json with the options of a file: the nearest one, or the one that includes the file
 * if the nearest one only refers to others. `""` if there is none.
 */
export function configFinder(): (file: string) => string {
  const referred = new Map<string, readonly Project[]>();
  return (file) => {
    const nearest = ts.findConfigFile(dirname(file), ts.sys.fileExists) ?? "";
    const projects = referred.get(nearest) ?? projectsOf(nearest);
    referred.set(nearest, projects);
    return projects.find(({ files }) => files.has(toSlashes(file)))?.path ?? nearest;
  };
}

/** A tsconfig.json with the files that it includes. */
interface Project {
  readonly path: string;
  readonly files: ReadonlySet<string>;
}

/** What a tsconfig.json without files refers to. */
function projectsOf(path: string): Project[] {
  if (path === "") return [];
  const { fileNames, projectReferences = [] } = parseConfig(path);
  if (fileNames.length > 0) return [];
  return projectReferences
    .map((reference) => ts.resolveProjectReferencePath(reference))
    .filter(ts.sys.fileExists)
    .map((target) => ({ path: target, files: new Set(parseConfig(target).fileNames) }));
}

function parseConfig(path: string): ts.ParsedCommandLine {
  const { config } = ts.readConfigFile(path, ts.sys.readFile);
  return ts.parseJsonConfigFileContent(config ?? {}, ts.sys, dirname(path));
}

function compilerOptions(path: string): ts.CompilerOptions {
  return { ...defaults, ...(path === "" ? {} : parseConfig(path).options), ...lenient };
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
