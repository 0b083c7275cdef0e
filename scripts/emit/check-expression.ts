import { tsIdentifier, tsLiteral } from "./escape.js";

/** Expression of a check as data: a name, which can have dots, a call, or a literal. */
export type CheckExpression = string | Call | { readonly value: unknown };

interface Call {
  readonly callee: string;
  readonly parameters: readonly CheckExpression[];
}

/** Prints a `CheckExpression`, passed as JSON. */
export function tsCheck(json: string): string {
  return print(JSON.parse(json) as CheckExpression);
}

function print(expression: CheckExpression): string {
  if (typeof expression === "string") return expression.split(".").map(tsIdentifier).join(".");
  if ("value" in expression) return tsLiteral(expression.value);
  return `${print(expression.callee)}(${expression.parameters.map(print).join(", ")})`;
}
