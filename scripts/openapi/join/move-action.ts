import type { Diagnostics } from "../../diagnostic.js";
import type { Action } from "../../model/api-model.js";
import { type Raw, raw } from "../checks.js";
import { componentAt, mapReferences, renameSchemes } from "../components.js";
import { type Path, pointerTo, valueAt } from "../pointer.js";
import { sourceExtension } from "../split/own-document.js";
import type { ComponentPool } from "./component-pool.js";

/** The name of a component in an action's own document, and in the bundle. */
export interface OwnName {
  readonly section: string;
  readonly own: string;
  readonly here: string;
}

/** An action as it stands in the bundle. */
export interface MovedAction {
  readonly path: string;
  /** The rest of its path item. */
  readonly item: Raw;
  readonly operation: Raw;
  /** All components of the action's own document, in its order. */
  readonly names: readonly OwnName[];
}

interface Target {
  readonly product: string;
  readonly path: string;
  readonly pool: ComponentPool;
  readonly diagnostics: Diagnostics;
}

const retCodes = "x-actiongen-retcodes";
const tablesSection = "x-actiongen-retcode-tables";

/** Takes an action out of its own document: its components go to the pool, and its references follow them. */
export function moveAction(action: Action, { product, path, pool, diagnostics }: Target): MovedAction {
  const { document, source, name } = action;
  const { get, ...item } = raw(valueAt(document, ["paths", "/"]));
  const { [retCodes]: tables, ...operation } = raw(get);
  const placed = componentsOf(document).map(({ section, own }) => {
    const { name: here, isNew } = pool.place(document, { section, name: own }, name);
    return { section, own, here, isNew };
  });
  const here = new Map(placed.map((one) => [`${one.section}/${one.own}`, one.here]));

  function targetOf(target: Path): Path | undefined {
    const component = componentAt(target);
    const moved = component && here.get(`${component.section}/${component.name}`);
    if (component && moved !== undefined) return ["components", component.section, moved, ...target.slice(3)];
    return target[0] === "paths" && target[1] === "/" ? ["paths", path, ...target.slice(2)] : undefined;
  }

  const relocate = (value: unknown) =>
    mapReferences(value, (target, reference) => {
      const moved = targetOf(target);
      if (moved !== undefined) return pointerTo(moved);
      const message = `$ref is ${JSON.stringify(reference)}, which leads to no component and to no part of the operation`;
      const help = "Make what it leads to a component, and refer to that.";
      diagnostics.add({ code: "reference", ...source, message, help });
      return reference;
    });

  for (const one of placed) {
    if (one.isNew)
      pool.add(one.section, one.here, relocate(valueAt(document, ["components", one.section, one.own])));
  }
  const { tags, security = document.security, ...rest } = raw(relocate(operation));
  const facts = document[sourceExtension];
  return {
    path,
    item: raw(relocate(item)),
    operation: {
      tags: [product, ...(Array.isArray(tags) ? tags : []).filter((tag) => tag !== product)],
      ...rest,
      ...(security === undefined
        ? {}
        : { security: renameSchemes(security, (scheme) => here.get(`securitySchemes/${scheme}`) ?? scheme) }),
      ...(Array.isArray(tables) ? { [retCodes]: shareTables(tables, pool, product) } : {}),
      ...(facts === undefined ? {} : { [sourceExtension]: facts }),
    },
    names: placed,
  };
}

function componentsOf(document: object): { section: string; own: string }[] {
  return Object.entries(raw(valueAt(document, ["components"]))).flatMap(([section, values]) =>
    Object.keys(raw(values)).map((own) => ({ section, own })),
  );
}

/** Most actions of a product have the same tables. */
function shareTables(tables: readonly unknown[], pool: ComponentPool, product: string): { $ref: string }[] {
  return tables.map((table) => {
    const component = { section: tablesSection, name: "RetCodes" };
    const { name, isNew } = pool.place(
      { components: { [tablesSection]: { RetCodes: table } } },
      component,
      product,
    );
    if (isNew) pool.add(tablesSection, name, table);
    return { $ref: pointerTo(["components", tablesSection, name]) };
  });
}
