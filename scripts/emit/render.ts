import Handlebars from "handlebars";
import { oneLine } from "../text.js";
import {
  commentUrl,
  harmlessWord,
  htmlAttribute,
  htmlText,
  linkUrl,
  tsComment,
  tsIdentifier,
  tsProperty,
  tsString,
  tsValue,
} from "./escape.js";
import {
  blockHtml,
  inlineHtml,
  markdownBlock,
  markdownCell,
  markdownCellCode,
  markdownCode,
  markdownFence,
  markdownText,
} from "./markdown.js";

/** The files below `templates/`, by path with forward slashes. */
export interface Templates {
  /** A file as it is. */
  text(path: string): string;
  /** A Handlebars template filled in. */
  render(path: string, view: object): string;
  /** Paths below a folder, sorted. */
  list(folder: string): string[];
}

/** What a template may print a value through. There is no other way: see {@link check}. */
const escapers: Readonly<Record<string, (...values: string[]) => string>> = {
  ts: tsString,
  value: tsValue,
  comment: (text) => (text === "" ? "" : ` ${tsComment(text)}`),
  commentUrl,
  identifier: tsIdentifier,
  property: tsProperty,
  word: harmlessWord,
  plain: oneLine,
  html: htmlText,
  attribute: htmlAttribute,
  href: (url) => htmlAttribute(linkUrl(url)),
  descriptionInline: inlineHtml,
  descriptionBlock: blockHtml,
  md: markdownText,
  mdCode: markdownCode,
  mdCellCode: markdownCellCode,
  mdFence: markdownFence,
  mdCell: markdownCell,
  mdBlock: markdownBlock,
  mdLink: (url) => linkUrl(url).replaceAll("(", "%28").replaceAll(")", "%29"),
};

/** Wraps the files of the templates folder. @throws Error where a template breaks the rules of {@link check}. */
export function createTemplates(files: ReadonlyMap<string, string>): Templates {
  const handlebars = Handlebars.create();
  for (const [name, escaper] of Object.entries(escapers)) {
    handlebars.registerHelper(name, (...values: unknown[]) => {
      const texts = values.slice(0, -1).map((value) => (typeof value === "number" ? `${value}` : value));
      for (const text of texts) {
        if (typeof text !== "string") throw new Error(`{{${name}}} got ${typeof text}, not a text`);
      }
      return escaper(...(texts as string[]));
    });
  }
  const compiled = new Map<string, HandlebarsTemplateDelegate>();

  function text(path: string): string {
    const content = files.get(path);
    if (content === undefined) throw new Error(`no such template: ${path}`);
    return content;
  }

  return {
    text,
    list: (folder) => [...files.keys()].filter((path) => path.startsWith(`${folder}/`)).sort(),
    render(path, view) {
      let template = compiled.get(path);
      if (template === undefined) {
        const program = Handlebars.parse(text(path), { srcName: path });
        check(path, program.body);
        template = handlebars.compile(program, {
          strict: true,
          noEscape: true,
          knownHelpersOnly: true,
          knownHelpers,
        });
        compiled.set(path, template);
      }
      return template(view);
    },
  };
}

const knownHelpers = Object.fromEntries(Object.keys(escapers).map((name) => [name, true]));

/** Every value goes through a named escaper, and nothing is decided: `#each` and boolean `#if` only. */
function check(path: string, statements: readonly hbs.AST.Statement[]): void {
  for (const statement of statements) {
    const line = `${path}:${statement.loc.start.line}`;
    if (statement.type === "MustacheStatement") {
      const { path: name, params } = statement as hbs.AST.MustacheStatement;
      const escaper = (name as hbs.AST.PathExpression).original;
      if (!(escaper in escapers) || params.length === 0)
        throw new Error(`${line}: {{${escaper}}} prints without an escaper`);
    } else if (statement.type === "BlockStatement") {
      const { path: name, program, inverse } = statement as hbs.AST.BlockStatement;
      const block = (name as hbs.AST.PathExpression).original;
      if (block !== "each" && block !== "if") throw new Error(`${line}: {{#${block}}} is not #each or #if`);
      check(path, program.body);
      check(path, inverse?.body ?? []);
    } else if (statement.type !== "ContentStatement" && statement.type !== "CommentStatement") {
      throw new Error(`${line}: ${statement.type} is not for templates here`);
    }
  }
}
