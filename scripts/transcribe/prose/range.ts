import { isConditional, type ScalarKind, sentenceBefore } from "./text.js";

type Pair = readonly [minimum: number, maximum: number];

const pair =
  "\\s*(?:[为是:：]|is|of)?\\s*[:：]?\\s*[\\[［]\\s*(-?\\d+)\\s*(?:,|，|-|~|～|–|至|到)\\s*(-?\\d+)\\s*[\\]］]";
const rangeMarker = new RegExp(`(?:范围|限定取值|取值|(?<![A-Za-z])range)${pair}`, "giu");
const lengthMarker = new RegExp(`(?:长度|length)(?:范围)?${pair}`, "giu");

/** Reads the minimum and the maximum of a number, such as `Range: [1, 100]`. */
export function readRange(text: string, kind: ScalarKind): { value: Pair | undefined; isUnclear: boolean } {
  if (kind !== "integer" && kind !== "number") return { value: undefined, isUnclear: false };
  const value = onlyPair(text, rangeMarker);
  return { value, isUnclear: value === undefined && /范围|\brange\b/i.test(text) };
}

/** Reads the minimum and the maximum length of a string, such as `Length: [1, 255]`. */
export function readLength(text: string, kind: ScalarKind): { value: Pair | undefined } {
  const value = kind === "string" ? onlyPair(text, lengthMarker) : undefined;
  return { value: value !== undefined && value[0] >= 0 ? value : undefined };
}

function onlyPair(text: string, marker: RegExp): Pair | undefined {
  const matches = [...text.matchAll(marker)];
  const [match] = matches;
  if (match === undefined || matches.length > 1) return undefined;
  const [minimum, maximum] = [Number(match[1]), Number(match[2])];
  // A second pair of brackets means that the range depends on something.
  const others = text.slice(match.index + match[0].length);
  const isCertain =
    Number.isSafeInteger(minimum) &&
    Number.isSafeInteger(maximum) &&
    minimum <= maximum &&
    !/[[［]\s*-?\d+\s*[,，~～-]/.test(others) &&
    // `[1, 100] or 0`
    !/^\s*(?:[,，、]\s*)?(?:或|or(?:\s|$))/i.test(others) &&
    !isConditional(sentenceBefore(text, match.index));
  return isCertain ? [minimum, maximum] : undefined;
}
