import fc from "fast-check";

export type Path = (string | number)[];

/** Paths of all values in a document. */
export function pathsOf(value: unknown, path: Path = []): Path[] {
  if (typeof value !== "object" || value === null) return [path];
  const inner = Object.entries(value).flatMap(([key, item]) =>
    pathsOf(item, [...path, Array.isArray(value) ? Number(key) : key]),
  );
  return path.length === 0 ? inner : [path, ...inner];
}

/** Replaces the value at a path. */
export function replaceAt(root: unknown, path: Path, value: unknown): void {
  const last = path.at(-1) ?? "";
  let parent = root;
  for (const key of path.slice(0, -1)) parent = (parent as Record<string | number, unknown>)[key];
  (parent as Record<string | number, unknown>)[last] = value;
}

/** Values that are wrong at most paths. */
export const someValues = fc.constantFrom<unknown>(
  null,
  true,
  5,
  -1.5,
  "",
  "x",
  "*/",
  [],
  [null],
  ["x"],
  {},
  { $ref: "#/paths" },
  { $ref: 5 },
  { $ref: "x" },
);
