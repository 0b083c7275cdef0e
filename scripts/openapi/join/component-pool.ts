import { createHash } from "node:crypto";
import { type ComponentKey, usedComponents } from "../components.js";
import { pointerTo, valueAt } from "../pointer.js";

/** The components of many documents in one: equal ones are shared, others with an equal name are renamed. */
export interface ComponentPool {
  /**
   * Finds the name in the pool of a component of an action's own document.
   *
   * @param owner the action or the product, for the new name of a component whose name is taken.
   * @returns `isNew` if the pool does not have the component yet, so that it must be added.
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
      const key = `${section}/${name}/${digest(document, component)}`;
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

/** Hash of a component and all that it refers to: equal references can refer to different components. */
function digest(document: object, { section, name }: ComponentKey): string {
  const hash = createHash("sha256");
  for (const used of usedComponents(document, { $ref: pointerTo(["components", section, name]) })) {
    const value = valueAt(document, ["components", used.section, used.name]);
    hash.update(JSON.stringify([used.section, used.name, value]));
  }
  return hash.digest("hex");
}
