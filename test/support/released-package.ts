import { mkdir, symlink, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { build } from "esbuild";
import ts from "typescript";
import { compareModels } from "../../scripts/diff/compare.js";
import { messageOf } from "../../scripts/diff/messages.js";
import { emitProduct, readTemplates } from "../../scripts/emit/index.js";
import { load } from "../../scripts/load.js";
import { createPrograms } from "../../scripts/migrate/program.js";
import type { Brand, Product } from "../../scripts/model/api-model.js";
import type { Release } from "../../scripts/model/release.js";
import { summarize } from "../../scripts/model/summary.js";
import type { ActionParts } from "./action-document.js";
import { builtProduct } from "./built-product.js";
import { once } from "./once.js";

/** Actions of a product in one state, by name. */
export type State = Readonly<Record<string, ActionParts>>;

const brandOf = once(async () => (await load("test/data/spec")).brand);
const templatesOf = once(async () => await readTemplates(await brandOf()));

/**
 * A product with its history: version 0.1.0 has the first state, 0.2.0 the second, and so on.
 *
 * @param version that its package has. Default: that of the last state.
 */
export async function releasedProduct(
  states: readonly State[],
  renames: Readonly<Record<string, string>> = {},
  version = `0.${states.length}.0`,
): Promise<{ product: Product; brand: Brand }> {
  const brand = await brandOf();
  const products = states.map((state) => builtProduct(state).product);
  const history = products.map((product, index): Release => {
    const before = products[index - 1];
    const models = [before, product].map((one) => ({ brand, products: one === undefined ? [] : [one] }));
    const [old, current] = models as [(typeof models)[0], (typeof models)[0]];
    const changes = before === undefined ? [] : compareModels(old, current, renames);
    return {
      version: `0.${index + 1}.0`,
      date: "2026-11-27",
      core: "0.1.0",
      changes: changes.map((change) => ({ ...change, message: messageOf(change) })),
    };
  });
  const last = products.at(-1) as Product;
  const settings = { ...brand.package, versions: { ...brand.package.versions, [last.name]: version } };
  return { product: { ...last, history: history.reverse() }, brand: { ...brand, package: settings } };
}

/** The files of a product's package, by path in the package. */
export async function packageFiles(
  { product, brand }: { product: Product; brand: Brand },
  others: readonly Product[] = [],
): Promise<Map<string, string>> {
  const summaries = [product, ...others].map((one) => summarize(one, brand));
  const files = await emitProduct(brand, product, summaries, await templatesOf());
  const prefix = `packages/${product.name}/`;
  return new Map(
    files.flatMap(({ path, content }) =>
      path.startsWith(prefix) ? [[path.slice(prefix.length), content]] : [],
    ),
  );
}

/** Installs a package, and the core package of this repository, in a folder. */
export async function install(
  folder: string,
  name: string,
  files: ReadonlyMap<string, string>,
): Promise<void> {
  const scope = join(folder, "node_modules/@dezai");
  for (const [path, content] of files) {
    await mkdir(dirname(join(scope, name, path)), { recursive: true });
    await writeFile(join(scope, name, path), content);
  }
  await symlink(resolve("generated/packages/core"), join(scope, "core"), "dir").catch((error) => {
    if (error.code !== "EEXIST") throw error;
  });
}

/** Runs a module that imports the packages of a folder. @returns its exports. */
export async function run(folder: string, code: string): Promise<Record<string, unknown>> {
  const { outputFiles } = await build({
    stdin: { contents: code, loader: "ts", resolveDir: folder },
    bundle: true,
    write: false,
    format: "esm",
    platform: "node",
    conditions: ["@actiongen/source"],
  });
  const text = outputFiles[0]?.text ?? "";
  return await import(`data:text/javascript;base64,${Buffer.from(text).toString("base64")}`);
}

const config = {
  compilerOptions: {
    strict: true,
    target: "ES2022",
    // That of platforms takes long to read, and no program here uses it.
    lib: ["ES2022"],
    module: "ESNext",
    moduleResolution: "Bundler",
    customConditions: ["@actiongen/source"],
    types: [],
  },
};

/** Writes the tsconfig.json of programs that import the packages of a folder. */
export async function writeConfig(folder: string): Promise<void> {
  await writeFile(join(folder, "tsconfig.json"), JSON.stringify(config));
}

/** The compiler's errors in programs of a folder, by the name of their file. */
export function errorsIn<Name extends string>(
  folder: string,
  programs: Readonly<Record<Name, string>>,
): Record<Name, string[]> {
  const texts = new Map(Object.entries<string>(programs).map(([name, text]) => [join(folder, name), text]));
  const program = createPrograms(join(folder, "tsconfig.json"))(texts);
  const errorsOf = (name: string) =>
    ts
      .getPreEmitDiagnostics(program, program.getSourceFile(join(folder, name)))
      .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, " "));
  return Object.fromEntries(Object.keys(programs).map((name) => [name, errorsOf(name)])) as Record<
    Name,
    string[]
  >;
}
