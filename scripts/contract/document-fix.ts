import type { Action, SourceRef } from "../model/api-model.js";
import { operationPath, type Path, type Raw, raw, valueAt } from "../openapi/pointer.js";
import { literal, type OverlayFix, segment } from "../overlay/json-path.js";
import {
  bodySchema,
  type LocatedSchema,
  parameterSchema,
  partsOf,
  schemaAt,
  sourceOf,
} from "./document-schema.js";

/** What would make a document agree with a recording. */
export interface DocumentFix {
  /** Where the vendor's page describes it. */
  readonly source: SourceRef;
  /** Actions of an overlay, in their order; empty if no overlay can do it. */
  readonly overlay: readonly OverlayFix[];
}

/** Where a value of a recording is described: a parameter by its name, or the body of a success or an error by its model. */
export interface Origin {
  readonly action: Action;
  readonly parameter?: string;
  readonly model?: string;
}

/** The whole that {@link Origin} names. */
function wholeOf({ action, parameter, model }: Origin): LocatedSchema | undefined {
  return parameter === undefined ? bodySchema(action, model ?? "") : parameterSchema(action, parameter);
}

/** Adds a field to the object at a path. */
export function withField(origin: Origin, keys: Path, name: string, schema: Raw): DocumentFix {
  const update = { properties: { [name]: schema } };
  return fix(origin, keys, ({ target }) => [{ target: jsonPath(origin.action, target), update }], "");
}

/** Makes a required field of the object at a path optional. */
export function withOptional(origin: Origin, keys: Path, name: string): DocumentFix {
  return fix(origin, keys, (object) => withoutRequired(origin.action, object, name), name);
}

function withoutRequired(
  action: Action,
  object: LocatedSchema,
  name: string,
  renamed?: string,
): OverlayFix[] {
  return partsOf(action.document, object).flatMap(({ target, schema: { required } }): OverlayFix[] => {
    if (!Array.isArray(required) || !required.includes(name)) return [];
    // Items of an array that are strings cannot be removed one by one.
    const others = required.flatMap((one) => (one === name ? (renamed ?? []) : one));
    return [
      { target: jsonPath(action, [...target, "required"]), remove: true },
      ...(others.length === 0 ? [] : [{ target: jsonPath(action, target), update: { required: others } }]),
    ];
  });
}

/** Renames a field of the object at a path, also where helpers of the action refer to it. */
export function withName(origin: Origin, keys: Path, from: string, to: string): DocumentFix {
  const { action } = origin;
  return fix(
    origin,
    keys,
    (object) => {
      const property = schemaAt(action.document, object, [from]);
      const owner = property?.path.slice(0, -2) ?? [];
      if (property === undefined || property.path.at(-2) !== "properties") return [];
      const value = valueAt(action.document, property.path);
      return [
        { target: jsonPath(action, property.path), remove: true },
        { target: jsonPath(action, owner), update: { properties: { [to]: value } } },
        ...withoutRequired(action, object, from, to),
        ...helperNames(action, ["total", "items", "links", "id", "state"], from, to),
      ];
    },
    from,
  );
}

/** Replaces the schema of the value at a path. What is said of the value, and not of its type, is kept. */
export function withSchema(origin: Origin, keys: Path, schema: Raw): DocumentFix {
  return fix(origin, keys, ({ path, schema: { description, "x-actiongen-sensitive": sensitive } }) => [
    { target: jsonPath(origin.action, path), remove: true },
    {
      target: jsonPath(origin.action, path.slice(0, -1)),
      update: {
        [String(path.at(-1))]: {
          ...schema,
          ...(description === undefined ? {} : { description }),
          ...(sensitive === undefined ? {} : { "x-actiongen-sensitive": sensitive }),
        },
      },
    },
  ]);
}

/** Allows `null` for the value at a path. */
export function withNull(origin: Origin, keys: Path): DocumentFix {
  const whole = wholeOf(origin);
  const found = whole && schemaAt(origin.action.document, whole, keys);
  const { schema = {}, path = [] } = found ?? {};
  const { description, ...rest } =
    path === found?.target ? schema : raw(valueAt(origin.action.document, path));
  return withSchema(origin, keys, { anyOf: [rest, { type: "null" }] });
}

/** Removes a keyword of the schema of the value at a path. @returns `undefined` if another schema has it. */
export function withoutKeyword(origin: Origin, keys: Path, keyword: string): DocumentFix | undefined {
  const found = fix(origin, keys, ({ target, schema }) =>
    Object.hasOwn(schema, keyword)
      ? [{ target: jsonPath(origin.action, [...target, keyword]), remove: true }]
      : [],
  );
  return found.overlay.length === 0 ? undefined : found;
}

/** Adds keywords to the schema of the value at a path; items of arrays are appended. */
export function withKeywords(origin: Origin, keys: Path, update: Raw): DocumentFix {
  return fix(origin, keys, ({ target }) => [{ target: jsonPath(origin.action, target), update }]);
}

/** Changes the names in the extensions of helpers. */
export function helperNames(action: Action, keys: readonly string[], from: string, to: string): OverlayFix[] {
  return ["paging", "download", "wait"].flatMap((helper) => {
    const extension = `x-actiongen-${helper}`;
    const named = Object.entries(raw(raw(valueAt(action.document, operationPath))[extension])).filter(
      ([key, value]) => keys.includes(key) && value === from,
    );
    const update = { [extension]: Object.fromEntries(named.map(([key]) => [key, to])) };
    return named.length === 0 ? [] : [{ target: jsonPath(action, operationPath), update }];
  });
}

/** @param name field of the object at the path, or `""` for the object itself, whose line is looked up; else the value's. */
function fix(
  origin: Origin,
  keys: Path,
  overlayOf: (found: LocatedSchema) => OverlayFix[],
  name?: string,
): DocumentFix {
  const { action } = origin;
  const whole = wholeOf(origin);
  const found = whole && schemaAt(action.document, whole, keys);
  if (found === undefined) return { source: action.source, overlay: [] };
  const field = name ? schemaAt(action.document, found, [name]) : undefined;
  const path = field?.path ?? (name === undefined ? found.path : found.target);
  return { source: sourceOf(action, path), overlay: overlayOf(found) };
}

/** JSONPath of a value of the document of an action, which selects nothing in those of others if the value is the action's. */
export function jsonPath(action: Action, path: Path): string {
  const isOwn = operationPath.every((key, index) => path[index] === key);
  if (!isOwn) return `$${path.map(segment).join("")}`;
  const below = path.slice(operationPath.length);
  const operation = `$.paths['/'][?@.operationId == ${literal(action.name)}]`;
  if (below[0] !== "parameters" || below.length === 1) return `${operation}${below.map(segment).join("")}`;
  const parameter = raw(valueAt(action.document, path.slice(0, operationPath.length + 2)));
  const named = `.parameters[?@.name == ${literal(String(parameter.name))}]`;
  return `${operation}${named}${below.slice(2).map(segment).join("")}`;
}

/** JSONPath of a value in a response body. */
export function bodyPathOf(keys: Path): string {
  return `$${keys.map(segment).join("")}`;
}
