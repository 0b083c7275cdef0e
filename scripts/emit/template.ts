import Handlebars from "handlebars";

/** What a template may print a value through. */
export type Escapers = Readonly<Record<string, (...texts: string[]) => string>>;

/** Prints a view, or what stands in it. */
type Print = (view: unknown) => string;

/**
 * Makes a function of a Handlebars template. Every value goes through a named escaper, and nothing is decided: `#each`
 * and boolean `#if` only. Handlebars reads the template; so little of the language can be printed in a fourth of the
 * time that its own functions take, which are made for all of it.
 *
 * @param path of the template, for faults. @throws Error where it holds anything else.
 */
export function compileTemplate(path: string, text: string, escapers: Escapers): Print {
  return printAll(Handlebars.parse(text, { srcName: path }).body);

  function printAll(statements: readonly hbs.AST.Statement[]): Print {
    const prints = statements.flatMap((statement) => printOne(statement) ?? []);
    return (view) => {
      let printed = "";
      for (const print of prints) printed += print(view);
      return printed;
    };
  }

  function printOne(statement: hbs.AST.Statement): Print | undefined {
    const line = `${path}:${statement.loc.start.line}`;
    switch (statement.type) {
      case "ContentStatement": {
        const { value } = statement as hbs.AST.ContentStatement;
        return () => value;
      }
      case "MustacheStatement":
        return printEscaped(statement as hbs.AST.MustacheStatement, line);
      case "BlockStatement":
        return printBlock(statement as hbs.AST.BlockStatement, line);
      case "CommentStatement":
        return undefined;
      default:
        throw new Error(`${line}: ${statement.type} is not for templates here`);
    }
  }

  function printEscaped({ path: name, params }: hbs.AST.MustacheStatement, line: string): Print {
    const { original } = name as hbs.AST.PathExpression;
    const escaper = Object.hasOwn(escapers, original) ? escapers[original] : undefined;
    if (escaper === undefined || params.length === 0)
      throw new Error(`${line}: {{${original}}} prints without an escaper`);
    const lookups = params.map((param) => lookUp(param, line));
    const textOf = (value: unknown): string => {
      if (typeof value === "string") return value;
      if (typeof value === "number") return `${value}`;
      throw new Error(`${line}: {{${original}}} got ${typeof value}, not a text`);
    };
    const [first] = lookups;
    if (first !== undefined && lookups.length === 1) return (view) => escaper(textOf(first(view)));
    return (view) => escaper(...lookups.map((lookup) => textOf(lookup(view))));
  }

  function printBlock({ path: name, params, program, inverse }: hbs.AST.BlockStatement, line: string): Print {
    const [param] = params;
    const { original } = name;
    if ((original !== "each" && original !== "if") || param === undefined)
      throw new Error(`${line}: {{#${original}}} is not #each or #if`);
    const lookup = lookUp(param, line);
    const then = printAll(program.body);
    const otherwise = printAll(inverse?.body ?? []);
    if (original === "if") return (view) => (isGiven(lookup(view)) ? then(view) : otherwise(view));
    return (view) => {
      const list = lookup(view);
      if (!Array.isArray(list)) throw new Error(`${line}: {{#each}} got ${typeof list}, not a list`);
      if (list.length === 0) return otherwise(view);
      let printed = "";
      for (const item of list) printed += then(item);
      return printed;
    };
  }
}

/** A name, names with dots between, `this`, or a text in quotes. */
function lookUp(expression: hbs.AST.Expression, line: string): (view: unknown) => unknown {
  if (expression.type === "StringLiteral") {
    const { value } = expression as hbs.AST.StringLiteral;
    return () => value;
  }
  const { original, parts, depth, data } = expression as hbs.AST.PathExpression;
  if (expression.type !== "PathExpression" || data || depth > 0)
    throw new Error(`${line}: ${original ?? expression.type} is not for templates here`);
  const [name] = parts;
  if (name !== undefined && parts.length === 1) return (view) => member(view, name);
  return (view) => parts.reduce(member, view);
}

function member(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null && Object.hasOwn(value, name)
    ? (value as Record<string, unknown>)[name]
    : undefined;
}

/** As Handlebars sees it: an empty list is as none. */
function isGiven(value: unknown): boolean {
  return Array.isArray(value) ? value.length > 0 : Boolean(value);
}
