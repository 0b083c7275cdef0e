import { type Document, isMap, isNode, isScalar, LineCounter, type Pair, parseDocument } from "yaml";
import { Diagnostics } from "../diagnostic.js";
import type { SourceFile } from "../files.js";
import type { AddDiagnostic } from "./checks.js";
import type { Path } from "./pointer.js";

/** A YAML or JSON file as plain data, with the lines of its values. */
export interface YamlSource {
  readonly file: string;
  readonly value: unknown;
  /** Whether everything is on one line, so that line numbers locate nothing. */
  readonly isOneLine: boolean;
  /** Line, 1-based, of the value at a path, or of the nearest value around it that the file has. */
  lineOf(path: Path): number;
}

interface ParseOptions {
  /** Keeps every digit of integers. */
  readonly intAsBigInt?: boolean;
  /** Accepts strings with halves of characters, as a recording can have them. Default: `false`, and they are reported. */
  readonly acceptsSurrogates?: boolean;
}

/** Parses YAML 1.2. Reports syntax errors with their lines, and then returns `undefined`. */
export function parseYaml(
  source: SourceFile,
  diagnostics: Diagnostics,
  options: ParseOptions = {},
): YamlSource | undefined {
  const { path: file, text } = source;
  const parsed = parse(source, diagnostics, options);
  if (parsed === undefined) return undefined;
  let value: unknown;
  try {
    value = parsed.document.toJS();
    // Fails for a value that contains itself through an alias.
    if (text.includes("*")) JSON.stringify(value, (_, item) => (typeof item === "bigint" ? `${item}` : item));
  } catch (error) {
    if (error instanceof RangeError) return tooDeep(file, diagnostics);
    const [message = ""] = (error as Error).message.split("\n");
    const help = "Write the value out instead of using aliases.";
    diagnostics.add({ code: "yaml-syntax", file, line: 1, message, help });
    return undefined;
  }
  if (isDeeper(value, maxNesting)) return tooDeep(file, diagnostics);
  const halved = options.acceptsSurrogates ? undefined : surrogateIn(value);
  if (halved !== undefined) {
    const message = `${halved.join(" › ")} contains a lone surrogate, which is half of a character`;
    const help = "Write the whole character. Such a string can be neither stored nor sent.";
    diagnostics.add({ code: "yaml-string", file, line: lineOf(parsed, halved), message, help });
    return undefined;
  }
  const isOneLine = !text.trim().includes("\n");
  // Syntax trees of thousands of documents would fill the memory, so one that was collected is parsed again.
  let tree = new WeakRef(parsed);
  return {
    file,
    value,
    isOneLine,
    lineOf(path) {
      if (isOneLine) return 1;
      const known = tree.deref() ?? parse(source, new Diagnostics(), options);
      if (known === undefined) return 1;
      tree = new WeakRef(known);
      return lineOf(known, path);
    },
  };
}

/** Number of lists and objects around a value: far above any real file, and far below the limit of the stack. */
const maxNesting = 200;

function tooDeep(file: string, diagnostics: Diagnostics): undefined {
  const message = `is nested too deeply: more than ${maxNesting} lists and objects in each other`;
  diagnostics.add({ code: "yaml-syntax", file, line: 1, message, help: "Reduce the nesting." });
}

/** Whether lists and objects are nested more deeply than a number of levels. */
export function isDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== "object" || value === null) return false;
  return levels === 0 || Object.values(value).some((item) => isDeeper(item, levels - 1));
}

/** Path of the first string or key that is not valid Unicode. */
function surrogateIn(value: unknown, path: Path = []): Path | undefined {
  if (typeof value === "string") return /\p{Surrogate}/u.test(value) ? path : undefined;
  if (typeof value !== "object" || value === null) return undefined;
  for (const [key, item] of Object.entries(value)) {
    const own = [...path, Array.isArray(value) ? Number(key) : key];
    const found = /\p{Surrogate}/u.test(key) ? own : surrogateIn(item, own);
    if (found !== undefined) return found;
  }
  return undefined;
}

interface Parsed {
  readonly document: Document.Parsed;
  readonly lines: LineCounter;
}

function parse(
  { path: file, text }: SourceFile,
  diagnostics: Diagnostics,
  options: ParseOptions,
): Parsed | undefined {
  const lines = new LineCounter();
  let document: Document.Parsed;
  try {
    // Its warnings are about what is valid YAML.
    const settings = { lineCounter: lines, prettyErrors: false, logLevel: "error" } as const;
    document = parseDocument(text, { ...settings, intAsBigInt: options.intAsBigInt === true });
  } catch {
    return tooDeep(file, diagnostics);
  }
  if (document.errors.some(({ message }) => message.startsWith("Maximum call stack")))
    return tooDeep(file, diagnostics);
  for (const { message, pos } of document.errors) {
    const help = "Fix the YAML. Editors with YAML support show the location.";
    diagnostics.add({ code: "yaml-syntax", file, line: lines.linePos(pos[0]).line, message, help });
  }
  return document.errors.length > 0 ? undefined : { document, lines };
}

function lineOf({ document, lines }: Parsed, path: Path): number {
  for (let length = path.length; length > 0; length--) {
    const parent = length === 1 ? document.contents : document.getIn(path.slice(0, length - 1), true);
    const isNamed = ({ key }: Pair) => isScalar(key) && key.value === path[length - 1];
    const key = isMap(parent) ? parent.items.find(isNamed)?.key : undefined;
    const node = key ?? document.getIn(path.slice(0, length), true);
    if (isNode(node) && node.range) return lines.linePos(node.range[0]).line;
  }
  return 1;
}

/** Parses JSON. Reports an error, and then returns `undefined`. @param help what to do about a file that is not JSON. */
export function jsonValue(
  { path: file, text }: SourceFile,
  help: string,
  diagnostics: Diagnostics,
): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(text.replace(/^\uFEFF/, "")) };
  } catch (error) {
    const position = Number(/position (\d+)/.exec((error as Error).message)?.[1] ?? text.trimEnd().length);
    const line = text.slice(0, position).split("\n").length;
    // The engine's own message quotes the text, which may contain secrets.
    const message = text.trim() === "" ? "is empty" : "is not JSON";
    diagnostics.add({ code: "json-syntax", file, line, message, help });
    return undefined;
  }
}

/**
 * Parses JSON with the lines of its values. It is parsed as YAML, of which it is a subset, since that keeps lines and reports
 * duplicate keys. Reports errors and then returns `undefined`.
 *
 * @param help what to do about a file that is not JSON.
 */
export function parseJson(
  source: SourceFile,
  help: string,
  diagnostics: Diagnostics,
  options: ParseOptions = {},
): YamlSource | undefined {
  if (jsonValue(source, help, diagnostics) === undefined) return undefined;
  const found = new Diagnostics();
  const yaml = parseYaml(source, found, { ...options, acceptsSurrogates: true });
  // Valid JSON with an error in YAML: a key that appears twice.
  for (const { line } of found.list) {
    const message = "a key appears twice in one object";
    diagnostics.add({ code: "json-key", file: source.path, line, message, help: "Remove one." });
  }
  return yaml;
}

/** Creates a function that reports problems at paths of a file. */
export function reporter({ file, isOneLine, lineOf }: YamlSource, diagnostics: Diagnostics): AddDiagnostic {
  return (code, path, message, help) => {
    const location = path.join(" › ");
    const isNeeded = isOneLine && !message.startsWith(location);
    diagnostics.add({
      code,
      file,
      line: lineOf(path),
      ...(isNeeded ? { path: location } : {}),
      message,
      help,
    });
  };
}
