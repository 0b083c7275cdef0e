import { tryFlatten } from "../../../runtime/parameters.js";

/** Parameters that a reader pasted. */
export interface ParsedInput {
  /** Flat, in the order of the input. */
  readonly parameters: Map<string, string>;
  /** Problem of the input; `""` if there is none. */
  readonly problem: string;
  /** Name of the parameter with the problem; `""` if it is not about one. */
  readonly subject: string;
}

/** Parses parameters: JSON, a query or form, one `name=value` a line, or a whole URL. */
export function parseInput(input: string): ParsedInput {
  const trimmed = input.trim();
  return trimmed.startsWith("{") ? parseJson(trimmed) : parseQuery(trimmed);
}

function parseJson(json: string): ParsedInput {
  try {
    const { flat, issues } = tryFlatten(JSON.parse(json));
    return { parameters: flat, problem: issues[0]?.problem ?? "", subject: issues[0]?.path ?? "" };
  } catch {
    return { parameters: new Map(), problem: "The parameters are not valid JSON.", subject: "" };
  }
}

function parseQuery(input: string): ParsedInput {
  const query = input.replace(/^[^=]*\?/, "").replace(/\s*\n\s*&?/g, "&");
  const parameters = new Map<string, string>();
  let subject = "";
  for (const [name, value] of new URLSearchParams(query)) {
    if (parameters.has(name)) subject = name;
    parameters.set(name, value);
  }
  return { parameters, problem: subject && "is in the query more than once", subject };
}
