import type { Path } from "../openapi/pointer.js";

/** An object of JSON. */
export type JsonObject = Record<string, unknown>;

/** Told of a property whose two values cannot become one. */
export type RefuseProperty = (path: Path, present: unknown, update: unknown) => void;

/**
 * Merges an update into an object, in place, as Overlay 1.0 asks: new properties are added at the end, objects
 * merged, values replaced, and the items of an array added to the array there. What is not of one kind is refused
 * and left as it was, since an update has to be compatible. Nothing of the update itself gets into the object.
 *
 * @param path of the object in the update.
 */
export function mergeInto(
  object: JsonObject,
  update: JsonObject,
  refuse: RefuseProperty,
  path: Path = [],
): void {
  for (const [key, value] of Object.entries(update)) {
    const place = [...path, key];
    const present = Object.hasOwn(object, key) ? object[key] : undefined;
    if (present === undefined) setProperty(object, key, copyOf(value));
    else if (isObject(present) && isObject(value)) mergeInto(present, value, refuse, place);
    else if (Array.isArray(present) && Array.isArray(value)) {
      for (const item of value) present.push(copyOf(item));
    } else if (isPrimitive(present) && isPrimitive(value)) setProperty(object, key, value);
    else refuse(place, present, value);
  }
}

/** A copy of plain data that shares nothing, not even within itself. */
export function copyOf<T>(value: T): T {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) {
    const items: unknown[] = [];
    for (const item of value) items.push(copyOf(item));
    return items as T;
  }
  const object: JsonObject = {};
  for (const [key, item] of Object.entries(value)) setProperty(object, key, copyOf(item));
  return object as T;
}

/** Whether a value is an object of JSON, which an array is not. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The kind of a value, in prose. */
export function kindOf(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "an array";
  return typeof value === "object" ? "an object" : `a ${typeof value}`;
}

function isPrimitive(value: unknown): boolean {
  return typeof value !== "object" || value === null;
}

function setProperty(object: JsonObject, key: string, value: unknown): void {
  // Assigning that one would set the prototype.
  if (key !== "__proto__") object[key] = value;
  else Object.defineProperty(object, key, { value, writable: true, enumerable: true, configurable: true });
}
