import { visit } from "jsonc-parser";
import type { Path } from "../openapi/pointer.js";

/** Changes of the strings and numbers of a JSON text. */
export interface JsonEdits {
  /** @param path of the object that has the key. */
  key(key: string, path: Path): string;
  string(value: string, path: Path): string;
  /** @param digits the number as written, so that it loses none. */
  number(digits: string, path: Path): string;
}

/**
 * Replaces strings and numbers in valid JSON. Strings are serialized again, since escapes can hide what they contain. Everything
 * else is kept: the order of keys, duplicate keys, and the digits of numbers.
 */
export function editJson(text: string, edits: JsonEdits): string {
  const parts: string[] = [];
  let end = 0;
  const replace = (offset: number, length: number, changed: string) => {
    parts.push(text.slice(end, offset), changed);
    end = offset + length;
  };
  visit(text, {
    onObjectProperty(key, offset, length, _line, _column, path) {
      const changed = edits.key(key, path());
      replace(offset, length, JSON.stringify(changed));
    },
    onLiteralValue(value, offset, length, _line, _column, path) {
      const token = text.slice(offset, offset + length);
      if (typeof value === "number") {
        replace(offset, length, edits.number(token, path()));
      } else if (typeof value === "string") {
        replace(offset, length, JSON.stringify(edits.string(value, path())));
      }
    },
  });
  return parts.join("") + text.slice(end);
}
