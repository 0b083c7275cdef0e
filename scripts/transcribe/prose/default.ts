import { isConditional, readValue, type ScalarKind, sentenceBefore, token } from "./text.js";

const announced =
  "(?<![非的是])(?:默认值|默认\\s*[:：]\\s*值|缺省值|默认|缺省|(?<![A-Za-z])(?:defaults(?= to )|default(?: value)?(?=\\s*(?:[:：=]|is ))))";
const before = new RegExp(
  `${announced}(?:\\s*(?:为|是|is|to))?\\s*[:：=]?\\s*["'(（]?\\s*["']?(${token}|-\\d+)["']?`,
  "giu",
);
/** End of a default that is a single word and not the beginning of a phrase. */
const end = /^\s*(?:$|[。；;，,)）(（\]\n"]|\.(?:[\s"\p{Script=Han}]|$))/u;
/** A second value after the first, so that the default is a list, or one of several. */
const continues = new RegExp(`^\\s*[，,、]\\s*["']?(?:${token})["']?\\s*(?:[，,、]|$)`, "u");
/** Text before a default that applies to one variant only: `mysql默认3306`, `请求代理型默认值为Port`. */
const variantBefore = /(?:[A-Za-z0-9]|[^类机]型|[模形]式下|情况下)$/u;
/** A default that keeps the current value, which contradicts any other default. */
const keepsAll = /默认(?:为|是)?(?:不(?:做)?(?:修改|更改|变更|变)|保持)/u;
/** A word that announces a default, whatever follows it. */
const strong =
  /(?<![非的是])(?:默认值|缺省值|默认(?=\s*[为是:：]))|(?<![A-Za-z])default(?:s to|:| is| value)/giu;

/** Marks the value before it as the default: `On（默认值）`, `On 亮（默认值）`. */
const mark = new RegExp(
  `(?<![\\w./+-])(${token})["']?\\s*\\p{Script=Han}{0,12}\\s*[（(]\\s*默认(?:值|选项)\\s*[)）]`,
  "gu",
);
/** A default that is nothing, so that there is no value. */
const nothing = /(?:默认|缺省)值?\s*[为是:：]?\s*(?:空(?:字符串)?|""|'')'*(?=[\s。，,；;)）]|$)/gu;
/** Words that count and do not change the number. */
const counter = /^\s*(?:个(?!月)|条|台|次|点)/u;
/** Words that explain a truth value. */
const explained = /^\s*(?:未|不|已?(?:开启|关闭|启用|禁用))/u;

interface Default {
  readonly value: string | number | boolean | undefined;
  readonly isUnclear: boolean;
}

/**
 * Reads the default value that a description mentions.
 *
 * @param known values of the enumeration that the description lists.
 */
export function readDefault(
  description: string,
  kind: ScalarKind,
  known: readonly (string | number)[] = [],
): Default {
  if (kind === "other") return { value: undefined, isUnclear: false };
  const text = description.replace(nothing, "");
  const marks = [...text.matchAll(mark)];
  const announced = readAnnounced(text.replace(mark, ""), kind, known);
  const candidates: Default[] = marks.map(({ 1: word = "", index }) => {
    const value = isConditional(sentenceBefore(text, index)) ? undefined : readValue(word, kind);
    return { value, isUnclear: value === undefined };
  });
  if (text !== description && announced.value !== undefined) return { value: undefined, isUnclear: true };
  if (announced.value !== undefined || announced.isUnclear || candidates.length === 0)
    candidates.push(announced);
  const [first = announced] = candidates;
  const agree = candidates.every(({ value, isUnclear }) => value === first.value && !isUnclear);
  return agree ? first : { value: undefined, isUnclear: true };
}

/** Reads a default that follows the word: `默认值：1`. */
function readAnnounced(text: string, kind: ScalarKind, known: readonly (string | number)[]): Default {
  const found = new Set<string | number | boolean>();
  const matches = [...text.matchAll(before)];
  let isUnclear = keepsAll.test(text) && matches.length > 0;
  for (const match of matches) {
    const rest = text.slice(match.index + match[0].length);
    const value = wholeValue(match[1] ?? "", rest, kind, text);
    const sentence = sentenceBefore(text, match.index);
    const isCertain = value !== undefined && !isConditional(sentence) && !variantBefore.test(sentence);
    if (isCertain) found.add(value);
    else isUnclear = true;
  }
  const [value] = found;
  const announcements = [...text.matchAll(strong)].length;
  if (matches.length === 0 && announcements === 1) {
    const meant = valueMeant(text, known);
    if (meant !== undefined) return { value: meant, isUnclear: false };
  }
  if (found.size !== 1 || isUnclear)
    return { value: undefined, isUnclear: isUnclear || found.size > 1 || announcements > 0 };
  // Every announcement must be followed by this value.
  const isComplete = announcements <= matches.length;
  return { value: isComplete ? value : undefined, isUnclear: !isComplete };
}

/** The value of a word that is not the beginning of a phrase or of a list. */
function wholeValue(word: string, rest: string, kind: ScalarKind, text: string): Default["value"] {
  if (continues.test(rest)) return undefined;
  if (kind === "integer" || kind === "number") {
    const unit = /单位\s*[:：为是]?\s*([A-Za-z]+)/u.exec(text)?.[1];
    if (unit !== undefined && word.endsWith(unit) && /^\s|^$|^[。；;，,)）]/u.test(rest))
      return readValue(word.slice(0, -unit.length), kind);
    return end.test(rest.replace(counter, "")) ? readValue(word, kind) : undefined;
  }
  return end.test(rest) || (kind === "boolean" && explained.test(rest)) ? readValue(word, kind) : undefined;
}

/** The known value whose explanation is the default: `Month，按月付费；默认为按月付费`. */
function valueMeant(text: string, known: readonly (string | number)[]): string | number | undefined {
  const match = /(?:默认|缺省)值?\s*[为是:：]\s*(\p{Script=Han}+)\s*(?:$|[。；;，,\n)）])/u.exec(text);
  if (match === null || isConditional(sentenceBefore(text, match.index))) return undefined;
  const explanations = (value: string | number) =>
    new RegExp(
      `(?<![\\w.-])["']?${String(value).replace(/[.+]/g, "\\$&")}["']?\\s*(?:[,，:：]|[-=]+>)\\s*${match[1]}(?!\\p{Script=Han})`,
      "u",
    );
  const meant = known.filter((value) => explanations(value).test(text));
  return meant.length === 1 ? meant[0] : undefined;
}
