import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import ts from "typescript";
import { type Diagnostics, InputError } from "../diagnostic.js";
import { fileProblem, readRegularFile } from "../files.js";
import { toolkitFolder } from "../toolkit.js";

/** Declarations of the language, of Node and of core, which every package is compiled with. They are parsed once. */
const declarations = new Map<string, ts.SourceFile | undefined>();

/**
 * Type-checks the files that a configuration of a generated package includes, but not their imports.
 *
 * @param config path of the `tsconfig.json`.
 * @param core folder of the package of core.
 * @param diagnostics receives the errors.
 * @returns a function that writes the JavaScript files and declarations.
 * @throws InputError if the configuration, or the package.json of core, cannot be read.
 */
export function compile(config: string, core: string, diagnostics: Diagnostics): () => void {
  const path = resolve(config);
  const parsed = ts.parseJsonConfigFileContent(readJson(path), ts.sys, dirname(path), undefined, path);
  const options = { ...parsed.options, skipDefaultLibCheck: true, ...locations(core) };
  const program = ts.createProgram(parsed.fileNames, options, createHost(options));
  const sources = parsed.fileNames.map((path) => program.getSourceFile(path));
  for (const source of sources) {
    for (const { file, start = 0, messageText } of ts.getPreEmitDiagnostics(program, source)) {
      const message = ts.flattenDiagnosticMessageText(messageText, " ");
      const problem = fileProblem("compile", file?.fileName ?? config, message, help);
      const line = file === undefined ? 0 : file.getLineAndCharacterOfPosition(start).line + 1;
      diagnostics.add({ ...problem, line });
    }
  }
  return () => {
    for (const source of sources) program.emit(source);
  };
}

const help = "Generated files compile as they are: run `generate` again, and report it if the error stays.";

/** Reads a JSON file of a package. @throws InputError if it cannot be read or parsed. */
function readJson(path: string): unknown {
  const { config, error } = ts.readConfigFile(path, (file) => readRegularFile(file).toString());
  if (error === undefined) return config;
  const message = ts.flattenDiagnosticMessageText(error.messageText, " ");
  throw new InputError([fileProblem("compile", path, message, help)]);
}

/** Options with which core is found without an installation, and Node's types where the toolkit is installed. */
function locations(core: string): ts.CompilerOptions {
  const { name } = readJson(join(core, "package.json")) as { name: string };
  const dist = resolve(core, "dist/esm");
  const nodeTypes = createRequire(import.meta.url).resolve("@types/node/package.json");
  return {
    paths: { [name]: [join(dist, "index.d.ts")], [`${name}/*`]: [join(dist, "*.d.ts")] },
    typeRoots: [join(dirname(nodeTypes), "..")],
  };
}

/** A host that finds optional peers of the packages where the toolkit is installed, unless they have their own. */
function createHost(options: ts.CompilerOptions): ts.CompilerHost {
  const host = ts.createCompilerHost(options);
  const { getSourceFile } = host;
  host.getSourceFile = (path, ...rest) => {
    if (!path.endsWith(".d.ts")) return getSourceFile(path, ...rest);
    if (!declarations.has(path)) declarations.set(path, getSourceFile(path, ...rest));
    return declarations.get(path);
  };
  const toolkit = join(toolkitFolder, "package.json");
  host.resolveModuleNameLiterals = (literals, from, redirected, options, source) =>
    literals.map((literal) => {
      const mode = ts.getModeForUsageLocation(source, literal, options);
      const find = (from: string) =>
        ts.resolveModuleName(literal.text, from, options, host, undefined, redirected, mode);
      const own = find(from);
      return own.resolvedModule === undefined ? find(toolkit) : own;
    });
  return host;
}
