import { htmlText } from "../escape.js";
import { Html } from "../markup.js";

/** Languages of the blocks that pages show. */
export type CodeLanguage = "ts" | "sh" | "python" | "go" | "json";

const quoted = String.raw`"(?:[^"\\\n]|\\.)*"`;
const tokens: Readonly<Record<CodeLanguage, RegExp>> = {
  ts: pattern("//.*", quoted, "import|from|const|await|for|of|new|if|throw"),
  sh: pattern(String.raw`(?<=^|\s)#.*`, `'[^']*'|${quoted}`, "curl|printf|sha1sum|cut|if|then|fi"),
  python: pattern("#.*", quoted, "import|from|as|with|for|in|if|not|raise|def|return"),
  go: pattern("//.*", `${quoted}|\`[^\`]*\``, "package|import|func|for|range|if|return|var|map|string"),
  json: pattern("(?!)", quoted, "true|false|null"),
};

function pattern(comment: string, text: string, keywords: string): RegExp {
  return new RegExp(`(?<i>${comment})|(?<u>${text})|\\b(?<b>${keywords})\\b`, "gm");
}

/** Far above any real block. In a string of many millions of characters, the engine would run out of stack. */
const maxLength = 100_000;

/**
 * Code with its comments, strings and keywords marked, by `i`, `u` and `b`: classes would add a third to the size of pages.
 * The rules know the code that this project prints, and no more: a complete highlighter takes nine times as long and doubles
 * the size of pages.
 */
export function highlight(language: CodeLanguage, code: string): Html {
  if (code.length > maxLength) return Html.trusted(htmlText(code.trimEnd()));
  let html = "";
  let end = 0;
  for (const match of code.trimEnd().matchAll(tokens[language])) {
    const [kind] = Object.entries(match.groups ?? {}).find(([, value]) => value !== undefined) ?? [""];
    html += `${htmlText(code.slice(end, match.index))}<${kind}>${htmlText(match[0])}</${kind}>`;
    end = match.index + match[0].length;
  }
  return Html.trusted(html + htmlText(code.slice(end).trimEnd()));
}
