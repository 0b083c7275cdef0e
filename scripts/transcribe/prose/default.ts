import { isConditional, readValue, type ScalarKind, sentenceBefore, token } from "./text.js";

const announced =
  "(?<![非的是])(?:默认值|缺省值|默认|缺省|(?<![A-Za-z])(?:defaults(?= to )|default(?: value)?(?=\\s*(?:[:：=]|is ))))";
const before = new RegExp(
  `${announced}(?:\\s*(?:为|是|is|to))?\\s*[:：=]?\\s*["'(（]?\\s*["']?(${token}|-\\d+)["']?`,
  "giu",
);
/** End of a default that is a single word and not the beginning of a phrase. */
const end = /^\s*(?:$|[。；;，,)）(（\]\n"]|\.(?:\s|$))/u;
/** A second value after the first, so that the default is a list, or one of several. */
const continues = new RegExp(`^\\s*[，,、]\\s*["']?(?:${token})["']?\\s*(?:[，,、]|$)`, "u");
/** Text before a default that applies to one variant only: `mysql默认3306`, `请求代理型默认值为Port`. */
const variantBefore = /(?:[A-Za-z0-9]|[^类机]型|[模形]式下|情况下)$/u;
/** A default that keeps the current value, which contradicts any other default. */
const keepsAll = /默认(?:为|是)?(?:不(?:做)?(?:修改|更改|变更|变)|保持)/u;
/** A word that announces a default, whatever follows it. */
const strong =
  /(?<![非的是])(?:默认值|缺省值|默认(?=\s*[为是:：]))|(?<![A-Za-z])default(?:s to|:| is| value)/giu;

/** Reads the default value that a description mentions. */
export function readDefault(
  text: string,
  kind: ScalarKind,
): { value: string | number | boolean | undefined; isUnclear: boolean } {
  if (kind === "other") return { value: undefined, isUnclear: false };
  const found = new Set<string | number | boolean>();
  const matches = [...text.matchAll(before)];
  let isUnclear = keepsAll.test(text) && matches.length > 0;
  for (const match of matches) {
    const rest = text.slice(match.index + match[0].length);
    const word = match[1] ?? "";
    const isWhole = end.test(rest) && !continues.test(rest);
    const value = isWhole ? readValue(word, kind) : undefined;
    const sentence = sentenceBefore(text, match.index);
    const isCertain = value !== undefined && !isConditional(sentence) && !variantBefore.test(sentence);
    if (isCertain) found.add(value);
    else isUnclear = true;
  }
  const [value] = found;
  const announcements = [...text.matchAll(strong)].length;
  if (found.size !== 1 || isUnclear)
    return { value: undefined, isUnclear: isUnclear || found.size > 1 || announcements > 0 };
  // Every announcement must be followed by this value.
  const isComplete = announcements <= matches.length;
  return { value: isComplete ? value : undefined, isUnclear: !isComplete };
}
