import { isDeepStrictEqual } from "node:util";
import { CORE_SCHEMA, dump, load } from "js-yaml";
import {
  type Document,
  isMap,
  isScalar,
  isSeq,
  parseDocument,
  type ToStringOptions,
  type YAMLMap,
  type YAMLSeq,
} from "yaml";
import type { Json } from "./schema.js";

/** A document as YAML, the same text for the same document. */
export function toYaml(document: Json): string {
  return dump(document, { schema: CORE_SCHEMA, lineWidth: -1, noRefs: true, quotingType: '"' });
}

/**
 * Brings a document that was transcribed before to new content. Where a person has edited it since, its comments and its
 * order stay, and only what differs changes.
 *
 * @returns the text as it was where the content is the same; `undefined` for one that was not transcribed.
 */
export function updateYaml(text: string, document: Json): string | undefined {
  const content = toYaml(document);
  if (content === text) return text;
  const known = tryLoad(text);
  if (!isRecord(known) || known["x-actiongen-source"] === undefined) return undefined;
  if (toYaml(known) === text) return content;
  const ordered = inOrderOf(known, document);
  if (isDeepStrictEqual(known, ordered)) return text;
  const yaml = parseDocument(text);
  yaml.contents = merge(yaml, yaml.contents, ordered) as typeof yaml.contents;
  return yaml.toString(styleOf(text));
}

/** Ways in which people write YAML. */
const styles = [true, false].flatMap((indentSeq) =>
  [true, false].map((flowCollectionPadding) => ({ indentSeq, flowCollectionPadding, lineWidth: 0 })),
);

/** The way that leaves the most lines of a text as they are. */
function styleOf(text: string): ToStringOptions {
  const yaml = parseDocument(text);
  const lines = new Set(text.split("\n"));
  const kept = styles.map(
    (style) =>
      yaml
        .toString(style)
        .split("\n")
        .filter((line) => lines.has(line)).length,
  );
  return styles[kept.indexOf(Math.max(...kept))] ?? {};
}

function tryLoad(text: string): unknown {
  try {
    return load(text, { schema: CORE_SCHEMA });
  } catch {
    return undefined;
  }
}

/** The value with its lists of named entries in the order that a person gave them; new entries come last. */
function inOrderOf(known: unknown, value: unknown): unknown {
  if (Array.isArray(value)) {
    const old: readonly unknown[] = Array.isArray(known) ? known : [];
    const place = (entry: unknown) =>
      old.findIndex((one) => isRecord(one) && isRecord(entry) && one.name === entry.name);
    const isNamed = value.every((entry) => isRecord(entry) && "name" in entry);
    const rank = (entry: unknown) => (place(entry) < 0 ? old.length : place(entry));
    const sorted = isNamed ? [...value].sort((a, b) => rank(a) - rank(b)) : value;
    return sorted.map((entry, index) => inOrderOf(isNamed ? old[place(entry)] : old[index], entry));
  }
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [
      key,
      inOrderOf(isRecord(known) ? known[key] : undefined, item),
    ]),
  );
}

function merge(yaml: Document, node: unknown, value: unknown): unknown {
  if (isMap(node) && isRecord(value)) return mergeMap(yaml, node, value);
  if (isSeq(node) && Array.isArray(value)) return mergeList(yaml, node, value);
  if (isScalar(node) && !isRecord(value) && !Array.isArray(value)) {
    if (node.value !== value) node.value = value;
    return node;
  }
  return yaml.createNode(value);
}

function mergeMap(yaml: Document, map: YAMLMap, value: Json): YAMLMap {
  map.items = map.items.filter(({ key }) => Object.hasOwn(value, keyOf(key)));
  for (const [key, item] of Object.entries(value)) {
    const pair = map.items.find((one) => keyOf(one.key) === key);
    if (pair === undefined) map.add(yaml.createPair(key, item));
    else pair.value = merge(yaml, pair.value, item);
  }
  return map;
}

/** Entries with a name, such as parameters, are told apart by it; others by their place. */
function mergeList(yaml: Document, list: YAMLSeq, values: readonly unknown[]): YAMLSeq {
  const named = new Map(
    list.items.flatMap((item) => (isMap(item) && item.has("name") ? [[item.get("name"), item]] : [])),
  );
  const isNamed = values.length > 0 && values.every((value) => isRecord(value) && "name" in value);
  list.items = values.map((value, index) =>
    merge(yaml, isNamed ? named.get((value as Json).name) : list.items[index], value),
  );
  return list;
}

function keyOf(key: unknown): string {
  return String(isScalar(key) ? key.value : key);
}

function isRecord(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
