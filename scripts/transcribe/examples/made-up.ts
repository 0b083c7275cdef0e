import { isRandomString } from "../../model/random-string.js";
import type { ExampleNode } from "./compare.js";

/** A word of eight letters that is a value of a query or a string of JSON, and not the name of one. */
const value = /[="]([A-Za-z]{8})(?="(?!\s*:)|[&\s]|$)/g;

/**
 * Whether the vendor's program made the examples of a page: it fills them with strings of eight random letters and small
 * numbers, and with the parameters that it knows, which are not always those of the tables.
 *
 * @param examples texts of the page's examples.
 */
export function hasRandomValues(examples: readonly string[]): boolean {
  return examples.some((text) => [...text.matchAll(value)].some(([, word = ""]) => isRandomString(word)));
}

/** Whether a value of such an example is one that the program makes, or consists of such values. */
export function isMadeUp(node: ExampleNode): boolean {
  if (node.kind === "array") return node.items.length > 0 && node.items.every(isMadeUp);
  if (node.kind === "object") return node.members.every(({ node: member }) => isMadeUp(member));
  const text = String(node.value);
  return isRandomString(text) || /^(?:\d|\d\.\d{5}|true|false|yes|no)$/.test(text);
}
