import Handlebars from "handlebars";
import { oneLine } from "../text.js";
import { Code } from "./code.js";
import {
  harmlessWord,
  htmlAttribute,
  htmlHumps,
  htmlJson,
  htmlText,
  linkUrl,
  tsComment,
  tsIdentifier,
  tsProperty,
  tsString,
  xmlText,
} from "./escape.js";
import {
  blockHtml,
  inlineHtml,
  markdownAnchor,
  markdownBlock,
  markdownCell,
  markdownCellCode,
  markdownCode,
  markdownFence,
  markdownText,
  markdownUrl,
} from "./markdown.js";
import { Html, Markdown } from "./markup.js";

/** The files of `templates/`, by path with forward slashes. */
export interface Templates {
  /** Content of a file. */
  text(path: string): string;
  /**
   * Prints a Handlebars template.
   *
   * @throws Error if the template breaks the rules of {@link checkRules}, or if the view lacks a value that it prints.
   */
  render(path: string, view: object): string;
  /** Paths of the files in a folder, sorted. */
  list(folder: string): string[];
}

const escapers: Readonly<Record<string, (...values: string[]) => string>> = {
  ts: (...parts) => tsString(parts.join("")),
  comment: (text) => (text === "" ? "" : ` ${tsComment(text)}`),
  identifier: tsIdentifier,
  property: tsProperty,
  word: (...parts) => harmlessWord(parts.join("")),
  plain: oneLine,
  html: htmlText,
  humps: htmlHumps,
  attribute: (...parts) => htmlAttribute(parts.join("")),
  xml: (...parts) => xmlText(parts.join("")),
  href: (url) => htmlAttribute(linkUrl(url)),
  descriptionInline: (text) => inlineHtml(text),
  descriptionBlock: (text) => blockHtml(text),
  md: markdownText,
  mdCode: (...parts) => markdownCode(parts.join("")),
  mdCellCode: markdownCellCode,
  mdFence: markdownFence,
  mdCell: (text) => markdownCell(text),
  mdBlock: (text) => markdownBlock(text),
  mdUrl: markdownUrl,
  mdAnchor: (...parts) => markdownAnchor(parts.join("")),
};

/** Helpers that print a value. */
const printers = ["code", "json", "markup", "markdown", "t", ...Object.keys(escapers)];
const blocks = ["each", "if"];
const handlebars = createHandlebars();

/**
 * Wraps the files of the templates folder. A template is compiled when it is first printed.
 *
 * @param translate translates a message of the interface, for the helper `t`.
 */
export function createTemplates(
  files: ReadonlyMap<string, string>,
  translate: (message: string) => string = (message) => message,
): Templates {
  const compiled = new Map<string, Handlebars.TemplateDelegate>();
  const helpers = { t: (message: string) => htmlAttribute(translate(message)) };

  function text(path: string): string {
    const content = files.get(path);
    if (content === undefined) throw new Error(`template ${path} does not exist`);
    return content;
  }

  return {
    text,
    list: (folder) => [...files.keys()].filter((path) => path.startsWith(`${folder}/`)).sort(),
    render(path, view) {
      const print = compiled.get(path) ?? compile(path, text(path));
      compiled.set(path, print);
      try {
        return print(view, { helpers });
      } catch (error) {
        throw new Error(`${path}:${(error as Error).message}`, { cause: error });
      }
    },
  };
}

function compile(path: string, text: string): Handlebars.TemplateDelegate {
  const program = Handlebars.parse(text);
  checkRules(path, program.body);
  const knownHelpers = Object.fromEntries([...blocks, ...printers].map((name) => [name, true]));
  const options = { strict: true, noEscape: true, data: false, knownHelpers, knownHelpersOnly: true };
  return handlebars.compile(program, options);
}

/**
 * Checks that a template prints every value through an escaper and decides nothing: `#each` and `#if` are its only blocks,
 * and their arguments are names of the view.
 */
function checkRules(path: string, statements: readonly hbs.AST.Statement[]): void {
  for (const statement of statements) {
    const { type, loc } = statement;
    const position = `${path}:${loc.start.line}`;
    if (type === "ContentStatement" || type === "CommentStatement") continue;
    if (type !== "MustacheStatement" && type !== "BlockStatement")
      throw new Error(`${position}: ${type} is not allowed in templates`);
    const { path: callee, params } = statement as hbs.AST.MustacheStatement | hbs.AST.BlockStatement;
    const { original: name } = callee as hbs.AST.PathExpression;
    const isBlock = type === "BlockStatement";
    if (isBlock && !blocks.includes(name)) throw new Error(`${position}: {{#${name}}} is not #each or #if`);
    if (!isBlock && (!printers.includes(name) || params.length === 0))
      throw new Error(`${position}: {{${name}}} is printed without an escaper`);
    for (const param of params) checkArgument(position, param);
    if (!isBlock) continue;
    const { program, inverse } = statement as hbs.AST.BlockStatement;
    checkRules(path, program.body);
    checkRules(path, inverse?.body ?? []);
  }
}

function checkArgument(position: string, expression: hbs.AST.Expression): void {
  const { original, data, depth } = expression as hbs.AST.PathExpression;
  if (expression.type === "StringLiteral") return;
  if (expression.type === "PathExpression" && !data && depth === 0) return;
  throw new Error(`${position}: ${original ?? expression.type} is not allowed in templates`);
}

/** Handlebars with the escapers, `code` and the two blocks, which report a value that the view lacks. */
function createHandlebars(): typeof Handlebars {
  const own = Handlebars.create();
  own.registerHelper("code", (value: unknown, { loc }: CallOptions) => {
    if (value instanceof Code) return value.source;
    throw new Error(`${loc.start.line}: {{code}} got ${typeof value}, not Code`);
  });
  own.registerHelper("markup", (value: unknown, { loc }: CallOptions) => {
    if (value instanceof Html) return value.source;
    throw new Error(`${loc.start.line}: {{markup}} got ${typeof value}, not Html`);
  });
  own.registerHelper("markdown", (value: unknown, { loc }: CallOptions) => {
    if (value instanceof Markdown) return value.markdown;
    throw new Error(`${loc.start.line}: {{markdown}} got ${typeof value}, not Markdown`);
  });
  own.registerHelper("json", htmlJson);
  for (const [name, escaper] of Object.entries(escapers)) {
    own.registerHelper(name, (...values: unknown[]) => {
      const { loc } = values.pop() as CallOptions;
      for (const value of values) {
        if (typeof value !== "string" && typeof value !== "number")
          throw new Error(`${loc.start.line}: {{${name}}} got ${typeof value}, not a string`);
      }
      return escaper(...values.map(String));
    });
  }
  for (const name of blocks) {
    const block = own.helpers[name] as Handlebars.HelperDelegate;
    own.registerHelper(name, function (this: unknown, value: unknown, options: CallOptions) {
      const isValid = name === "each" ? Array.isArray(value) : value !== undefined;
      if (isValid) return block.call(this, value, options);
      const expected = name === "each" ? "an array" : "a value";
      throw new Error(`${options.loc.start.line}: {{#${name}}} got ${typeof value}, not ${expected}`);
    });
  }
  return own;
}

type CallOptions = Handlebars.HelperOptions & { readonly loc: hbs.AST.SourceLocation };
