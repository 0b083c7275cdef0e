import { mkdir, readdir, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { toolkitFolder } from "../toolkit.js";
import { measure, median, programs, type Usage } from "./measure.js";
import { openWorkspace, writePages } from "./workspace.js";

/**
 * Measures `tsc` of a program that imports one action, from a package of one action and from a package of many.
 *
 * @param folder an empty folder to work in.
 */
export async function measureConsumers(
  folder: string,
  actions: number,
  runs: number,
): Promise<{ one: Usage; many: Usage }> {
  const one = await createConsumer(join(folder, "one"), 1);
  const many = await createConsumer(join(folder, "many"), actions);
  const check = (project: string) => measure([programs.tsc, "--noEmit", "-p", project]);
  // The first runs fill the caches of the file system.
  await check(one);
  await check(many);
  const usages = { one: [] as Usage[], many: [] as Usage[] };
  for (let run = 0; run < runs; run += 1) {
    usages.one.push(await check(one));
    usages.many.push(await check(many));
  }
  return { one: median(usages.one), many: median(usages.many) };
}

/** Generates a package and writes a program that imports its first action. @returns the program's folder. */
async function createConsumer(folder: string, actions: number): Promise<string> {
  const pages = join(folder, "pages");
  await writePages(pages, actions, 1);
  const { transcribe, generate, out } = await openWorkspace(folder, pages);
  await transcribe();
  await generate();
  const modules = join(out, "node_modules");
  await mkdir(join(modules, "@dezai"), { recursive: true });
  for (const name of [
    "openapi-fetch",
    "openapi-typescript-helpers",
    "@opentelemetry",
    "@types",
    "undici-types",
  ])
    await symlink(join(toolkitFolder, "node_modules", name), join(modules, name));
  for (const name of ["core", "product0"]) {
    const source = join(out, "packages", name);
    await symlink(source, join(modules, "@dezai", name));
    // The project with Node's types imports the declarations of the other one.
    const configs = (await readdir(source))
      .filter((file) => /^tsconfig.*\.json$/.test(file))
      .sort()
      .reverse();
    for (const config of configs)
      await measure([programs.tsc, "-p", join(source, config), "--emitDeclarationOnly"]);
  }
  return await writeProgram(join(out, "consumer"));
}

async function writeProgram(folder: string): Promise<string> {
  const compilerOptions = {
    target: "ES2022",
    module: "NodeNext",
    lib: ["ES2022", "DOM", "DOM.Iterable"],
    types: [],
    strict: true,
  };
  const program = `import { createUMemBackup0000, type CreateUMemBackup0000Params } from "@dezai/product0/actions/CreateUMemBackup0000";
import { connect } from "@dezai/product0/connect";

declare const params: CreateUMemBackup0000Params;
export const id: Promise<string | undefined> = createUMemBackup0000(connect(), params).then(({ BackupId }) => BackupId);
`;
  await mkdir(folder);
  await writeFile(join(folder, "package.json"), JSON.stringify({ type: "module" }));
  await writeFile(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions, files: ["program.ts"] }));
  await writeFile(join(folder, "program.ts"), program);
  return folder;
}
