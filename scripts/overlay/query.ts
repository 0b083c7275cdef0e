import { JSONPathEnvironment, JSONPathQuery, type JSONValue } from "json-p3";
import { LinearRegularExpression } from "./regular-expression.js";

/** A compiled JSONPath of RFC 9535. */
export type Query = JSONPathQuery;

/** A value that a JSONPath selects. */
export interface SelectedNode {
  readonly value: unknown;
  /** Keys that lead to it from the document; none for the document itself. */
  readonly location: readonly (string | number)[];
}

/** Said of a JSONPath that is none, or that cannot be followed. */
export class QueryError extends Error {
  override readonly name = "QueryError";
}

// Far beyond any document, and far below what memory and the stack hold: `$[*,*][*,*]…` doubles with each step.
const maximumNodes = 100_000;
const maximumDepth = 500;

const environment = new JSONPathEnvironment({ maxRecursionDepth: maximumDepth });
environment.functionRegister.set("match", new LinearRegularExpression("match"));
environment.functionRegister.set("search", new LinearRegularExpression("search"));

/** Compiles a JSONPath. @throws QueryError where it is none. */
export function compileQuery(text: string): Query {
  return tellingFaults(() => environment.compile(text));
}

/** What a JSONPath selects, each value once. @throws QueryError where that goes too far. */
export function select(query: Query, document: object): SelectedNode[] {
  return tellingFaults(() => {
    const nodes: SelectedNode[] = [];
    for (const node of query.lazyQuery(document as JSONValue)) {
      if (nodes.length === maximumNodes) {
        throw new QueryError(`it selects more than ${maximumNodes} values`);
      }
      nodes.push(node);
    }
    return nodes.length < 2 ? nodes : withoutRepetition(nodes);
  });
}

/** Whether a JSONPath selects anything; `true` too where finding out goes too far. */
export function isMatch(query: Query, document: object): boolean {
  try {
    return query.match(document as JSONValue) !== undefined;
  } catch {
    return true;
  }
}

/** The query without its last steps: its first `length` ones. */
export function prefixOf(query: Query, length: number): Query {
  return new JSONPathQuery(environment, query.segments.slice(0, length));
}

/** RFC 9535 lets a query select a value twice. */
function withoutRepetition(nodes: readonly SelectedNode[]): SelectedNode[] {
  return [...new Map(nodes.map((node) => [JSON.stringify(node.location), node])).values()];
}

function tellingFaults<T>(run: () => T): T {
  try {
    return run();
  } catch (error) {
    if (error instanceof RangeError) throw new QueryError("it is nested too deeply");
    throw error instanceof QueryError ? error : new QueryError((error as Error).message);
  }
}
