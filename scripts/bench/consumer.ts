import { mkdir, readdir, readFile, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parse } from "yaml";
import { functionName, packageName, parametersTypeName, responseTypeName } from "../model/names.js";
import { measure, median, type Usage } from "./child.js";
import { syntheticPages } from "./vendor.js";
import { generate, installed, openWorkshop, tools, transcribe, writeVendor } from "./workshop.js";

/** What a program that imports one action costs to type-check, by the size of the package. */
export interface ConsumerFigures {
  readonly actions: number;
  readonly one: Usage;
  readonly many: Usage;
}

/**
 * Type-checks a program that imports one action from its own module, once from a package with that action alone and
 * once from a package with many. Both are the declarations that are published.
 *
 * @param folder an empty folder to work in.
 */
export async function measureConsumer(
  folder: string,
  seed: number,
  actions: number,
  runs: number,
): Promise<ConsumerFigures> {
  const one = await buildConsumer(join(folder, "one"), seed, 1);
  const many = await buildConsumer(join(folder, "many"), seed, actions);
  const check = (project: string) => measure([tools.tsc, "--noEmit", "-p", project]);
  // The first of each fills the caches of the file system.
  await check(one);
  await check(many);
  const figures = { one: [] as Usage[], many: [] as Usage[] };
  for (let run = 0; run < runs; run += 1) {
    figures.one.push(await check(one));
    figures.many.push(await check(many));
  }
  return { actions, one: median(figures.one), many: median(figures.many) };
}

/** Makes a package of one product with so many actions, and a program that uses the first. @returns its folder. */
async function buildConsumer(folder: string, seed: number, actions: number): Promise<string> {
  const pages = join(folder, "pages");
  const options = { oneProduct: true };
  await writeVendor(pages, seed, actions, options);
  const workshop = await openWorkshop(folder, pages);
  await transcribe(workshop);
  await generate(workshop);
  const [first] = syntheticPages(seed, 1, options);
  if (first === undefined) throw new Error("a vendor needs at least one action");
  const scope = await scopeOf(workshop.spec);
  const packages = join(workshop.out, "packages");
  await mkdir(join(workshop.out, "node_modules", scope), { recursive: true });
  for (const name of ["openapi-fetch", "@opentelemetry", "@types", "undici-types"])
    await symlink(join(installed, name), join(workshop.out, "node_modules", name));
  for (const name of ["core", first.product]) {
    await symlink(join(packages, name), join(workshop.out, "node_modules", scope, name));
    for (const config of await configsOf(join(packages, name)))
      await measure([tools.tsc, "-p", config, "--emitDeclarationOnly"]);
  }
  return await writeProgram(
    join(workshop.out, "consumer"),
    packageName(scope, first.product),
    first.page.action,
  );
}

/** A package may have a part that is compiled by itself, with the types of a platform. */
async function configsOf(folder: string): Promise<string[]> {
  const names = (await readdir(folder)).filter((name) => /^tsconfig.*\.json$/.test(name));
  return names
    .sort()
    .reverse()
    .map((name) => join(folder, name));
}

async function writeProgram(folder: string, from: string, action: string): Promise<string> {
  const compilerOptions = {
    target: "ES2022",
    module: "NodeNext",
    lib: ["ES2022", "DOM", "DOM.Iterable"],
    types: [],
    strict: true,
  };
  const [call, params, response] = [
    functionName(action),
    parametersTypeName(action),
    responseTypeName(action),
  ];
  const program = `import { ${call}, type ${params}, type ${response} } from "${from}/actions/${action}";
import { connect } from "${from}/connect";

declare const params: ${params};
export const answer: Promise<${response}> = ${call}(connect(), params);
`;
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, "package.json"), JSON.stringify({ type: "module" }));
  await writeFile(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions, files: ["program.ts"] }));
  await writeFile(join(folder, "program.ts"), program);
  return folder;
}

async function scopeOf(spec: string): Promise<string> {
  const config = parse(await readFile(join(spec, "actiongen.yaml"), "utf8")) as {
    package: { scope: string };
  };
  return config.package.scope;
}
