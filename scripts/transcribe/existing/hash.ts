import { createHash } from "node:crypto";
import { isObject } from "../../openapi/pointer.js";
import { compare } from "../../text.js";
import type { Json } from "../schema.js";

/** Extension with the source of a document, which is not a part of its data. */
export const sourceKey = "x-actiongen-source";

/**
 * Hash of the data of a document: the first 16 hexadecimal digits of SHA-256. Comments, formatting, the order of keys
 * and of parameters, and the source of the document do not change it.
 */
export function documentHash({ [sourceKey]: _, ...data }: Json): string {
  return createHash("sha256")
    .update(JSON.stringify(canonical(data)))
    .digest("hex")
    .slice(0, 16);
}

/** Adds the hash of a document to its source, and removes the lines of the page, which change without the API. */
export function withHash(document: Json): Json {
  const source = document[sourceKey];
  if (!isObject(source)) return document;
  const { page, line: _, parameters: __, schemas: ___, ...rest } = source;
  return { ...document, [sourceKey]: { page, hash: documentHash(document), ...rest } };
}

/** Whether the data of a document was edited since it was transcribed; `false` if it has no hash. */
export function isEdited(document: Json): boolean {
  const source = document[sourceKey];
  return isObject(source) && typeof source.hash === "string" && source.hash !== documentHash(document);
}

/** Whether two values of documents are the same, in any order of keys and of parameters. */
export function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(canonical(one)) === JSON.stringify(canonical(other));
}

/** Entries of a list by name, if each has a different one: their order does not matter. */
export function entriesByName(list: readonly unknown[]): ReadonlyMap<string, Json> | undefined {
  const entries = new Map<string, Json>();
  for (const item of list) {
    if (!isObject(item) || typeof item.name !== "string" || entries.has(item.name)) return undefined;
    entries.set(item.name, item);
  }
  return entries.size === 0 ? undefined : entries;
}

function canonical(value: unknown): unknown {
  if (Array.isArray(value)) {
    const named = entriesByName(value);
    const items = named === undefined ? value : sortByKey([...named]).map(([, item]) => item);
    return items.map(canonical);
  }
  if (!isObject(value)) return value;
  return Object.fromEntries(sortByKey(Object.entries(value)).map(([key, item]) => [key, canonical(item)]));
}

function sortByKey<Value>(entries: [string, Value][]): [string, Value][] {
  return entries.sort(([a], [b]) => compare(a, b));
}
