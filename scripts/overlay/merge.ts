import type { Path } from "../openapi/pointer.js";

/** A JSON object. */
export type JsonObject = Record<string, unknown>;

/** Called for a property whose values cannot be merged. */
export type RejectProperty = (path: Path, present: unknown, update: unknown) => void;

/**
 * Merges an update into an object, in place, as Overlay 1.0 defines: new properties are added at the end, objects are
 * merged, values are replaced, and arrays are concatenated. Values of different kinds are rejected and left unchanged.
 * The object shares nothing with the update afterwards.
 *
 * @param path path of the object in the update.
 */
export function mergeInto(
  object: JsonObject,
  update: JsonObject,
  reject: RejectProperty,
  path: Path = [],
): void {
  for (const [key, value] of Object.entries(update)) {
    const present = Object.hasOwn(object, key) ? object[key] : undefined;
    if (present === undefined) setProperty(object, key, cloneJson(value));
    else if (isObject(present) && isObject(value)) mergeInto(present, value, reject, [...path, key]);
    else if (Array.isArray(present) && Array.isArray(value)) {
      for (const item of value) present.push(cloneJson(item));
    } else if (isPrimitive(present) && isPrimitive(value)) setProperty(object, key, value);
    else reject([...path, key], present, value);
  }
}

/** A deep copy of plain data, in which no object appears twice. */
export function cloneJson<T>(value: T): T {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) {
    const items: unknown[] = [];
    for (const item of value) items.push(cloneJson(item));
    return items as T;
  }
  const object: JsonObject = {};
  for (const [key, item] of Object.entries(value)) setProperty(object, key, cloneJson(item));
  return object as T;
}

/** Whether a value is a JSON object, not an array. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The kind of a value, for messages. */
export function kindOf(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "an array";
  return typeof value === "object" ? "an object" : `a ${typeof value}`;
}

function isPrimitive(value: unknown): boolean {
  return typeof value !== "object" || value === null;
}

function setProperty(object: JsonObject, key: string, value: unknown): void {
  // Assigning `__proto__` would set the prototype.
  if (key !== "__proto__") object[key] = value;
  else Object.defineProperty(object, key, { value, writable: true, enumerable: true, configurable: true });
}
