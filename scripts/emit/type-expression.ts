import { tsIdentifier, tsString } from "./escape.js";

/** A TypeScript type as data: decided in TypeScript, printed by {@link tsType}. */
export type TypeExpression =
  | { readonly kind: "keyword"; readonly keyword: "string" | "number" | "boolean" | "unknown" }
  /** Any other value of an enumeration. Keeps the known values in the editor's completions. */
  | { readonly kind: "open"; readonly keyword: "string" | "number" }
  | { readonly kind: "literal"; readonly value: string | number | boolean | null }
  | { readonly kind: "name"; readonly name: string }
  | { readonly kind: "array"; readonly items: TypeExpression }
  | { readonly kind: "map"; readonly values: TypeExpression }
  | { readonly kind: "union"; readonly members: readonly TypeExpression[] };

/** Columns that a union may take before it is printed with a member a line. */
const longestUnion = 80;

/**
 * A type in TypeScript.
 *
 * @param json a `TypeExpression`.
 * @param indent of the line that it begins on.
 */
export function tsType(json: string, indent = ""): string {
  const expression = JSON.parse(json) as TypeExpression;
  const type = print(expression);
  if (expression.kind !== "union" || type.length <= longestUnion) return type;
  return expression.members.map((member) => `\n${indent}  | ${print(member)}`).join("");
}

function print(expression: TypeExpression): string {
  switch (expression.kind) {
    case "keyword":
      return expression.keyword;
    case "open":
      return `(${expression.keyword} & {})`;
    case "literal":
      return typeof expression.value === "string" ? tsString(expression.value) : String(expression.value);
    case "name":
      return tsIdentifier(expression.name);
    case "array": {
      const items = print(expression.items);
      return expression.items.kind === "union" ? `(${items})[]` : `${items}[]`;
    }
    case "map":
      return `Record<string, ${print(expression.values)}>`;
    case "union":
      return expression.members.map(print).join(" | ");
  }
}
