/** Attributes of an element; `false` omits one, `true` sets it to `""`. */
export type Attributes = Readonly<Record<string, string | boolean>>;

/** Creates an element. Strings become text, never markup. */
export function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Attributes = {},
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[Tag] {
  const created = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== false) created.setAttribute(name, value === true ? "" : value);
  }
  created.append(...children);
  return created;
}

/** The relative URL of the site's root, such as `../`. */
export function root(): string {
  return document.documentElement.dataset.root ?? "";
}

/** Loads a script of the site once. */
export function loadScript(name: string): Promise<void> {
  const loaded = scripts.get(name) ?? append(name);
  scripts.set(name, loaded);
  return loaded;
}

const scripts = new Map<string, Promise<void>>();

function append(name: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const script = element("script", { src: root() + name });
    script.onload = () => resolve();
    script.onerror = () => {
      scripts.delete(name);
      reject(new Error(`${name} could not be loaded`));
    };
    document.head.append(script);
  });
}
