import { type AnyOperation, type Fields, kindOf, type TypeText } from "../operation.js";

/** Result of {@link readParameters}. */
export interface TypedParameters {
  /** Parameters as a caller passes them to a client. */
  readonly params: Record<string, unknown>;
  /** Names, as on the wire, of required parameters that are missing. */
  readonly missing: readonly string[];
  /** Names, as on the wire, of parameters of another type, each with the type that it must be of. */
  readonly mistyped: readonly string[];
}

type Entry = readonly [keys: readonly string[], value: string];

/** Restores parameters from the flat strings on the wire, and checks them against an operation. */
export function readParameters(
  flat: ReadonlyMap<string, string>,
  { parameters, models }: Pick<AnyOperation, "parameters" | "models">,
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
      if (value === undefined) mistyped.push(`${name} must be of type ${kind}`);
      return value ?? first[1];
    }
    if (kind === "object") return readFields(entries, models[type.slice(1)] ?? {}, name);
    const groups = grouped(entries);
    const isList = [...groups.keys()].every((key) => /^\d{1,4}$/.test(key));
    if (kind === "array" ? !isList : kind !== "json") mistyped.push(`${name} must be of type ${kind}`);
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

  const entries = [...flat].map(([name, value]): Entry => [name.split("."), value]);
  return { params: readFields(entries, parameters, ""), missing, mistyped };
}

/** Entries by their first key, in their original order, with the rest of their keys. */
function grouped(entries: readonly Entry[]): Map<string, Entry[]> {
  const groups = new Map<string, Entry[]>();
  for (const [[key = "", ...rest], value] of entries) {
    const group = groups.get(key) ?? [];
    groups.set(key, group);
    group.push([rest, value]);
  }
  return groups;
}

/** @returns `undefined` if the string is not a value of the kind. */
function valueFrom(value: string, kind: string): unknown {
  if (kind === "integer" || kind === "number") {
    const isNumber = kind === "integer" ? /^-?\d+$/.test(value) : /^-?\d+(?:\.\d+)?$/.test(value);
    if (!isNumber) return undefined;
    // An integer beyond 2^53 was passed as a string or a bigint.
    return kind === "integer" && !Number.isSafeInteger(Number(value)) ? value : Number(value);
  }
  if (kind === "boolean") return value === "true" || (value === "false" ? false : undefined);
  return kind === "base64" ? decoded(value) : value;
}

/** The encoded string, or bytes if they are not UTF-8. */
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
