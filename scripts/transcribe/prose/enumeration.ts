import { readValue, type ScalarKind, token } from "./text.js";

/** Announces a list of values. */
const marker =
  /(?:枚举类型|枚举值?|可选值|可选项|有效值|限定枚举值|限定取值|以下取值|取值(?=\s*[:：为是[［"])|enumeration values?|enumerations?|enum values?|possible values?|valid values?|allowed values?|optional values?)(?:列表)?\s*(?:包括|包含|如下|[为是有]|are|is)?\s*[:：]?\s*/giu;

/** A value in quotes can contain spaces. */
const phrase = "[A-Za-z0-9](?:[A-Za-z0-9 _./+-]*[A-Za-z0-9_+])?";
const quoted = new RegExp(`"(?:${phrase})"|'(?:${token})'|(?:${token})`, "u").source;
const item = new RegExp(
  `^(?:"(?<phrase>${phrase})"|["']?(?<word>${token})["']?)\\s*(?:$|(?:[，,：:=]|-+>|//|[(（]|[—–-]|(?<=\\s)(?![A-Za-z0-9]))\\s*(?<explanation>.*)$)`,
  "su",
);
/** A value with spaces that a colon ends, on a line of its own. */
const lineItem = new RegExp(`^(?<word>${phrase})\\s*[:：]\\s*(?<explanation>.*)$`, "su");
/** A list that consists of a single value: `On`, `On -> it shines`. */
const singleItem = new RegExp(`^["']?(${token})["']?\\s*(?:$|[-=]+>[^，,；;]*$)`, "u");
/** A pair of a value and its explanation. */
const pair = new RegExp(
  `^\\s*(?:${quoted}|["']?(?:${token})["']?)\\s*(?:[:：]|[-=]+>|=|[—–-]\\s*(?=\\p{Script=Han}))`,
  "u",
);
const spacedQuotes = new RegExp(`^(?:"(?:${phrase})"\\s*){2,}$`, "u");
/** Marks the value before it as the default. */
const defaultMark = /[（(]\s*默认(?:值|选项)\s*[)）]/gu;
/** A quoted value with an explanation: `"Free": at no cost`. */
const explained = new RegExp(`["'](${token})["']\\s*[:：]`, "gu");
/** A second value in the explanation of the first. */
const another = new RegExp(
  `(?:^|[\\s，,；;])["']?(?:${token})["']?\\s*(?:[:：]|[-=]>|，)|\\s(?:${token})\\s*,\\s*\\p{Script=Han}|"`,
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
  const plain = text.replace(defaultMark, "");
  const matches = [...plain.matchAll(marker)];
  const lists = matches
    .map((match) => plain.slice(match.index + match[0].length))
    // A range or a step is not a list, and a condition mentions a single value.
    .filter(
      (rest) =>
        !/^(?:范围|区间|range|\d+\s*的倍数|"[^"]*"时)|^[[［]\s*-?\d+\s*[-~～–]\s*-?\d+\s*[\]］]/i.test(rest),
    );
  // Only a phrase that limits the values can be followed by a single one.
  const isLimited = matches.every(([phrase]) => phrase.startsWith("限定"));
  const [first, ...others] = lists.map((list) => readList(list, kind, isLimited ? 1 : 2));
  const agree = others.every((values) => values?.join("\n") === first?.join("\n"));
  if (first === undefined || !agree) return { known: [], isUnclear: lists.length > 0 };
  // A list may continue after the end of its sentence.
  const words = lists.flatMap((list) => [...list.matchAll(explained)].map(([, word]) => word));
  const isWhole = words.every((word) => first.map(String).includes(word ?? ""));
  return isWhole ? { known: first, isUnclear: false } : { known: [], isUnclear: true };
}

function readList(
  list: string,
  kind: "string" | "integer",
  minLength: number,
): (string | number)[] | undefined {
  const words = readBrackets(list) ?? readBullets(list) ?? readSentence(list) ?? readSingle(list) ?? [];
  const values = words.map((word) => readValue(word, kind));
  const isList =
    values.length >= minLength &&
    new Set(values).size === values.length &&
    !words.some((word) => /^etc$/i.test(word));
  return isList && !values.includes(undefined) ? (values as (string | number)[]) : undefined;
}

/** `["A", "B"]`. Two bare numbers in brackets are a range. */
function readBrackets(list: string): string[] | undefined {
  const inner = /^[[［]([^\]］]*)[\]］]/.exec(list)?.[1];
  if (inner === undefined) return undefined;
  const parts = inner.split(/[,，、]/u).map((part) => part.trim());
  const words = splitWords(inner, /[,，、]/u) ?? withoutStrayQuote(parts) ?? readPairs(parts);
  return words !== undefined && !(words.length === 2 && words.every((word) => /^-?\d+$/.test(word)))
    ? words
    : [];
}

/** Words of which one lacks a quote: `"a", b", "c"`. */
function withoutStrayQuote(parts: readonly string[]): string[] | undefined {
  const isWord = new RegExp(`^"?(?:${token})"?$`, "u");
  return parts.length > 1 && parts.every((part) => isWord.test(part))
    ? parts.map((part) => part.replaceAll('"', ""))
    : undefined;
}

/** Lines that begin with `>` or `-`, each with a value and its explanation. */
function readBullets(list: string): string[] | undefined {
  const bullet = /^(?:>|-(?=\s)|\*(?=\s)|•)\s*/;
  const lines = list.split("\n").map((line) => line.trim());
  const filled = lines.filter((line) => line !== "");
  if (!bullet.test(filled[0] ?? "")) return undefined;
  const end = filled.findIndex((line) => !bullet.test(line));
  const bullets = filled.slice(0, end < 0 ? undefined : end);
  const items = bullets.map((line) => withoutEnd(firstSentence(line.replace(bullet, ""))));
  const words = items.map((line) => readItem(line) ?? readItem(line, lineItem));
  // The same value can be listed with several meanings.
  return words.every((word) => word !== undefined) ? [...new Set(words)] : [];
}

/** `A, first; B, second.` or `A, B`, up to the end of the sentence. */
function readSentence(list: string): string[] | undefined {
  const parts = partsOf(list);
  const [only = ""] = parts;
  if (parts.length > 1) {
    const words = parts.map((part) => readItem(part));
    return words.every((word) => word !== undefined) ? words : undefined;
  }
  // Explanations contain commas too, so splitting at commas requires every part to be a pair.
  return splitWords(withoutEnd(only)) ?? splitQuotes(only) ?? readPairs(only.split(/[，,]/));
}

/** Parts of a sentence without its default; `[]` if values follow the default. */
function partsOf(list: string): string[] {
  const parts = firstSentence(list)
    .split(/[；;\n]/)
    .filter((part) => part.trim() !== "");
  const at = parts.findIndex((part) => /^\s*(?:默认|缺省|default)/i.test(part));
  if (at >= 0 && parts.slice(at + 1).some((part) => readItem(part) !== undefined)) return [];
  const ownParts = at < 0 ? parts : parts.slice(0, at);
  return ownParts.map((part) => part.replace(/[，,\s]*(?:默认|缺省|default).*$/isu, ""));
}

function readPairs(parts: readonly string[]): string[] | undefined {
  const words = parts.map((part) => (pair.test(part) ? readItem(part) : undefined));
  return parts.length > 1 && words.every((word) => word !== undefined) ? words : undefined;
}

function readSingle(list: string): string[] | undefined {
  const [, word] = singleItem.exec(partsOf(list).join(";")) ?? [];
  return word === undefined ? undefined : [word];
}

/** `"a" "b"` */
function splitQuotes(text: string): string[] | undefined {
  return spacedQuotes.test(text) ? text.split('"').filter((part) => part.trim() !== "") : undefined;
}

function withoutEnd(text: string): string {
  return text.replace(/[；;，,]\s*$/, "");
}

function readItem(part: string, pattern = item): string | undefined {
  const { phrase: words, word, explanation = "" } = pattern.exec(part.trim())?.groups ?? {};
  return another.test(explanation) ? undefined : (words ?? word);
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
