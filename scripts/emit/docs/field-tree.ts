import type { Action, Field, ObjectModel, Type } from "../../model/api-model.js";
import { modelNames } from "../../model/fields.js";
import { freeName } from "../../model/names.js";

/** A parameter or response field with the fields of its object. */
export interface FieldNode {
  readonly field: Field;
  /** Anchor, unique on the page: `p-Disks.Size`. */
  readonly id: string;
  /** Path from the top: `Disks.Size`. */
  readonly path: string;
  /** Name of the parameter that carries the value: `Disks.0.Size`. */
  readonly wireName: string;
  /** Fields of its object, if they are shown inside of it. */
  readonly children: readonly FieldNode[];
  /** Objects that are shown elsewhere on the page. */
  readonly links: readonly ModelLink[];
}

export interface ModelLink {
  readonly name: string;
  readonly id: string;
}

/** Trees of fields, and the objects that they link to, as the sections of one page. */
export interface FieldTrees {
  /** @param prefix of anchors: `p` for parameters, `r` for the response. */
  tree(fields: readonly Field[], prefix: string): FieldNode[];
  /** Objects that the trees link to, in the order of the links, with their fields. Call it last. */
  linked(): { model: ObjectModel; id: string; fields: FieldNode[] }[];
}

/** Levels that are shown inside of each other. */
const maxDepth = 3;

/** Converts the fields of an action into trees. An object that contains itself is linked, as are choices of objects. */
export function createFieldTrees({ models }: Action): FieldTrees {
  const ids = new Set<string>();
  const links = new Map<string, ModelLink>();

  function linkTo(name: string): ModelLink {
    const link = links.get(name) ?? { name, id: newId(`m-${name}`) };
    links.set(name, link);
    return link;
  }

  function newId(wanted: string): string {
    return freeName(wanted.replace(/[^\w.-]+/g, "_"), ids);
  }

  function node(field: Field, prefix: string, parents: readonly Field[], depth: number): FieldNode {
    const all = [...parents, field];
    const path = all.map(({ name }) => name).join(".");
    const names = modelNames(field.type).filter((name) => modelOf(name) !== undefined);
    const own = names.length === 1 ? modelOf(names[0] as string) : undefined;
    const isShown = own !== undefined && own.fields.length > 0 && depth < maxDepth;
    const id = newId(`${prefix}-${path}`);
    return {
      field,
      id,
      path,
      wireName: all.map(({ name, type }) => name + indexOf(type)).join("."),
      children: isShown ? own.fields.map((one) => node(one, prefix, all, depth + 1)) : [],
      links: isShown ? [] : names.filter((name) => modelOf(name)?.fields.length).map(linkTo),
    };
  }

  function modelOf(name: string): ObjectModel | undefined {
    return models.find((model) => model.name === name);
  }

  return {
    tree: (fields, prefix) => fields.map((field) => node(field, prefix, [], 1)),
    linked() {
      const sections = [];
      // Grows while it is walked: a linked object can link to others.
      for (const { name, id } of links.values()) {
        const model = modelOf(name) as ObjectModel;
        sections.push({ model, id, fields: model.fields.map((field) => node(field, id, [], maxDepth)) });
      }
      return sections;
    },
  };
}

function indexOf(type: Type): string {
  return type.kind === "array" ? `.0${indexOf(type.items)}` : "";
}
