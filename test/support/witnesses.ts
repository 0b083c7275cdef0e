import { resolve } from "node:path";
import ts from "typescript";
import type { Renames } from "../../scripts/diff/action-pairs.js";
import type { Change } from "../../scripts/diff/change.js";
import { compareModels } from "../../scripts/diff/compare.js";
import type { Effect } from "../../scripts/diff/rules.js";
import { emitAction } from "../../scripts/emit/action.js";
import { readTemplates } from "../../scripts/emit/index.js";
import { emitPackage } from "../../scripts/emit/product.js";
import type { Templates } from "../../scripts/emit/templates.js";
import type { ApiModel, Brand, Product } from "../../scripts/model/api-model.js";
import { packageName } from "../../scripts/model/names.js";
import { consumerOf } from "./consumer.js";
import { checkPrograms } from "./programs.js";

/** Two states of a product, whose package consumers of the older one upgrade. */
export interface Upgrade {
  readonly product: string;
  /** The only action that concerns the consumers. */
  readonly action?: string;
  readonly before: ApiModel;
  readonly after: ApiModel;
  readonly renames?: Renames;
}

/** What an upgrade does to programs. */
export interface Outcome {
  /** What `diff` says of the action, otherwise of the package and of all packages. */
  readonly changes: readonly Change[];
  /** Errors of the consumer's programs with the older package: none, or the programs prove nothing. */
  readonly errorsBefore: readonly string[];
  /** The effect that the compiler shows: ordinary programs fail, only those that write every member down, or none. */
  readonly types: Effect;
  readonly errorsAfter: readonly string[];
  /** Whether the code of the package differs, apart from types and comments. */
  hasOtherCode(): boolean;
}

const folder = `${resolve("witnesses")}/`;

/** Compiles the programs of the consumers of all upgrades, in one compilation for each side. */
export async function outcomesOf(upgrades: readonly Upgrade[]): Promise<Outcome[]> {
  const consumers = upgrades.map(({ product: name, action, before }) => {
    const product = productOf(before, name);
    return consumerOf(
      product,
      before.brand,
      product.actions.find((one) => one.name === action),
    );
  });
  const programs = consumers.flatMap(({ ordinary, whole }) => [ordinary, whole]);
  const compile = async (side: "before" | "after") => {
    const emit = packageEmitter();
    const packages = await Promise.all(upgrades.map((one) => emit(one[side], one.product)));
    const modules = new Map(packages.flatMap((files) => [...files]));
    const { errorsOf } = checkPrograms(folder, "", programs, modules, options(upgrades));
    return { packages, errorsOf: (index: number) => [errorsOf(2 * index), errorsOf(2 * index + 1)] as const };
  };
  const [old, current] = [await compile("before"), await compile("after")];
  return upgrades.map(({ product, action, before, after, renames }, index) => {
    const [ordinary, whole] = current.errorsOf(index);
    const codes = [old, current].map(({ packages }) => codeOf(packages[index] ?? new Map(), action));
    return {
      changes: compareModels(before, after, renames).filter((change) =>
        action === undefined ? ["", product].includes(change.product) : concerns(change, product, action),
      ),
      errorsBefore: old.errorsOf(index).flat(),
      types: ordinary.length > 0 ? "breaks" : whole.length > 0 ? "weakens" : "none",
      errorsAfter: [...ordinary, ...whole],
      hasOtherCode: () => codes[0]?.() !== codes[1]?.(),
    };
  });
}

/** Whether a change is that of an action, also of one that has another name since. */
function concerns(change: Change, product: string, action: string): boolean {
  const old = change.rule.startsWith("action-renamed") ? change.before : change.action;
  return change.product === product && old === action;
}

function productOf({ products }: ApiModel, name: string): Product {
  return (
    products.find((product) => product.name === name) ?? {
      name,
      title: "",
      actions: [],
      retCodes: [],
      history: [],
    }
  );
}

let read: Promise<Templates> | undefined;

/** The templates, which are the same for all brands of one language. */
function templates(brand: Brand): Promise<Templates> {
  read ??= readTemplates(brand);
  return read;
}

type Files = ReadonlyMap<string, string>;

/** Emits the sources of packages, by path: those of each product once. */
function packageEmitter(): (model: ApiModel, product: string) => Promise<Files> {
  const emitted = new Map<Product, Files>();
  return async (model, name) => {
    const product = productOf(model, name);
    const files = emitted.get(product) ?? sourcesOf(product, model.brand, await templates(model.brand));
    emitted.set(product, files);
    return files;
  };
}

function sourcesOf(product: Product, brand: Brand, templates: Templates): Files {
  const source = `packages/${product.name}/src/`;
  const target = `${folder}${packageName(brand.package.scope, product.name)}/`;
  const files = [
    ...emitPackage(brand, product, templates, { aliases: [], stubs: [] }, false),
    ...product.actions.flatMap((action) => emitAction(brand, product, action, templates)),
  ];
  return new Map(
    files
      .filter(({ path }) => path.startsWith(source))
      .map(({ path, content }) => [target + path.slice(source.length), content]),
  );
}

/** Finds the packages, and the core package that they share: the sources that are copied to it. */
function options(upgrades: readonly Upgrade[]): ts.CompilerOptions {
  const scopes = [
    ...new Set(
      upgrades.flatMap(({ before, after }) => [before.brand.package.scope, after.brand.package.scope]),
    ),
  ];
  const paths = scopes.flatMap((scope): [string, string[]][] => [
    [`${scope}/core`, [resolve("templates/runtime/index.ts")]],
    [`${scope}/core/*`, [resolve("templates/runtime/*.ts")]],
    [`${scope}/*`, [`${folder}${scope}/*`, `${folder}${scope}/*/index.ts`]],
  ]);
  return {
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    paths: Object.fromEntries(paths),
    noUncheckedIndexedAccess: false,
    noUnusedParameters: false,
  };
}

/** The code of a package, or of an action, as JavaScript without comments. */
function codeOf(files: Files, action: string | undefined): () => string {
  const compilerOptions = { target: ts.ScriptTarget.ES2022, removeComments: true };
  const own = [...files].filter(([path]) => action === undefined || path.endsWith(`/actions/${action}.ts`));
  return () =>
    own.map(([, content]) => ts.transpileModule(content, { compilerOptions }).outputText).join("\n");
}
