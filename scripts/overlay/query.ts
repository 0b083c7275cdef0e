import {
  type FilterFunction,
  FunctionExpressionType,
  JSONPathEnvironment,
  JSONPathQuery,
  type JSONValue,
  jsonpath,
} from "json-p3";
import { RE2JS } from "re2js";

/** A compiled JSONPath of RFC 9535. */
export type Query = JSONPathQuery;

/** A value that a JSONPath selects. */
export interface SelectedNode {
  readonly value: unknown;
  /** Keys from the document to the value; empty for the document itself. */
  readonly location: readonly (string | number)[];
}

/** Thrown for a JSONPath that is not valid, or that cannot be evaluated. */
export class QueryError extends Error {
  override readonly name = "QueryError";
}

const { ValueType, LogicalType } = FunctionExpressionType;
const checker = new jsonpath.functions.Match({ throwErrors: true });

/**
 * `match()` or `search()` of RFC 9535, in linear time: JavaScript's own engine can backtrack for years. As the RFC
 * requires, the result is `false` if the value is not a string or the pattern is not an I-Regexp.
 */
function linearFunction(test: (expression: RE2JS, value: string) => boolean): FilterFunction {
  const compiled = new Map<string, RE2JS | undefined>();
  return {
    argTypes: [ValueType, ValueType],
    returnType: LogicalType,
    call(value: unknown, pattern: unknown) {
      if (typeof value !== "string" || typeof pattern !== "string") return false;
      if (!compiled.has(pattern)) compiled.set(pattern, compilePattern(pattern));
      const expression = compiled.get(pattern);
      return expression !== undefined && test(expression, value);
    },
  };
}

function compilePattern(pattern: string): RE2JS | undefined {
  try {
    checker.call("", pattern);
    // A dot of an I-Regexp matches neither \n nor \r.
    const part = /\\.|\[(?:\\.|[^\]\\])*\]|\./gsu;
    return RE2JS.compile(pattern.replace(part, (found) => (found === "." ? "[^\\n\\r]" : found)));
  } catch {
    return undefined;
  }
}

// Far above any real document, far below the limits of memory and stack: `$[*,*][*,*]…` doubles with each step.
const maxNodes = 100_000;
const maxDepth = 500;

const environment = new JSONPathEnvironment({ maxRecursionDepth: maxDepth });
environment.functionRegister.set(
  "match",
  linearFunction((expression, value) => expression.testExact(value)),
);
environment.functionRegister.set(
  "search",
  linearFunction((expression, value) => expression.test(value)),
);

/** Compiles a JSONPath. @throws QueryError if it is not valid. */
export function compileQuery(text: string): Query {
  return withQueryErrors(() => environment.compile(text));
}

/** Values that a JSONPath selects, each once. @throws QueryError if there are too many. */
export function select(query: Query, document: object): SelectedNode[] {
  return withQueryErrors(() => {
    // RFC 9535 allows a query to select a value twice.
    const nodes = new Map<string, SelectedNode>();
    let count = 0;
    for (const node of query.lazyQuery(document as JSONValue)) {
      if (count++ === maxNodes) throw new QueryError(`it selects more than ${maxNodes} values`);
      nodes.set(JSON.stringify(node.location), node);
    }
    return [...nodes.values()];
  });
}

/** Whether a JSONPath selects anything; `true` if that cannot be determined. */
export function isMatch(query: Query, document: object): boolean {
  try {
    return query.match(document as JSONValue) !== undefined;
  } catch {
    return true;
  }
}

/** The first segments of a query. */
export function prefixOf(query: Query, length: number): Query {
  return new JSONPathQuery(environment, query.segments.slice(0, length));
}

function withQueryErrors<T>(run: () => T): T {
  try {
    return run();
  } catch (error) {
    if (error instanceof RangeError) throw new QueryError("it is nested too deeply");
    throw error instanceof QueryError ? error : new QueryError((error as Error).message);
  }
}
