import { isConditional, readValue, type ScalarKind, sentenceBefore, token } from "./text.js";

const announced =
  "(?<![非的是])(?:默认值|缺省值|默认|缺省|(?<![A-Za-z])(?:defaults(?= to )|default(?: value)?(?=\\s*(?:[:：=]|is ))))";
const before = new RegExp(
  `${announced}(?:\\s*(?:为|是|is|to))?\\s*[:：=]?\\s*["'(（]?\\s*["']?(${token}|-\\d+)["']?`,
  "giu",
);
/** What may follow a default, so that it is one whole word and not the beginning of a phrase. */
const end = /^\s*(?:$|[。；;，,)）(（\]\n"]|\.(?:\s|$))/u;
/** Another value behind the first, so that the default is a list, or one of several. */
const goesOn = new RegExp(`^\\s*[，,、]\\s*["']?(?:${token})["']?\\s*(?:[，,、]|$)`, "u");
/** What stands before a default that is one kind's alone: `mysql默认3306`, `请求代理型默认值为Port`. */
const kindBefore = /(?:[A-Za-z0-9]|[^类机]型|[模形]式下|情况下)$/u;
/** A default that leaves everything as it is, which no other can stand beside. */
const keepsAll = /默认(?:为|是)?(?:不(?:做)?(?:修改|更改|变更|变)|保持)/u;
/** A word that does announce a default, whatever follows. */
const strong =
  /(?<![非的是])(?:默认值|缺省值|默认(?=\s*[为是:：]))|(?<![A-Za-z])default(?:s to|:| is| value)/giu;

/** Reads what a description says is assumed where a parameter is left out. */
export function readDefault(
  text: string,
  kind: ScalarKind,
): { value: string | number | boolean | undefined; isDoubtful: boolean } {
  if (kind === "other") return { value: undefined, isDoubtful: false };
  const found = new Set<string | number | boolean>();
  let isDoubtful = keepsAll.test(text) && before.test(text);
  before.lastIndex = 0;
  for (const match of text.matchAll(before)) {
    const rest = text.slice(match.index + match[0].length);
    const word = match[1] ?? "";
    const isWhole = end.test(rest) && !goesOn.test(rest);
    const value = isWhole ? readValue(word, kind) : undefined;
    const sentence = sentenceBefore(text, match.index);
    const isCertain = value !== undefined && !isConditional(sentence) && !kindBefore.test(sentence);
    if (isCertain) found.add(value);
    else isDoubtful = true;
  }
  const [value] = found;
  const isAnnounced = strong.test(text);
  strong.lastIndex = 0;
  if (found.size !== 1 || isDoubtful)
    return { value: undefined, isDoubtful: isDoubtful || found.size > 1 || isAnnounced };
  // Each place that announces a default has to have said this one.
  const places = [...text.matchAll(strong)].length;
  const read = [...text.matchAll(before)].length;
  return places > read ? { value: undefined, isDoubtful: true } : { value, isDoubtful: false };
}
