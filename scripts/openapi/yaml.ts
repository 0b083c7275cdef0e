import { isMap, isNode, isScalar, LineCounter, type Pair, parseDocument } from "yaml";
import { Diagnostics } from "../diagnostic.js";
import type { SourceFile } from "../files.js";
import type { Path } from "./pointer.js";
import { readPlainYaml } from "./yaml-values.js";

/** A YAML (or JSON) file as plain data that still knows its lines. */
export interface YamlSource {
  readonly file: string;
  readonly value: unknown;
  /** Line, 1-based, of the value at a path, or of the nearest value around it that the file holds. */
  lineOf(path: Path): number;
}

/**
 * Parses YAML. Syntax faults go to `diagnostics`, each with its line; then the result is `undefined`.
 *
 * @param options `intAsBigInt` keeps every digit of a whole number.
 */
export function parseYaml(
  source: SourceFile,
  diagnostics: Diagnostics,
  options: { readonly intAsBigInt?: boolean } = {},
): YamlSource | undefined {
  const plain = options.intAsBigInt ? undefined : readPlainYaml(source.text);
  if (plain === undefined) return parseWithLines(source, diagnostics, options);
  // Lines are wanted where there is a fault, and nearly no document has one.
  let withLines: YamlSource | undefined;
  return {
    file: source.path,
    value: plain.value,
    lineOf(path) {
      withLines ??= parseWithLines(source, new Diagnostics(), options);
      return withLines?.lineOf(path) ?? 1;
    },
  };
}

/** Parses YAML with the parser that keeps the place of everything, and takes ten times as long. */
function parseWithLines(
  { path: file, text }: SourceFile,
  diagnostics: Diagnostics,
  options: { readonly intAsBigInt?: boolean },
): YamlSource | undefined {
  const lines = new LineCounter();
  let document: ReturnType<typeof parseDocument>;
  try {
    document = parseDocument(text, { lineCounter: lines, prettyErrors: false, ...options });
  } catch {
    const help = "Write it with less nesting.";
    diagnostics.add({ code: "yaml-syntax", file, line: 1, message: "is nested too deeply", help });
    return undefined;
  }
  for (const { message, pos } of document.errors) {
    const help = "Mend the YAML; editors with YAML support point at the place.";
    diagnostics.add({ code: "yaml-syntax", file, line: lines.linePos(pos[0]).line, message, help });
  }
  if (document.errors.length > 0) return undefined;
  let value: unknown;
  try {
    value = document.toJS();
    // Fails for what contains itself through an alias, which no JSON document can.
    JSON.stringify(value, (_, item) => (typeof item === "bigint" ? `${item}` : item));
  } catch (error) {
    const [message = ""] = (error as Error).message.split("\n");
    diagnostics.add({
      code: "yaml-syntax",
      file,
      line: 1,
      message,
      help: "Write the value out instead of using aliases.",
    });
    return undefined;
  }
  return {
    file,
    value,
    lineOf(path) {
      for (let length = path.length; length > 0; length--) {
        const parent = length === 1 ? document.contents : document.getIn(path.slice(0, length - 1), true);
        const isNamed = ({ key }: Pair) => isScalar(key) && key.value === path[length - 1];
        const key = isMap(parent) ? parent.items.find(isNamed)?.key : undefined;
        const node = key ?? document.getIn(path.slice(0, length), true);
        if (isNode(node) && node.range) return lines.linePos(node.range[0]).line;
      }
      return 1;
    },
  };
}

/**
 * Parses JSON, which is YAML too, and read as such keeps its lines. Faults go to `diagnostics`, with `help` where it is
 * no JSON at all; then the result is `undefined`.
 *
 * @param options as those of {@link parseYaml}.
 */
export function parseJson(
  source: SourceFile,
  help: string,
  diagnostics: Diagnostics,
  options: { readonly intAsBigInt?: boolean } = {},
): YamlSource | undefined {
  const { path: file, text } = source;
  try {
    JSON.parse(text);
  } catch (error) {
    const position = Number(/position (\d+)/.exec((error as Error).message)?.[1] ?? text.trimEnd().length);
    const line = text.slice(0, position).split("\n").length;
    // The engine's own message quotes the text, which may hold secrets.
    const message = text.trim() === "" ? "is empty" : "is not JSON";
    diagnostics.add({ code: "json-syntax", file, line, message, help });
    return undefined;
  }
  const found = new Diagnostics();
  const yaml = parseYaml(source, found, options);
  // A key that stands twice is all that YAML minds in what is JSON already.
  for (const { line } of found.list) {
    diagnostics.add({
      code: "json-key",
      file,
      line,
      message: "a key stands twice in one object",
      help: "Remove one.",
    });
  }
  return yaml;
}
