import { type FilterFunction, FunctionExpressionType, jsonpath } from "json-p3";
import { RE2JS } from "re2js";

const { ValueType, LogicalType } = FunctionExpressionType;
const checker = new jsonpath.functions.Match({ throwErrors: true });

/**
 * `match()` and `search()` of RFC 9535 in time that grows with the text alone. The engine of JavaScript itself can
 * take years over some expressions, which I-Regexp (RFC 9485) allows.
 */
export class LinearRegularExpression implements FilterFunction {
  readonly argTypes = [ValueType, ValueType];
  readonly returnType = LogicalType;
  readonly #compiled = new Map<string, RE2JS | undefined>();

  constructor(private readonly kind: "match" | "search") {}

  /** @returns `false` too where there is no text, or the pattern is no I-Regexp, as RFC 9535 asks. */
  call(text: unknown, pattern: unknown): boolean {
    if (typeof text !== "string" || typeof pattern !== "string") return false;
    const expression = this.#compile(pattern);
    if (expression === undefined) return false;
    return this.kind === "match" ? expression.testExact(text) : expression.test(text);
  }

  #compile(pattern: string): RE2JS | undefined {
    if (!this.#compiled.has(pattern)) this.#compiled.set(pattern, compile(pattern));
    return this.#compiled.get(pattern);
  }
}

function compile(pattern: string): RE2JS | undefined {
  try {
    checker.call("", pattern);
    // A dot of I-Regexp leaves out \r as well as \n.
    const part = /\\.|\[(?:\\.|[^\]\\])*\]|\./gsu;
    return RE2JS.compile(pattern.replace(part, (found) => (found === "." ? "[^\\n\\r]" : found)));
  } catch {
    return undefined;
  }
}
