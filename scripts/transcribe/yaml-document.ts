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
  const options = { lineWidth: 0, singleQuote: false, aliasDuplicateObjects: false } as const;
  return stringify(document, { ...options, compat: "yaml-1.1" });
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
  const yaml = parseDocument(text);
  yaml.contents = merge(yaml, yaml.contents, document) as typeof yaml.contents;
  return isDeepStrictEqual(known, yaml.toJS()) ? text : yaml.toString(styleOf(text));
}

/** The style that keeps the most lines of a document. */
function styleOf(text: string): ToStringOptions {
  const yaml = parseDocument(text);
  const lines = new Set(text.split("\n"));
  const styles = [true, false].flatMap((indentSeq) =>
    [true, false].map((flowCollectionPadding) => {
      const style = { indentSeq, flowCollectionPadding, lineWidth: 0 };
      const kept = yaml.toString(style).split("\n");
      return { style, count: kept.filter((line) => lines.has(line)).length };
    }),
  );
  return styles.reduce((best, one) => (one.count > best.count ? one : best)).style;
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

/** Named entries, such as parameters, are matched by name and keep their order; others are matched by position. */
function mergeList(yaml: Document, list: YAMLSeq, values: readonly unknown[]): YAMLSeq {
  const isNamed = values.length > 0 && values.every((value) => isRecord(value) && "name" in value);
  const names = list.items.map((item) => (isMap(item) ? item.get("name") : undefined));
  const position = (value: unknown, index: number) =>
    isNamed ? (names.indexOf((value as Json).name) + 1 || Number.POSITIVE_INFINITY) - 1 : index;
  const entries = values.map((value, index) => ({ value, at: position(value, index) }));
  // Sorting is stable, so that new entries come last, in order.
  entries.sort((a, b) => (a.at === b.at ? 0 : a.at - b.at));
  list.items = entries.map(({ value, at }) => merge(yaml, list.items[at], value));
  return list;
}

function keyOf(key: unknown): string {
  return String(isScalar(key) ? key.value : key);
}

function isRecord(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
