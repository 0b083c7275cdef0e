import { createHash } from "node:crypto";
import { type ComponentKey, componentAt, eachReference, usedComponents } from "../components.js";
import { pointerTo, valueAt } from "../pointer.js";

/** The components of many documents in one: what is the same is shared, what only has the same name is not. */
export interface ComponentPool {
  /**
   * Finds the name that a component of an action's own document has in the pool.
   *
   * @param owner tells it from another of the same name: the action, or the product.
   * @returns `isNew` where the pool does not have it yet, so that it has to be added.
   */
  place(document: object, component: ComponentKey, owner: string): { name: string; isNew: boolean };
  add(section: string, name: string, value: unknown): void;
  /** All that was added, by section and name. */
  components(): Record<string, Record<string, unknown>>;
}

export function createComponentPool(): ComponentPool {
  const names = new Map<string, string>();
  const taken = new Set<string>();
  const sections = new Map<string, Map<string, unknown>>();

  function freeName({ section, name }: ComponentKey, owner: string): string {
    let free = name;
    for (let count = 1; taken.has(`${section}/${free}`); count++) {
      free = count === 1 ? `${name}_${owner}` : `${name}_${owner}_${count}`;
    }
    taken.add(`${section}/${free}`);
    return free;
  }

  return {
    place(document, component, owner) {
      const { section, name } = component;
      const key = `${section}/${name}/${digest(document, component, owner)}`;
      const known = names.get(key);
      if (known !== undefined) return { name: known, isNew: false };
      const free = freeName(component, owner);
      names.set(key, free);
      return { name: free, isNew: true };
    },
    add(section, name, value) {
      const own = sections.get(section) ?? new Map<string, unknown>();
      sections.set(section, own.set(name, value));
    },
    components: () =>
      Object.fromEntries([...sections].map(([section, values]) => [section, Object.fromEntries(values)])),
  };
}

/** Of a component with all that it refers to: by themselves, two that refer to a name look the same. */
function digest(document: object, { section, name }: ComponentKey, owner: string): string {
  const hash = createHash("sha256");
  const self = { $ref: pointerTo(["components", section, name]) };
  for (const used of usedComponents(document, self)) {
    const value = valueAt(document, ["components", used.section, used.name]);
    hash.update(JSON.stringify([used.section, used.name, value]));
    eachReference(value, (target) => {
      // What leads into the operation leads to another one in each document.
      if (componentAt(target) === undefined) hash.update(owner);
    });
  }
  return hash.digest("hex");
}
