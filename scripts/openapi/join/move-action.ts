import type { Action } from "../../model/api-model.js";
import { type ComponentKey, renameReferences, renameSchemes } from "../components.js";
import { pointerTo, type Raw, raw, valueAt } from "../pointer.js";
import { sourceExtension } from "../split/own-document.js";
import type { ComponentPool } from "./component-pool.js";

/** The name of a component in an action's own document, and in the bundle. */
export interface OwnName {
  readonly section: string;
  readonly own: string;
  readonly here: string;
}

/** An action in the bundle. */
export interface MovedAction {
  /** The rest of its path item. */
  readonly item: Raw;
  readonly operation: Raw;
  /** All components of the action's own document, in its order. */
  readonly names: readonly OwnName[];
}

const retCodes = "x-actiongen-retcodes";
const tablesSection = "x-actiongen-retcode-tables";

/** Moves an action out of its own document: its components go to the pool, and its references follow them. */
export function moveAction({ document, name }: Action, product: string, pool: ComponentPool): MovedAction {
  const { get, ...item } = raw(valueAt(document, ["paths", "/"]));
  const { [retCodes]: tables, ...operation } = raw(get);
  const placed = componentsOf(document).map((component) => ({
    section: component.section,
    own: component.name,
    ...pool.place(document, component, name),
  }));
  const here = new Map(placed.map((one) => [`${one.section}/${one.own}`, one.name]));
  const rename = (value: unknown) =>
    renameReferences(value, ({ section, name: own }) => here.get(`${section}/${own}`) ?? own);
  for (const { section, own, name: free, isNew } of placed) {
    if (isNew) pool.add(section, free, rename(valueAt(document, ["components", section, own])));
  }
  const { tags, security = document.security, ...rest } = raw(rename(operation));
  const source = document[sourceExtension];
  const renameScheme = (scheme: string) => here.get(`securitySchemes/${scheme}`) ?? scheme;
  return {
    item: raw(rename(item)),
    operation: {
      tags: [product, ...(Array.isArray(tags) ? tags : []).filter((tag) => tag !== product)],
      ...rest,
      ...(security === undefined ? {} : { security: renameSchemes(security, renameScheme) }),
      ...(Array.isArray(tables) ? { [retCodes]: shareTables(tables, pool, product) } : {}),
      ...(source === undefined ? {} : { [sourceExtension]: source }),
    },
    names: placed.map(({ section, own, name: free }) => ({ section, own, here: free })),
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
