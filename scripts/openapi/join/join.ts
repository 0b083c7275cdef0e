import { Diagnostics } from "../../diagnostic.js";
import type { Action, ApiModel, OpenApiDocument, Product } from "../../model/api-model.js";
import { raw } from "../checks.js";
import { usedComponents } from "../components.js";
import { componentsExtension } from "../split/own-document.js";
import { createComponentPool } from "./component-pool.js";
import { moveAction, type OwnName } from "./move-action.js";

const pathOf = {
  virtual: (action: string) => `/${action}`,
  query: (action: string) => `/?Action=${action}`,
  fragment: (action: string) => `/#Action=${action}`,
} as const;

/** How the path of an action is told from the paths of the others. */
export type BundleForm = keyof typeof pathOf;

/** The forms that there are. */
export const bundleForms = Object.keys(pathOf) as BundleForm[];

/**
 * Writes all actions into one OpenAPI document. `load` reads the same model from it: what a document with many
 * actions has no place for is kept in extensions.
 *
 * @throws InputError where an action's document refers to a part of itself that no other document can have.
 */
export function bundle({ brand, products }: ApiModel, form: BundleForm): OpenApiDocument {
  const diagnostics = new Diagnostics();
  const pool = createComponentPool();
  const owned = products.flatMap((product) =>
    product.actions.map((action) => ({ product: product.name, action })),
  );
  const moved = owned.map(({ product, action }) =>
    moveAction(action, { product, path: pathOf[form](action.name), pool, diagnostics }),
  );
  diagnostics.throwIfAny();
  const components = pool.components();
  return {
    openapi: "3.1.0",
    info: {
      title: brand.name,
      version: brand.package.version,
      description: `Every action of ${brand.name}, each at a path of its own: the ${form} form of actiongen.`,
    },
    servers: [{ url: brand.baseUrl.replace(/\/$/, "") }],
    tags: tagsOf(
      products,
      owned.map(({ action }) => action),
    ),
    paths: Object.fromEntries(
      moved.map(({ path, item, operation, names }) => {
        const table = nameTable({ components }, item, operation, names);
        const kept = table === undefined ? operation : { ...operation, [componentsExtension]: table };
        return [path, { ...item, get: kept }];
      }),
    ),
    components,
  };
}

/** Sections of an action's components whose names and order `load` would not find by itself, if there are any. */
function nameTable(
  document: object,
  item: object,
  operation: Readonly<Record<string, unknown>>,
  names: readonly OwnName[],
): object | undefined {
  const { "x-actiongen-retcodes": _, ...rest } = operation;
  const found = usedComponents(document, { item, rest }, operation.security);
  const sections = [...new Set(names.map(({ section }) => section))].filter((section) => {
    const own = names.filter((one) => one.section === section);
    const used = found.filter((one) => one.section === section).map(({ name }) => name);
    return own.some(({ own: name, here }, index) => name !== here || name !== used[index]);
  });
  if (sections.length === 0) return undefined;
  return Object.fromEntries(
    sections.map((section) => {
      const own = names.filter((one) => one.section === section);
      return [section, Object.fromEntries(own.map(({ own: name, here }) => [name, here]))];
    }),
  );
}

/** Every product is a tag, which is how `load` knows whose an action is. */
function tagsOf(products: readonly Product[], actions: readonly Action[]): unknown[] {
  const defined = new Map<unknown, unknown>();
  for (const { document } of actions) {
    for (const tag of Array.isArray(document.tags) ? document.tags : []) {
      const { name } = raw(tag);
      if (!defined.has(name)) defined.set(name, tag);
    }
  }
  const ofProducts = products.map(({ name, title }) => defined.get(name) ?? { name, description: title });
  const others = [...defined].filter(([name]) => products.every((product) => product.name !== name));
  return [...ofProducts, ...others.map(([, tag]) => tag)];
}
