/** Path of keys inside a document; array indices are numbers. */
export type Path = readonly (string | number)[];

/** Converts a JSON pointer (`/paths/~1/get`), or the fragment of a reference, to a path. */
export function pointerPath(pointer: string): Path {
  return pointer
    .split("/")
    .slice(1)
    .map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"))
    .map((key) => (/^\d+$/.test(key) ? Number(key) : key));
}

/** Path of the operation in the document of one action. */
export const operationPath: Path = ["paths", "/", "get"];

/** Any object of a document that may be invalid. */
export type Raw = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is Raw {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A value as an object with unknown properties; an empty object for any other value. */
export function raw(value: unknown): Raw {
  return isObject(value) ? value : {};
}

/** Copies an object with other values. */
export function mapValues<Value, Result>(
  object: Readonly<Record<string, Value>>,
  map: (value: Value, key: string) => Result,
): Record<string, Result> {
  return Object.fromEntries(Object.entries(object).map(([key, value]) => [key, map(value, key)]));
}

/** The value at a path; `undefined` if it does not exist. */
export function valueAt(value: unknown, path: Path): unknown {
  let node = value;
  for (const key of path) {
    if (typeof node !== "object" || node === null || !Object.hasOwn(node, key)) return undefined;
    node = (node as Record<string | number, unknown>)[key];
  }
  return node;
}

/** The path that a reference into the same document refers to; `undefined` for any other reference. */
export function localTarget(reference: unknown): Path | undefined {
  return typeof reference === "string" && reference.startsWith("#")
    ? pointerPath(decodePercent(reference))
    : undefined;
}

/** Decodes percent-encoding; a string that is not valid percent-encoding stays as it is. */
export function decodePercent(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Converts a path to a reference into the same document. */
export function pointerTo(path: Path): string {
  const escaped = (key: string | number) => String(key).replaceAll("~", "~0").replaceAll("/", "~1");
  return `#${path.map((key) => `/${encodeURIComponent(escaped(key))}`).join("")}`;
}

/** Follows references into the same document. Returns the value that is not a reference, and its path. */
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

/** A value that was moved to another path. */
export interface Move {
  /** Path after the move. */
  readonly own: Path;
  /** Path before the move, for line numbers. */
  readonly origin: Path;
}

/** The path that a value had before the moves. */
export function originOf(moves: readonly Move[], path: Path): Path {
  let best: Move | undefined;
  for (const move of moves) {
    const { own } = move;
    if (own.length > path.length || (best !== undefined && best.own.length >= own.length)) continue;
    if (own.every((key, index) => String(key) === String(path[index]))) best = move;
  }
  return best === undefined ? path : [...best.origin, ...path.slice(best.own.length)];
}

/**
 * Calls a function for every value in a document, with its key and path: first for an object, then for the values in it.
 *
 * @param visit returns `false` to skip the values in its value.
 */
export function walk(
  node: unknown,
  visit: (value: unknown, key: string, path: Path) => unknown,
  path: Path = [],
): void {
  if (typeof node !== "object" || node === null) return;
  for (const [key, value] of Object.entries(node)) {
    const own = [...path, Array.isArray(node) ? Number(key) : key];
    if (visit(value, key, own) !== false) walk(value, visit, own);
  }
}
