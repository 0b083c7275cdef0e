import { localTarget, type Path, valueAt } from "./pointer.js";

/** A component by its section (`schemas`) and its name. */
export interface ComponentKey {
  readonly section: string;
  readonly name: string;
}

/** The component that a place is or lies in; `undefined` for a place elsewhere. */
export function componentAt([root, section, name]: Path): ComponentKey | undefined {
  if (root !== "components" || section === undefined || name === undefined) return undefined;
  return { section: String(section), name: String(name) };
}

/** Calls back for every reference into the document itself that stands in a value. */
export function eachReference(value: unknown, found: (target: Path) => void): void {
  mapReferences(value, (target, reference) => {
    found(target);
    return reference;
  });
}

/**
 * A copy of a value in which references into the document itself are replaced.
 *
 * @param replace is given where a reference leads and how it is written, and returns what to write.
 */
export function mapReferences(value: unknown, replace: (target: Path, reference: string) => string): unknown {
  const replaced = (reference: unknown) => {
    const target = localTarget(reference);
    return target === undefined ? reference : replace(target, reference as string);
  };

  function mappingOf(discriminator: unknown): unknown {
    const { mapping } = (discriminator ?? {}) as { mapping?: unknown };
    if (typeof mapping !== "object" || mapping === null) return visit(discriminator);
    const entries = Object.entries(mapping).map(([name, item]) => [name, replaced(item)]);
    return { ...(visit(discriminator) as object), mapping: Object.fromEntries(entries) };
  }

  function visit(node: unknown): unknown {
    if (typeof node !== "object" || node === null) return node;
    if (Array.isArray(node)) return node.map(visit);
    const entries = Object.entries(node).map(([key, item]) => {
      if (key === "$ref" && typeof item === "string") return [key, replaced(item)];
      return [key, key === "discriminator" ? mappingOf(item) : visit(item)];
    });
    return Object.fromEntries(entries);
  }

  return visit(value);
}

/**
 * The components that a part of a document needs: what it refers to, and what that refers to, in the order in
 * which they are met.
 *
 * @param security the requirements that hold for the part: they name their schemes without a reference.
 */
export function usedComponents(document: object, part: unknown, security: unknown = []): ComponentKey[] {
  const used = new Map<string, ComponentKey>();

  function add(component: ComponentKey): void {
    const { section, name } = component;
    const key = `${section}/${name}`;
    const value = valueAt(document, ["components", section, name]);
    if (used.has(key) || value === undefined) return;
    used.set(key, component);
    eachReference(value, follow);
  }

  function follow(target: Path): void {
    const component = componentAt(target);
    if (component !== undefined) add(component);
  }

  for (const requirement of Array.isArray(security) ? security : []) {
    for (const name of Object.keys(requirement ?? {})) add({ section: "securitySchemes", name });
  }
  eachReference(part, follow);
  return [...used.values()];
}

/** Security requirements with other names for their schemes. */
export function renameSchemes(security: unknown, rename: (name: string) => string): unknown {
  if (!Array.isArray(security)) return security;
  return security.map((requirement) =>
    typeof requirement !== "object" || requirement === null
      ? requirement
      : Object.fromEntries(Object.entries(requirement).map(([name, scopes]) => [rename(name), scopes])),
  );
}
