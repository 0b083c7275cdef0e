import { oneLine } from "../text.js";
import { tsCheck } from "./check-expression.js";
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
import { compileTemplate, type Escapers } from "./template.js";

/** The files below `templates/`, by path with forward slashes. */
export interface Templates {
  /** A file as it is. */
  text(path: string): string;
  /** A Handlebars template filled in. @throws Error where it breaks the rules of {@link compileTemplate}. */
  render(path: string, view: object): string;
  /** Paths below a folder, sorted. */
  list(folder: string): string[];
}

const escapers: Escapers = {
  ts: tsString,
  check: tsCheck,
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

/** Wraps the files of the templates folder. Each is compiled when it is first filled in. */
export function createTemplates(files: ReadonlyMap<string, string>): Templates {
  const compiled = new Map<string, ReturnType<typeof compileTemplate>>();

  function text(path: string): string {
    const content = files.get(path);
    if (content === undefined) throw new Error(`no such template: ${path}`);
    return content;
  }

  return {
    text,
    list: (folder) => [...files.keys()].filter((path) => path.startsWith(`${folder}/`)).sort(),
    render(path, view) {
      const template = compiled.get(path) ?? compileTemplate(path, text(path), escapers);
      compiled.set(path, template);
      return template(view);
    },
  };
}
