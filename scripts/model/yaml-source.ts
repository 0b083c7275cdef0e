import { isMap, isNode, isScalar, LineCounter, type Pair, parseDocument } from "yaml";
import type { Faults } from "../diagnostic.js";
import type { SourceFile } from "../files.js";

/** A YAML (or JSON) file as plain data that still knows its lines. */
export interface YamlSource {
  readonly file: string;
  readonly value: unknown;
  /** Line, 1-based, of the value at a path, or of the nearest value around it that the file holds. */
  lineOf(path: readonly (string | number)[]): number;
}

/** Parses YAML. Syntax faults go to `faults`, each with its line; then the result is `undefined`. */
export function parseYaml({ path: file, text }: SourceFile, faults: Faults): YamlSource | undefined {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  for (const { message, pos } of document.errors) {
    const help = "Mend the YAML; editors with YAML support point at the place.";
    faults.add({ code: "yaml-syntax", file, line: lines.linePos(pos[0]).line, message, help });
  }
  if (document.errors.length > 0) return undefined;
  let value: unknown;
  try {
    value = document.toJS();
  } catch (error) {
    const message = (error as Error).message;
    faults.add({
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

/** A JSON pointer (`/paths/~1/get`) as a path of keys, array indices as numbers. */
export function pointerPath(pointer: string): (string | number)[] {
  return pointer
    .split("/")
    .slice(1)
    .map((part) => decodePointerPart(part))
    .map((key) => (/^\d+$/.test(key) ? Number(key) : key));
}

function decodePointerPart(part: string): string {
  return part.replaceAll("~1", "/").replaceAll("~0", "~");
}
