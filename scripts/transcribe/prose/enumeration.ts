import { readValue, type ScalarKind, token } from "./text.js";

/** Announces a list of values. */
const marker =
  /(?:枚举值?|可选值|可选项|有效值|限定枚举值|限定取值|以下取值|取值(?=\s*[:：为是[［"])|enumeration values?|enumerations?|enum values?|possible values?|valid values?|allowed values?|optional values?)(?:列表)?\s*(?:包括|包含|如下|[为是有]|are|is)?\s*[:：]?\s*/giu;

const quoted = new RegExp(`"(?:${token})"|'(?:${token})'|(?:${token})`, "u").source;
const item = new RegExp(
  `^["']?(${token})["']?\\s*(?:$|(?:[，,：:=]|-+>|//|[(（]|[—–-]|(?<=\\s)(?![A-Za-z0-9]))\\s*(.*)$)`,
  "su",
);
/** A quoted value with an explanation: `"Free": at no cost`. */
const explained = new RegExp(`["'](${token})["']\\s*[:：]`, "gu");
/** A second value in the explanation of the first. */
const another = new RegExp(
  `(?:^|[\\s，,；;])["']?(?:${token})["']?\\s*(?:[:：]|->|，)|\\s(?:${token})\\s*,\\s*\\p{Script=Han}|"`,
  "u",
);

/**
 * Reads the values that a description lists after a phrase such as "Enumeration values". Accepts a list in brackets
 * (`["A", "B"]`), a list of words (`A, B`) and a list of values with explanations (`A, first; B, second`).
 */
export function readEnumeration(
  text: string,
  kind: ScalarKind,
): { known: readonly (string | number)[]; isUnclear: boolean } {
  if (kind !== "string" && kind !== "integer") return { known: [], isUnclear: false };
  const lists = [...text.matchAll(marker)]
    .map((match) => text.slice(match.index + match[0].length))
    // A range or a step is not a list, and a condition mentions a single value.
    .filter(
      (rest) =>
        !/^(?:范围|区间|range|\d+\s*的倍数|"[^"]*"时)|^[[［]\s*-?\d+\s*[-~～–]\s*-?\d+\s*[\]］]/i.test(rest),
    );
  const [first, ...others] = lists.map((list) => readList(list, kind));
  const agree = others.every((values) => values?.join("\n") === first?.join("\n"));
  if (first === undefined || !agree) return { known: [], isUnclear: lists.length > 0 };
  // A list may continue after the end of its sentence.
  const words = lists.flatMap((list) => [...list.matchAll(explained)].map(([, word]) => word));
  const isWhole = words.every((word) => first.map(String).includes(word ?? ""));
  return isWhole ? { known: first, isUnclear: false } : { known: [], isUnclear: true };
}

function readList(list: string, kind: "string" | "integer"): (string | number)[] | undefined {
  const words = readBrackets(list) ?? readBullets(list) ?? readSentence(list) ?? [];
  const values = words.map((word) => readValue(word, kind));
  const isList =
    values.length > 1 && new Set(values).size === values.length && !words.some((word) => /^etc$/i.test(word));
  return isList && !values.includes(undefined) ? (values as (string | number)[]) : undefined;
}

/** `["A", "B"]`. Two bare numbers in brackets are a range. */
function readBrackets(list: string): string[] | undefined {
  const inner = /^[[［]([^\]］]*)[\]］]/.exec(list)?.[1];
  if (inner === undefined) return undefined;
  const words = splitWords(inner, /[,，、]/u);
  return words !== undefined && !(words.length === 2 && words.every((word) => /^-?\d+$/.test(word)))
    ? words
    : [];
}

/** Lines that begin with `>` or `-`, each with a value and its explanation. */
function readBullets(list: string): string[] | undefined {
  const bullet = /^(?:>|-(?=\s)|\*(?=\s)|•)\s*/;
  const lines = list.split("\n").map((line) => line.trim());
  const filled = lines.filter((line) => line !== "");
  if (!bullet.test(filled[0] ?? "")) return undefined;
  const end = filled.findIndex((line) => !bullet.test(line));
  const bullets = filled.slice(0, end < 0 ? undefined : end);
  const words = bullets.map((line) => readItem(withoutEnd(firstSentence(line.replace(bullet, "")))));
  return words.every((word) => word !== undefined) ? words : [];
}

/** `A, first; B, second.` or `A, B`, up to the end of the sentence. */
function readSentence(list: string): string[] | undefined {
  const sentence = firstSentence(list).replace(/[，,；;\s]*(?:默认|缺省|default).*$/isu, "");
  const alone = splitWords(withoutEnd(sentence));
  if (alone !== undefined) return alone;
  const parts = sentence.split(/[；;\n]/).filter((part) => part.trim() !== "");
  // Explanations contain commas too, so splitting at commas requires every part to be a pair.
  const pairs = sentence.split(/[，,]/);
  const words = parts.length > 1 ? parts.map(readItem) : pairs.every(isPair) ? pairs.map(readItem) : [];
  return words.every((word) => word !== undefined) ? words : undefined;
}

function withoutEnd(text: string): string {
  return text.replace(/[；;，,]\s*$/, "");
}

function isPair(part: string): boolean {
  return new RegExp(`^\\s*["']?(?:${token})["']?\\s*(?:[:：]|-+>)`, "u").test(part);
}

function readItem(part: string): string | undefined {
  const [, word, explanation = ""] = item.exec(part.trim()) ?? [];
  return another.test(explanation) ? undefined : word;
}

function splitWords(text: string, separator = /[,，、/|]|或者?|\bor\b|\band\b/u): string[] | undefined {
  const parts = text.split(separator).map((word) => word.trim());
  const words = parts.filter((word) => word !== "");
  const isWord = new RegExp(`^(?:${quoted})$`, "u");
  return words.length > 1 && words.every((word) => isWord.test(word))
    ? words.map((word) => word.replace(/["']/g, ""))
    : undefined;
}

function firstSentence(text: string): string {
  return text.split(/。|\.(?=\s|$)/, 1)[0]?.trim() ?? "";
}
