import { localTarget, pointerTo, raw, valueAt } from "./pointer.js";

/** A component by its section (`schemas`) and its name. */
export interface ComponentKey {
  readonly section: string;
  readonly name: string;
}

/** Copies a value with other names for the components that it refers to. */
export function renameReferences(value: unknown, rename: (component: ComponentKey) => string): unknown {
  function renamed(reference: unknown): unknown {
    const component = componentOf(reference);
    return component === undefined
      ? reference
      : pointerTo(["components", component.section, rename(component)]);
  }

  function visit(node: unknown, isDiscriminator: boolean): unknown {
    if (typeof node !== "object" || node === null) return node;
    if (Array.isArray(node)) return node.map((item) => visit(item, false));
    const entries = Object.entries(node).map(([key, item]) => {
      if (key === "$ref") return [key, typeof item === "string" ? renamed(item) : visit(item, false)];
      if (!isDiscriminator || key !== "mapping") return [key, visit(item, key === "discriminator")];
      return [key, Object.fromEntries(Object.entries(raw(item)).map(([name, to]) => [name, renamed(to)]))];
    });
    return Object.fromEntries(entries);
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

/** Copies security requirements with other names for their schemes. */
export function renameSchemes(security: unknown, rename: (name: string) => string): unknown {
  if (!Array.isArray(security)) return security;
  return security.map((requirement) =>
    typeof requirement !== "object" || requirement === null
      ? requirement
      : Object.fromEntries(Object.entries(requirement).map(([name, scopes]) => [rename(name), scopes])),
  );
}
