import type { Action, SourceRef } from "../model/api-model.js";
import { followReferences, operationPath, type Path, type Raw, raw, valueAt } from "../openapi/pointer.js";

/** A schema in the document of an action. */
export interface LocatedSchema {
  /** Path of the schema in the document; of the reference, if it is one. */
  readonly path: Path;
  /** Path of what it refers to, or the same. */
  readonly target: Path;
  readonly schema: Raw;
}

/** The schema of a response: that of a success, or of an error. */
export function bodySchema({ document, responseModel, errorModel }: Action, model: string): LocatedSchema {
  const media = [...operationPath, "responses", "200", "content", "application/json", "schema"];
  const whole = located(document, media);
  const members = ["oneOf", "anyOf"].flatMap((key) => membersOf(document, whole, key));
  const named = members.find(({ target }) => target.length === 3 && target.at(-1) === model);
  return (
    named ?? (members.length === 2 ? members[[responseModel, errorModel].indexOf(model)] : undefined) ?? whole
  );
}

/** The schema of a parameter of the call; `undefined` if the document does not have it. */
export function parameterSchema(action: Action, name: string): LocatedSchema | undefined {
  const parameter = parameterPath(action, name);
  return parameter && located(action.document, [...parameter, "schema"]);
}

/** Path of a parameter in the document; `undefined` if the document does not have it. */
export function parameterPath({ document }: Action, name: string): Path | undefined {
  return parameterPaths(document).get(name);
}

/** The path of each parameter by its name. */
const parameterPaths = remembered((document) => {
  const listed = valueAt(document, [...operationPath, "parameters"]);
  const paths = (Array.isArray(listed) ? listed : []).map(
    (value, index) => followReferences(document, value, [...operationPath, "parameters", index]).path,
  );
  // The first of several with one name, which is set last.
  return new Map<unknown, Path>(paths.reverse().map((path) => [raw(valueAt(document, path)).name, path]));
});

/** The schema of a value inside that of a schema; `undefined` if the document does not describe it. */
export function schemaAt(document: object, outer: LocatedSchema, keys: Path): LocatedSchema | undefined {
  const [key, ...rest] = keys;
  if (key === undefined) return outer;
  for (const part of partsOf(document, outer)) {
    const below =
      typeof key === "number" && part.schema.items !== undefined
        ? ["items"]
        : Object.hasOwn(raw(part.schema.properties), key)
          ? ["properties", key]
          : typeof part.schema.additionalProperties === "object"
            ? ["additionalProperties"]
            : undefined;
    const found = below && schemaAt(document, located(document, [...part.target, ...below]), rest);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** A schema and its parts, which it combines or chooses from. */
export function partsOf(document: object, whole: LocatedSchema): LocatedSchema[] {
  const parts = [whole];
  const seen = new Set([whole.schema]);
  // Grows while it is read: a part can have parts, and a recursive one those that were seen.
  for (const part of parts) {
    for (const member of ["allOf", "oneOf", "anyOf"].flatMap((key) => membersOf(document, part, key)))
      if (!seen.has(member.schema)) {
        seen.add(member.schema);
        parts.push(member);
      }
  }
  return parts;
}

function membersOf(document: object, { schema, target }: LocatedSchema, key: string): LocatedSchema[] {
  const list = schema[key];
  return (Array.isArray(list) ? list : []).map((_, index) => located(document, [...target, key, index]));
}

function located(document: object, path: Path): LocatedSchema {
  const { value, path: target } = followReferences(document, valueAt(document, path), path);
  return { path, target, schema: raw(value) };
}

/** Line of the vendor's page that describes a schema in the document, or the action if no line is known. */
export function sourceOf({ document, source }: Action, path: Path): SourceRef {
  const { parameters, schemas } = raw(document["x-actiongen-source"]);
  const [root, section, name] = path;
  const isComponent = root === "components" && section === "schemas";
  const parameter = raw(valueAt(document, path.slice(0, operationPath.length + 2))).name;
  const names = path.filter((_, index) => path[index - 1] === "properties");
  const rows = rowsOf(raw(isComponent ? raw(schemas)[String(name)] : parameters));
  const full = isComponent ? names : [String(parameter), ...names];
  for (let length = full.length; length > 0; length--) {
    const line = rows.lines.get(full.slice(0, length).join("."));
    if (typeof line === "number") return { ...source, line };
  }
  return isComponent && typeof rows.first === "number" ? { ...source, line: rows.first } : source;
}

/** The lines of the rows of a table, and of objects without a row that of their first field. */
const rowsOf = remembered((table) => {
  // Pages write `Disks.N.Size`, and may have no row for `Disks`.
  const rows = Object.entries(table).map(([row, line]) => [row.replace(/\.N(?=\.|$)/g, ""), line] as const);
  const lines = new Map<string, unknown>([...rows].reverse());
  for (const [row, line] of rows)
    for (const { index } of row.matchAll(/\./g)) {
      const outer = row.slice(0, index);
      if (!lines.has(outer)) lines.set(outer, line);
    }
  return { lines, first: rows[0]?.[1] };
});

/** Creates a function whose result for an object is computed once: a comparison asks for each change of a document. */
function remembered<Result>(compute: (value: object) => Result): (value: object) => Result {
  const results = new WeakMap<object, { readonly result: Result }>();
  return (value) => {
    const known = results.get(value) ?? { result: compute(value) };
    results.set(value, known);
    return known.result;
  };
}
