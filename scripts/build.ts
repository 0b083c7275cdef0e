import { cp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";

/** Build of every generated package: ES modules and declarations by the compiler, CommonJS from the same sources. */

const root = fileURLToPath(new URL("..", import.meta.url));
const packages = join(root, "generated/packages");

// `npm run build:toolkit` follows and leaves what it does not overwrite.
await rm(join(root, "dist"), { recursive: true, force: true });

// The other packages import the declarations of core.
const names = (await readdir(packages)).sort((a, b) => Number(b === "core") - Number(a === "core"));
for (const name of names) await buildPackage(join(packages, name));
console.log(`Built ${names.length} packages.`);

async function buildPackage(folder: string): Promise<void> {
  await rm(join(folder, "dist"), { recursive: true, force: true });
  // Two programs: sources for every platform are compiled without Node's types.
  const configs = (await readdir(folder)).filter((file) => /^tsconfig(?:\.\w+)?\.json$/.test(file));
  const sources = configs.sort().flatMap((config) => compile(join(folder, config)));
  await addCommonJs(join(folder, "dist"), folder, sources);
}

/** Compiles the files that a configuration includes, but not their imports. @returns paths of the files. */
function compile(config: string): string[] {
  const { config: json } = ts.readConfigFile(config, ts.sys.readFile);
  const { options, fileNames } = ts.parseJsonConfigFileContent(
    json,
    ts.sys,
    dirname(config),
    undefined,
    config,
  );
  const program = ts.createProgram(fileNames, { ...options, skipDefaultLibCheck: true });
  const sources = fileNames.map((path) => program.getSourceFile(path));
  const problems = sources.flatMap((source) => [
    ...ts.getPreEmitDiagnostics(program, source),
    ...program.emit(source).diagnostics,
  ]);
  if (problems.length > 0) {
    const host = ts.createCompilerHost(options);
    console.error(ts.formatDiagnostics(ts.sortAndDeduplicateDiagnostics(problems), host));
    process.exit(1);
  }
  return fileNames;
}

async function addCommonJs(dist: string, folder: string, sources: readonly string[]): Promise<void> {
  // The declarations are the same: the package.json beside the copies makes them describe CommonJS modules.
  await cp(join(dist, "esm"), join(dist, "cjs"), {
    recursive: true,
    filter: (path) => !/\.js(\.map)?$/.test(path),
  });
  await writeFile(join(dist, "cjs", "package.json"), '{ "type": "commonjs" }\n');
  for (const source of sources) {
    const path = source.slice(join(folder, "src").length + 1).replace(/\.ts$/, ".js");
    const { outputText } = ts.transpileModule(await readFile(source, "utf8"), {
      compilerOptions: {
        target: ts.ScriptTarget.ES2022,
        module: ts.ModuleKind.CommonJS,
        esModuleInterop: true,
      },
      fileName: source,
    });
    await writeFile(join(dist, "cjs", path), outputText);
  }
}
