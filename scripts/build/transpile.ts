import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import ts from "typescript";
import { readTree } from "../files.js";

/** Converts every TypeScript file of a folder to JavaScript in another folder, without checking types. */
export async function transpileFolder(from: string, to: string, module: ts.ModuleKind): Promise<void> {
  const compilerOptions = { target: ts.ScriptTarget.ES2022, module, esModuleInterop: true };
  for (const [path, source] of await readTree(from)) {
    const target = join(to, path.replace(/\.ts$/, ".js"));
    const { outputText } = ts.transpileModule(source, { compilerOptions, fileName: path });
    await mkdir(dirname(target), { recursive: true });
    await writeFile(target, outputText);
  }
}
