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

/** `match()` and `search()` of RFC 9535, in linear time. JavaScript's own engine can backtrack for years. */
class LinearRegularExpression implements FilterFunction {
  readonly argTypes = [ValueType, ValueType];
  readonly returnType = LogicalType;
  readonly #compiled = new Map<string, RE2JS | undefined>();

  constructor(private readonly kind: "match" | "search") {}

  /** As RFC 9535 requires, the result is `false` if the value is not a string or the pattern is not an I-Regexp. */
  call(text: unknown, pattern: unknown): boolean {
    if (typeof text !== "string" || typeof pattern !== "string") return false;
    const expression = this.#compile(pattern);
    if (expression === undefined) return false;
    return this.kind === "match" ? expression.testExact(text) : expression.test(text);
  }

  #compile(pattern: string): RE2JS | undefined {
    if (!this.#compiled.has(pattern)) this.#compiled.set(pattern, compilePattern(pattern));
    return this.#compiled.get(pattern);
  }
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
environment.functionRegister.set("match", new LinearRegularExpression("match"));
environment.functionRegister.set("search", new LinearRegularExpression("search"));

/** Compiles a JSONPath. @throws QueryError if it is not valid. */
export function compileQuery(text: string): Query {
  return withQueryErrors(() => environment.compile(text));
}

/** Values that a JSONPath selects, each once. @throws QueryError if there are too many. */
export function select(query: Query, document: object): SelectedNode[] {
  return withQueryErrors(() => {
    const nodes: SelectedNode[] = [];
    for (const node of query.lazyQuery(document as JSONValue)) {
      if (nodes.length === maxNodes) {
        throw new QueryError(`it selects more than ${maxNodes} values`);
      }
      nodes.push(node);
    }
    return nodes.length < 2 ? nodes : unique(nodes);
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

/** RFC 9535 allows a query to select a value twice. */
function unique(nodes: readonly SelectedNode[]): SelectedNode[] {
  return [...new Map(nodes.map((node) => [JSON.stringify(node.location), node])).values()];
}

function withQueryErrors<T>(run: () => T): T {
  try {
    return run();
  } catch (error) {
    if (error instanceof RangeError) throw new QueryError("it is nested too deeply");
    throw error instanceof QueryError ? error : new QueryError((error as Error).message);
  }
}
