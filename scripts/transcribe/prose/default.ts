import { isConditional, readValue, type ScalarKind, sentenceBefore, token } from "./text.js";

const announced =
  "(?<![非的是])(?:默认值|缺省值|默认|缺省|(?<![A-Za-z])(?:defaults(?= to )|default(?: value)?(?=\\s*(?:[:：=]|is ))))";
const before = new RegExp(
  `${announced}(?:\\s*(?:为|是|is|to))?\\s*[:：=]?\\s*["'(（]?\\s*["']?(${token}|-\\d+)["']?`,
  "giu",
);
/** What may follow a default, so that it is one whole word and not the beginning of a phrase. */
const end = /^\s*(?:$|[。；;，,)）(（\]\n"]|\.(?:\s|$))/u;
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
  let isDoubtful = false;
  for (const match of text.matchAll(before)) {
    const rest = text.slice(match.index + match[0].length);
    const value = end.test(rest) ? readValue(match[1] ?? "", kind) : undefined;
    const isCertain = value !== undefined && !isConditional(sentenceBefore(text, match.index));
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
