import { type AnyOperation, type Fields, kindOf, type TypeText } from "../operation.js";

/** What flat parameters come to. */
export interface TypedParameters {
  /** As a caller gives them to a client. */
  readonly params: Record<string, unknown>;
  /** Names, as on the wire, of what is required and not there. */
  readonly missing: readonly string[];
  /** Names, as on the wire, of what has another type, with what it should have. */
  readonly mistyped: readonly string[];
}

type Entry = readonly [keys: readonly string[], text: string];

/** Turns the texts of the wire back into what they were written from, and holds them against an operation. */
export function readParameters(
  flat: ReadonlyMap<string, string>,
  { parameters, models }: AnyOperation,
): TypedParameters {
  const missing: string[] = [];
  const mistyped: string[] = [];

  /** @param type without the `!`. */
  function read(entries: readonly Entry[], type: TypeText, name: string): unknown {
    const kind = kindOf(type);
    const [first] = entries as [Entry, ...Entry[]];
    const isLeaf = first[0].length === 0;
    if (isLeaf) {
      const value = kind === "array" || kind === "object" ? undefined : valueFrom(first[1], kind);
      if (value === undefined) mistyped.push(`${name} has to be of type ${kind}`);
      return value ?? first[1];
    }
    if (kind === "object") return readFields(entries, models[type.slice(1)] ?? {}, name);
    const groups = grouped(entries);
    const isList = [...groups.keys()].every((key) => /^\d{1,4}$/.test(key));
    if (kind === "array" ? !isList : kind !== "json") mistyped.push(`${name} has to be of type ${kind}`);
    if (!isList) return readFields(entries, {}, name);
    const list: unknown[] = [];
    const item = kind === "array" ? type.replace("[]", "") : "json";
    for (const [key, group] of groups) list[Number(key)] = read(group, item, `${name}.${key}`);
    return list;
  }

  function readFields(entries: readonly Entry[], fields: Fields, name: string): Record<string, unknown> {
    const found: Record<string, unknown> = {};
    const groups = grouped(entries);
    const prefix = name === "" ? "" : `${name}.`;
    for (const [key, type] of Object.entries(fields)) {
      if (type.endsWith("!") && !groups.has(key)) missing.push(prefix + key);
    }
    for (const [key, group] of groups) {
      const type = Object.hasOwn(fields, key) ? fields[key] : undefined;
      const value = read(group, type?.replace("!", "") ?? "json", prefix + key);
      Object.defineProperty(found, key, { value, enumerable: true, configurable: true, writable: true });
    }
    return found;
  }

  const entries = [...flat].map(([name, text]): Entry => [name.split("."), text]);
  return { params: readFields(entries, parameters, ""), missing, mistyped };
}

/** Entries by their first key, in the order in which they came, with what is left of their keys. */
function grouped(entries: readonly Entry[]): Map<string, Entry[]> {
  const groups = new Map<string, Entry[]>();
  for (const [[key = "", ...rest], text] of entries) {
    const group = groups.get(key) ?? [];
    groups.set(key, group);
    group.push([rest, text]);
  }
  return groups;
}

/** @returns `undefined` for a text that is no value of the kind. */
function valueFrom(text: string, kind: string): unknown {
  if (kind === "integer" || kind === "number") {
    const isNumber = kind === "integer" ? /^-?\d+$/.test(text) : /^-?\d+(?:\.\d+)?$/.test(text);
    if (!isNumber) return undefined;
    // One that JavaScript cannot hold was given as a text or a bigint.
    return kind === "integer" && !Number.isSafeInteger(Number(text)) ? text : Number(text);
  }
  if (kind === "boolean") return text === "true" || (text === "false" ? false : undefined);
  return kind === "base64" ? decoded(text) : text;
}

/** The text that was encoded, or its bytes where they are none. */
function decoded(base64: string): string | Uint8Array | undefined {
  try {
    const bytes = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
    try {
      return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    } catch {
      return bytes;
    }
  } catch {
    return undefined;
  }
}
