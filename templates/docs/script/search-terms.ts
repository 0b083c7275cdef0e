import { hasIdeograph, lowerCase } from "./search-text.js";

/** A part of a query. */
export interface Term {
  /** What was typed, in lower case, then what means the same. */
  readonly words: readonly string[];
  /** Its share of the query. */
  readonly weight: number;
}

/** Words with the same meaning, by each of them. */
export type Synonyms = ReadonlyMap<string, readonly string[]>;

/** Synonyms, from groups of words that are separated by commas. */
export function readSynonyms(groups: readonly string[]): Synonyms {
  const synonyms = new Map<string, readonly string[]>();
  for (const group of groups.map((line) => line.split(",")))
    for (const word of group) synonyms.set(word, [...(synonyms.get(word) ?? []), ...group]);
  return synonyms;
}

/**
 * The terms of a query. The longest known words come first, which also separates Chinese words; the rest is separated at
 * spaces, and Chinese text of unknown words into pairs of characters.
 */
export function termsOf(query: string, synonyms: Synonyms): Term[] {
  const text = lowerCase(query.normalize("NFKC"))
    .replace(/\.(?:\d+|n)(?=\.|$)/g, " ")
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .replace(/怎么|如何|的|\b(?:an?|the|of|to|for|how|do|i)\b(?=.)/g, " ")
    .slice(0, 100);
  const terms: Term[] = [];
  let unknown = "";
  const flush = (): void => {
    terms.push(...unknownTerms(unknown, synonyms));
    unknown = "";
  };
  for (let at = 0; at < text.length; ) {
    const known = isInsideWord(text, at) ? undefined : knownWord(text, at, synonyms);
    const char = text.charAt(at);
    if (known !== undefined || char === " " || hasIdeograph(char) !== hasIdeograph(unknown)) flush();
    if (known !== undefined) terms.push({ words: withSynonyms(known, known, synonyms), weight: 1 });
    else if (char !== " ") unknown += char;
    at += known?.length ?? 1;
  }
  flush();
  return terms;
}

function isInsideWord(text: string, at: number): boolean {
  return /[a-z0-9]{2}/.test(text.slice(Math.max(at - 1, 0), at + 1));
}

function knownWord(text: string, at: number, synonyms: Synonyms): string | undefined {
  for (let length = Math.min(longestWord, text.length - at); length > 1; length -= 1) {
    const word = text.slice(at, at + length);
    if (synonyms.has(word) && !isInsideWord(text, at + length)) return word;
  }
  return undefined;
}

const longestWord = 20;

function unknownTerms(text: string, synonyms: Synonyms): Term[] {
  if (text === "") return [];
  if (!hasIdeograph(text) || text.length < 3) {
    const singular = /^[a-z]{3,}s$/.test(text) ? text.slice(0, -1) : text;
    return [{ words: withSynonyms(text, singular, synonyms), weight: 1 }];
  }
  const pairs = Array.from({ length: text.length - 1 }, (_, at) => text.slice(at, at + 2));
  return pairs.map((pair) => ({ words: [pair], weight: 1 / pairs.length }));
}

function withSynonyms(typed: string, word: string, synonyms: Synonyms): string[] {
  return [...new Set([typed, word, ...(synonyms.get(word) ?? [])])];
}
