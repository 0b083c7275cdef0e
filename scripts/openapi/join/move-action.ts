import type { Action } from "../../model/api-model.js";
import { type ComponentKey, type RenamedComponent, renamer } from "../components.js";
import { pointerTo, type Raw, raw, valueAt } from "../pointer.js";
import { sourceExtension } from "../split/own-document.js";
import type { ComponentPool } from "./component-pool.js";

/** An action in the bundle. */
export interface MovedAction {
  /** The rest of its path item. */
  readonly item: Raw;
  readonly operation: Raw;
  /** All components of the action's own document, in its order. */
  readonly names: readonly RenamedComponent[];
}

const retCodes = "x-actiongen-retcodes";
const tablesSection = "x-actiongen-retcode-tables";

/**
 * Moves an action out of its own document: its components go to the pool, and its references follow them.
 *
 * @param products names of the products that have the action, which become its first tags.
 */
export function moveAction(
  { document, name }: Action,
  products: readonly [string, ...string[]],
  pool: ComponentPool,
): MovedAction {
  const { get, ...item } = raw(valueAt(document, ["paths", "/"]));
  const { [retCodes]: tables, ...operation } = raw(get);
  const placed = componentsOf(document).map((component) => {
    const { name: here, isNew } = pool.place(document, component, name);
    return { section: component.section, own: component.name, here, isNew };
  });
  const rename = renamer(new Map(placed.map(({ section, own, here }) => [`${section}/${own}`, here])));
  for (const { section, own, here, isNew } of placed) {
    const value = valueAt(document, ["components", section, own]);
    if (isNew) pool.add(section, here, rename.references(value));
  }
  const { tags, security = document.security, ...rest } = raw(rename.references(operation));
  const source = document[sourceExtension];
  return {
    item: raw(rename.references(item)),
    operation: {
      tags: [...products, ...(Array.isArray(tags) ? tags : []).filter((tag) => !products.includes(tag))],
      ...rest,
      ...(security === undefined ? {} : { security: rename.security(security) }),
      ...(Array.isArray(tables) ? { [retCodes]: shareTables(tables, pool, products[0]) } : {}),
      ...(source === undefined ? {} : { [sourceExtension]: source }),
    },
    names: placed,
  };
}

function componentsOf(document: object): ComponentKey[] {
  return Object.entries(raw(valueAt(document, ["components"]))).flatMap(([section, values]) =>
    Object.keys(raw(values)).map((name) => ({ section, name })),
  );
}

/** Most actions of a product have the same tables. */
function shareTables(tables: readonly unknown[], pool: ComponentPool, product: string): { $ref: string }[] {
  const component = { section: tablesSection, name: "RetCodes" };
  return tables.map((table) => {
    const document = { components: { [tablesSection]: { RetCodes: table } } };
    const { name, isNew } = pool.place(document, component, product);
    if (isNew) pool.add(tablesSection, name, table);
    return { $ref: pointerTo(["components", tablesSection, name]) };
  });
}
