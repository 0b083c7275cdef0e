/** Path of keys inside a document; array indices are numbers. */
export type Path = readonly (string | number)[];

/** A JSON pointer (`/paths/~1/get`), or the fragment of a reference, as a path. */
export function pointerPath(pointer: string): Path {
  return pointer
    .split("/")
    .slice(1)
    .map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"))
    .map((key) => (/^\d+$/.test(key) ? Number(key) : key));
}

/** The value at a path, or `undefined` where there is none. */
export function valueAt(value: unknown, path: Path): unknown {
  let node = value;
  for (const key of path) {
    if (typeof node !== "object" || node === null || !Object.hasOwn(node, key)) return undefined;
    node = (node as Record<string | number, unknown>)[key];
  }
  return node;
}

/** Where a reference inside the document leads; `undefined` for any other reference. */
export function localTarget(reference: unknown): Path | undefined {
  return typeof reference === "string" && reference.startsWith("#")
    ? pointerPath(decodeFragment(reference))
    : undefined;
}

function decodeFragment(reference: string): string {
  try {
    return decodeURIComponent(reference);
  } catch {
    return reference;
  }
}

/** A path as a reference inside the document. */
export function pointerTo(path: Path): string {
  const escaped = (key: string | number) => String(key).replaceAll("~", "~0").replaceAll("/", "~1");
  return `#${path.map((key) => `/${encodeURIComponent(escaped(key))}`).join("")}`;
}

/** What a value is once its references inside the document are followed, and where that stands. */
export function followReferences(
  document: unknown,
  value: unknown,
  path: Path,
): { value: unknown; path: Path } {
  let found = { value, path };
  const seen = new Set<unknown>();
  for (;;) {
    const reference = (found.value as { $ref?: unknown } | null | undefined)?.$ref;
    const target = localTarget(reference);
    if (target === undefined || seen.has(reference)) return found;
    seen.add(reference);
    found = { value: valueAt(document, target), path: target };
  }
}
