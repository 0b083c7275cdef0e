import { tsIdentifier, tsLiteral } from "./escape.js";

/** Expression of a check as data: a name, a call of a name, or a literal. Names can have dots. */
export type CheckExpression =
  | string
  | { readonly callee: string; readonly parameters: readonly CheckExpression[] }
  | { readonly value: unknown };

/** Prints a `CheckExpression`, passed as JSON. */
export function tsCheck(json: string): string {
  return print(JSON.parse(json) as CheckExpression);
}

function print(expression: CheckExpression): string {
  if (typeof expression === "string") return expression.split(".").map(tsIdentifier).join(".");
  if ("value" in expression) return tsLiteral(expression.value);
  const { callee, parameters } = expression;
  return `${print(callee)}(${parameters.map(print).join(", ")})`;
}
