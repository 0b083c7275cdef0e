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
  const listed = valueAt(document, [...operationPath, "parameters"]);
  const paths = (Array.isArray(listed) ? listed : []).map(
    (value, index) => followReferences(document, value, [...operationPath, "parameters", index]).path,
  );
  return paths.find((path) => raw(valueAt(document, path)).name === name);
}

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
  // Grows while it is read: a part can have parts, and a recursive one those that were seen.
  for (const part of parts) {
    for (const member of ["allOf", "oneOf", "anyOf"].flatMap((key) => membersOf(document, part, key)))
      if (!parts.some(({ schema }) => schema === member.schema)) parts.push(member);
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
  const lines = Object.entries(raw(isComponent ? raw(schemas)[String(name)] : parameters));
  // Pages write `Disks.N.Size`, and may have no row for `Disks`.
  const rows = lines.map(([row, line]) => ({ row: row.replace(/\.N(?=\.|$)/g, ""), line }));
  const full = isComponent ? names : [String(parameter), ...names];
  for (let length = full.length; length > 0; length--) {
    const wanted = full.slice(0, length).join(".");
    const found =
      rows.find(({ row }) => row === wanted) ?? rows.find(({ row }) => row.startsWith(`${wanted}.`));
    if (typeof found?.line === "number") return { ...source, line: found.line };
  }
  const first = rows[0]?.line;
  return isComponent && typeof first === "number" ? { ...source, line: first } : source;
}
