import { isObject, localTarget, mapValues, pointerTo, raw, valueAt } from "./pointer.js";

/** A component by its section (`schemas`) and its name. */
export interface ComponentKey {
  readonly section: string;
  readonly name: string;
}

/** A component in the document of one action (`own`) and in a document with many (`here`). */
export interface RenamedComponent {
  readonly section: string;
  readonly own: string;
  readonly here: string;
}

/**
 * Creates functions that copy values with other names for the components that they refer to.
 *
 * @param names new names by `<section>/<name>`.
 */
export function renamer(names: ReadonlyMap<string, string>) {
  const nameOf = ({ section, name }: ComponentKey) => names.get(`${section}/${name}`) ?? name;
  return {
    references: (value: unknown) => renameReferences(value, nameOf),
    /** Security requirements name their schemes without a reference. */
    security: (requirements: unknown) =>
      Array.isArray(requirements)
        ? requirements.map((requirement) =>
            Object.fromEntries(
              Object.entries(raw(requirement)).map(([name, scopes]) => [
                nameOf({ section: "securitySchemes", name }),
                scopes,
              ]),
            ),
          )
        : requirements,
  };
}

function renameReferences(value: unknown, rename: (component: ComponentKey) => string): unknown {
  const renamed = (reference: unknown) => {
    const component = componentOf(reference);
    if (component === undefined) return reference;
    return pointerTo(["components", component.section, rename(component)]);
  };

  function visit(node: unknown, isDiscriminator: boolean): unknown {
    if (Array.isArray(node)) return node.map((item) => visit(item, false));
    if (!isObject(node)) return node;
    return mapValues(node, (item, key) => {
      if (key === "$ref" && typeof item === "string") return renamed(item);
      if (isDiscriminator && key === "mapping") return mapValues(raw(item), renamed);
      return visit(item, key === "discriminator");
    });
  }

  return visit(value, false);
}

function componentOf(reference: unknown): ComponentKey | undefined {
  const [root, section, name, ...more] = localTarget(reference) ?? [];
  if (root !== "components" || section === undefined || name === undefined || more.length > 0)
    return undefined;
  return { section: String(section), name: String(name) };
}

/**
 * The components that a value of a document refers to, directly or through other components, in the order of the
 * references.
 *
 * @param security the requirements that apply to the value: they name security schemes without a reference.
 */
export function usedComponents(document: object, value: unknown, security: unknown = []): ComponentKey[] {
  const used = new Map<string, ComponentKey>();

  function add(component: ComponentKey): string {
    const { section, name } = component;
    const key = `${section}/${name}`;
    const found = valueAt(document, ["components", section, name]);
    if (!used.has(key) && found !== undefined) {
      used.set(key, component);
      renameReferences(found, add);
    }
    return name;
  }

  for (const requirement of Array.isArray(security) ? security : []) {
    for (const name of Object.keys(raw(requirement))) add({ section: "securitySchemes", name });
  }
  renameReferences(value, add);
  return [...used.values()];
}
