import { isDeepStrictEqual } from "node:util";
import {
  type Document,
  isMap,
  isScalar,
  isSeq,
  parse,
  parseDocument,
  stringify,
  type ToStringOptions,
  type YAMLMap,
  type YAMLSeq,
} from "yaml";
import type { Json } from "./schema.js";

/** Prints a document as YAML. YAML 1.1 parsers, which read `No` as a boolean, read the same values. */
export function toYaml(document: Json): string {
  return stringify(document, {
    lineWidth: 0,
    singleQuote: false,
    aliasDuplicateObjects: false,
    compat: "yaml-1.1",
  });
}

/** Parses YAML to a plain value; `undefined` if it is not valid. */
export function parseYamlValue(text: string): unknown {
  try {
    return parse(text, { logLevel: "error" });
  } catch {
    return undefined;
  }
}

/**
 * Updates a transcribed document. If the file was edited since, its comments and its order are kept, and only what
 * differs changes.
 *
 * @returns the text unchanged if the content is the same; `undefined` if the document was not transcribed.
 */
export function updateYaml(text: string, document: Json): string | undefined {
  const content = toYaml(document);
  if (content === text) return text;
  const known = parseYamlValue(text);
  if (!isRecord(known) || known["x-actiongen-source"] === undefined) return undefined;
  if (toYaml(known) === text) return content;
  const ordered = inOrderOf(known, document);
  if (isDeepStrictEqual(known, ordered)) return text;
  const yaml = parseDocument(text);
  yaml.contents = merge(yaml, yaml.contents, ordered) as typeof yaml.contents;
  return yaml.toString(styleOf(text));
}

/** Common styles of YAML. */
const styles = [true, false].flatMap((indentSeq) =>
  [true, false].map((flowCollectionPadding) => ({ indentSeq, flowCollectionPadding, lineWidth: 0 })),
);

/** The style that keeps the most lines of a text. */
function styleOf(text: string): ToStringOptions {
  const yaml = parseDocument(text);
  const lines = new Set(text.split("\n"));
  const kept = styles.map((style) => {
    const printed = yaml.toString(style).split("\n");
    return printed.filter((line) => lines.has(line)).length;
  });
  return styles[kept.indexOf(Math.max(...kept))] ?? {};
}

/** The value with its lists of named entries in the existing order; new entries come last. */
function inOrderOf(known: unknown, value: unknown): unknown {
  if (Array.isArray(value)) {
    const old: readonly unknown[] = Array.isArray(known) ? known : [];
    const position = (entry: unknown) =>
      old.findIndex((one) => isRecord(one) && isRecord(entry) && one.name === entry.name);
    const hasNames = isNamedList(value);
    const rank = (entry: unknown) => (position(entry) < 0 ? old.length : position(entry));
    const sorted = hasNames ? [...value].sort((a, b) => rank(a) - rank(b)) : value;
    return sorted.map((entry, index) => inOrderOf(old[hasNames ? position(entry) : index], entry));
  }
  if (!isRecord(value)) return value;
  const inner = (key: string) => (isRecord(known) ? known[key] : undefined);
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, inOrderOf(inner(key), item)]));
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

/** Named entries, such as parameters, are matched by name; others by position. */
function mergeList(yaml: Document, list: YAMLSeq, values: readonly unknown[]): YAMLSeq {
  const named = new Map(list.items.flatMap((item) => (isMap(item) ? [[item.get("name"), item]] : [])));
  const hasNames = isNamedList(values);
  list.items = values.map((value, index) =>
    merge(yaml, hasNames ? named.get((value as Json).name) : list.items[index], value),
  );
  return list;
}

function isNamedList(values: readonly unknown[]): boolean {
  return values.length > 0 && values.every((value) => isRecord(value) && "name" in value);
}

function keyOf(key: unknown): string {
  return String(isScalar(key) ? key.value : key);
}

function isRecord(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
