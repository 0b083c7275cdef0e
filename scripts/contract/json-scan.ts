import type { Path } from "../openapi/pointer.js";

/** A value of a JSON text, as {@link scanJson} reports it. */
export interface JsonValue {
  /** Its path. The array changes with the next value: copy it to keep it. */
  readonly path: readonly (string | number)[];
  /** Offset of the value, or of its key if it is in an object. */
  readonly start: number;
  /** A number, boolean or `null` as it is written; `""` for any other value. */
  readonly literal: string;
  /** Whether the object has its key already. */
  readonly isDuplicate: boolean;
}

/**
 * Visits the values of a JSON text in their order, each object and array before its items: what `JSON.parse` does not keep.
 * Takes no stack, so that no nesting is too deep, and linear time.
 *
 * @param text text whose value is valid JSON; what follows the value is not read.
 * @param start offset of the value.
 */
export function scanJson(text: string, visit: (value: JsonValue) => void, start = 0): void {
  const path: (string | number)[] = [];
  /** Keys of each open object so far; `undefined` for an array. */
  const open: (Set<string> | undefined)[] = [];
  const token = /["{}[\],]|[^\s"{}[\],:]+/y;
  const separator = /[\s:]*/y;
  let key: { start: number; isDuplicate: boolean } | undefined;
  for (let at = start; at < text.length; at = token.lastIndex) {
    separator.lastIndex = at;
    separator.test(text);
    token.lastIndex = separator.lastIndex;
    const begin = token.lastIndex;
    const [found = ""] = token.exec(text) ?? [];
    if (found === "") return;
    const keys = open.at(-1);
    if (found === "}" || found === "]") {
      open.pop();
      path.pop();
    } else if (found === ",") {
      if (keys === undefined) path[path.length - 1] = (path.at(-1) as number) + 1;
    } else {
      if (found === '"') token.lastIndex = endOfString(text, begin);
      if (keys !== undefined && key === undefined) {
        const name: string = JSON.parse(text.slice(begin, token.lastIndex));
        key = { start: begin, isDuplicate: keys.has(name) };
        keys.add(name);
        path[path.length - 1] = name;
        continue;
      }
      const literal = /^["{[]/.test(found) ? "" : found;
      visit({ path, start: key?.start ?? begin, literal, isDuplicate: key?.isDuplicate ?? false });
      key = undefined;
      if (found === "{" || found === "[") {
        open.push(found === "{" ? new Set() : undefined);
        path.push(found === "{" ? "" : 0);
      }
    }
    if (open.length === 0) return;
  }
}

/** Far deeper than any response, and what every check can handle. */
export const maxLevels = 200;

/** Whether JSON, which must be valid, is nested deeper than {@link maxLevels}. */
export function isTooDeep(json: string): boolean {
  let depth = 0;
  scanJson(json, ({ path }) => {
    depth = Math.max(depth, path.length);
  });
  return depth > maxLevels;
}

/** Offset after the string that begins at an offset. */
function endOfString(text: string, start: number): number {
  for (let at = start; ; ) {
    at = text.indexOf('"', at + 1);
    let backslashes = 0;
    while (text[at - 1 - backslashes] === "\\") backslashes += 1;
    if (backslashes % 2 === 0) return at + 1;
  }
}

/** Where the values of a JSON text are. */
export interface JsonLines {
  /** Line, 1-based, of the value at a path, or of the nearest value around it. */
  lineOf(path: Path): number;
}

/**
 * Lines of the values of a JSON text, which is scanned when the first line is needed.
 *
 * @param start offset of the value that paths start at.
 * @param firstLine its line.
 */
export function jsonLines(text: string, start = 0, firstLine = 1): JsonLines {
  let lines: Map<string, number> | undefined;
  return {
    lineOf(path) {
      lines ??= linesOf(text, start, firstLine);
      for (let length = path.length; length > 0; length--) {
        const line = lines.get(keyOf(path.slice(0, length)));
        if (line !== undefined) return line;
      }
      return firstLine;
    },
  };
}

/** Deeper than what a HAR is about: values of tools' own fields. */
const maxDepth = 12;

const keyOf = (path: Path) => JSON.stringify(path);

function linesOf(text: string, start: number, firstLine: number): Map<string, number> {
  const lines = new Map<string, number>();
  const lineAt = lineCounter(text, start, firstLine);
  scanJson(
    text,
    (value) => {
      if (value.path.length <= maxDepth) lines.set(keyOf(value.path), lineAt(value.start));
    },
    start,
  );
  return lines;
}

/** Creates a function from offsets to lines. The offsets must ascend. */
export function lineCounter(text: string, start = 0, firstLine = 1): (offset: number) => number {
  let line = firstLine;
  let next = text.indexOf("\n", start);
  return (offset) => {
    for (; next !== -1 && next < offset; next = text.indexOf("\n", next + 1)) line += 1;
    return line;
  };
}
