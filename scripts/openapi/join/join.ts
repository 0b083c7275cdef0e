import type { Action, ApiModel, OpenApiDocument, Product } from "../../model/api-model.js";
import { type RenamedComponent, usedComponents } from "../components.js";
import { followReferences, type Raw, raw } from "../pointer.js";
import { componentsExtension } from "../split/own-document.js";
import { createComponentPool } from "./component-pool.js";
import { type DistinctAction, distinctActions } from "./distinct-actions.js";
import { type MovedAction, moveAction } from "./move-action.js";

const pathOf = {
  virtual: (action: string) => `/${action}`,
  query: (action: string) => `/?Action=${action}`,
  fragment: (action: string) => `/#Action=${action}`,
} as const;

/** The form of the paths, which must differ from action to action. */
export type BundleForm = keyof typeof pathOf;

/** All forms. */
export const bundleForms = Object.keys(pathOf) as BundleForm[];

/**
 * Joins all actions in one OpenAPI document. Reading it gives the same model: what a document with many actions cannot
 * express is kept in extensions. An action of several products is one operation, which reading gives to the first product.
 *
 * @throws InputError with every action that two products describe differently.
 */
export function bundle({ brand, products }: ApiModel, form: BundleForm): OpenApiDocument {
  const { moved, components } = moveActions(distinctActions(products));
  return {
    openapi: "3.1.0",
    info: {
      title: brand.name,
      version: brand.package.version,
      description: `Every action of ${brand.name}, each at a path of its own: the ${form} form of actiongen.`,
    },
    servers: [{ url: brand.baseUrl.replace(/\/$/, "") }],
    tags: tagsOf(products),
    paths: Object.fromEntries(
      moved.map(([name, { item, operation, names }]) => {
        const table = nameTable({ components }, item, operation, names);
        const get = table === undefined ? operation : { ...operation, [componentsExtension]: table };
        return [pathOf[form](name), { ...item, get }];
      }),
    ),
    components,
  };
}

/**
 * Joins the actions of a product in one OpenAPI document for tools that generate types: `/<Action>` is the path of an
 * action, which is therefore not a parameter.
 */
export function productDocument(product: Product): OpenApiDocument {
  const { moved, components } = moveActions(distinctActions([product]));
  const withoutAction = (operation: Raw) => ({
    ...operation,
    parameters: [operation.parameters ?? []]
      .flat()
      .filter((parameter) => raw(followReferences({ components }, parameter, []).value).name !== "Action"),
  });
  return {
    openapi: "3.1.0",
    info: { title: product.title, version: "1.0.0" },
    paths: Object.fromEntries(
      moved.map(([name, { item, operation }]) => [
        pathOf.virtual(name),
        { ...item, get: withoutAction(operation) },
      ]),
    ),
    components,
  };
}

/** The actions by name, and the components of all. */
function moveActions(actions: readonly DistinctAction[]): {
  moved: (readonly [name: string, action: MovedAction])[];
  components: Record<string, Record<string, unknown>>;
} {
  const pool = createComponentPool();
  const moved = actions.map(
    ({ action, products }) => [action.name, moveAction(action, products, pool)] as const,
  );
  return { moved, components: pool.components() };
}

/** Sections of an action's components whose names and order differ from what a reader finds by itself, if any. */
function nameTable(
  document: object,
  item: object,
  operation: Raw,
  names: readonly RenamedComponent[],
): object | undefined {
  const { "x-actiongen-retcodes": _, ...rest } = operation;
  const found = usedComponents(document, { item, rest }, operation.security);
  const sections = [...new Set(names.map(({ section }) => section))].flatMap((section) => {
    const own = names.filter((one) => one.section === section);
    const used = found.filter((one) => one.section === section).map(({ name }) => name);
    if (own.every(({ own: name, here }, index) => name === here && name === used[index])) return [];
    return [[section, Object.fromEntries(own.map(({ own: name, here }) => [name, here]))]];
  });
  return sections.length === 0 ? undefined : Object.fromEntries(sections);
}

/** Every product is a tag, from which a reader takes the product of an action. */
function tagsOf(products: readonly Product[]): unknown[] {
  const actions: readonly Action[] = products.flatMap((product) => product.actions);
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
