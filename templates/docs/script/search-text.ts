/** Texts to search in as one string, since one long string is scanned much faster than many short ones. */
export interface Corpus {
  /** The texts in lower case, each between two line feeds. */
  readonly lower: string;
  /** 1 where a word starts or ends: at 0, 8, 9, 12, 18 and 21 of `DescribeUMemBackupURL`. */
  readonly edges: Uint8Array;
  /** Index of the text that each character belongs to. */
  readonly owners: Uint32Array;
  /** Where each text starts. */
  readonly starts: readonly number[];
}

/** How well a word matches a text. */
export enum Match {
  None,
  Inside,
  Start,
  Word,
  All,
}

/** Called for each text that a word matches, with the best match and the part of the text that matches. */
type Found = (text: number, match: number, part: string) => void;

/** Prepares texts for {@link findWord} and {@link findTypo}. */
export function createCorpus(texts: readonly string[]): Corpus {
  const all = `\n${texts.map((text) => text.replaceAll("\n", " ")).join("\n")}\n`;
  const owners = new Uint32Array(all.length);
  const starts: number[] = [];
  let at = 1;
  for (const [index, { length }] of texts.entries()) {
    starts.push(at);
    owners.fill(index, at, at + length + 1);
    at += length + 1;
  }
  return { lower: lowerCase(all), edges: edgesOf(all), owners, starts };
}

/** A text in lower case, as long as before: a few letters, such as `İ`, become two and stay as they are. */
export function lowerCase(text: string): string {
  const lower = text.toLowerCase();
  return lower.length === text.length ? lower : text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}

export function hasIdeograph(text: string): boolean {
  return /\p{Script=Han}/u.test(text);
}

function edgesOf(text: string): Uint8Array {
  const edges = new Uint8Array(text.length + 1).fill(1, text.length);
  let [before, kind] = [kindOf(text, -1), kindOf(text, 0)];
  for (let at = 0; at < text.length; at += 1) {
    const after = kindOf(text, at + 1);
    if (isEdge(before, kind, after)) edges[at] = 1;
    [before, kind] = [kind, after];
  }
  return edges;
}

enum Kind {
  Other,
  Upper,
  Lower,
  Digit,
}

function kindOf(text: string, at: number): number {
  const code = text.charCodeAt(at);
  if (code >= 97 && code <= 122) return Kind.Lower;
  if (code >= 65 && code <= 90) return Kind.Upper;
  return code >= 48 && code <= 57 ? Kind.Digit : Kind.Other;
}

/** Whether a word starts with a character: `DescribeUMem` has the words `Describe`, `U` and `Mem`. */
function isEdge(before: number, kind: number, after: number): boolean {
  if (kind === Kind.Other || before === Kind.Other) return true;
  if (kind === before) return kind === Kind.Upper && after === Kind.Lower;
  return before !== Kind.Upper || kind !== Kind.Lower;
}

/** Finds the texts that a word, which is in lower case, is part of. */
export function findWord({ lower, edges, owners }: Corpus, word: string, found: Found): void {
  let [text, best] = [-1, 0];
  for (let at = lower.indexOf(word); at >= 0; at = lower.indexOf(word, at + 1)) {
    const end = at + word.length;
    const owner = owners[at] ?? 0;
    if (owner !== text && best > 0) found(text, best, word);
    if (owner !== text) [text, best] = [owner, 0];
    if (edges[at] === 0) best = Math.max(best, word.length > 2 ? Match.Inside : Match.None);
    else if (edges[end] === 0) best = Math.max(best, Match.Start);
    else best = Math.max(best, lower[at - 1] === "\n" && lower[end] === "\n" ? Match.All : Match.Word);
  }
  if (best > 0) found(text, best, word);
}

/**
 * Finds the texts that have a word with one typo: a letter that is wrong, missing or superfluous, or two that are swapped.
 */
export function findTypo(corpus: Corpus, word: string, found: Found): void {
  const { lower, edges, starts } = corpus;
  const half = word.length >> 1;
  // One of the halves has no typo; the letters in the middle may be swapped with each other.
  const candidates = new Set(
    [word.slice(0, half - 1), word.slice(half + 1)].flatMap((part) => textsWith(corpus, part)),
  );
  for (const text of candidates) {
    const stop = (starts[text + 1] ?? lower.length) - 1;
    for (let start = starts[text] ?? 0; start < stop; start += 1) {
      if (edges[start] === 0) continue;
      const end = endOfTypo(lower, start, word);
      // Many words begin like a short one.
      if (end <= start || end > stop || (word.length < 6 && edges[end] === 0)) continue;
      const isAll = start === starts[text] && end === stop;
      found(text, isAll ? Match.All : edges[end] === 1 ? Match.Word : Match.Start, lower.slice(start, end));
      break;
    }
  }
}

/** Finds the texts whose words start with these letters: `dumbu` is `DescribeUMemBackupURL`. */
export function findInitials({ lower, edges, starts }: Corpus, letters: string, found: Found): void {
  for (const [text, start] of starts.entries()) {
    let [at, same] = [start, 0];
    for (; same < letters.length && lower[at] === letters[same]; same += 1)
      do at += 1;
      while (edges[at] === 0);
    if (same === letters.length) found(text, Match.Word, lower.slice(start, at));
  }
}

function textsWith({ lower, owners, starts }: Corpus, part: string): number[] {
  const texts: number[] = [];
  for (let at = lower.indexOf(part); at >= 0; at = lower.indexOf(part, at)) {
    const text = owners[at] ?? 0;
    texts.push(text);
    at = starts[text + 1] ?? lower.length;
  }
  return texts;
}

/** Where a word with one typo ends that starts at a position; -1 if it does not. */
function endOfTypo(text: string, start: number, word: string): number {
  let same = 0;
  while (same < word.length && text[start + same] === word[same]) same += 1;
  const at = start + same;
  const rest = word.slice(same + 1);
  if (text[at] !== "\n" && text.startsWith(rest, at + 1)) return start + word.length;
  if (text.startsWith(rest, at)) return start + word.length - 1;
  if (text.startsWith(word.slice(same), at + 1)) return start + word.length + 1;
  const isSwapped = text[at] === word[same + 1] && text[at + 1] === word[same];
  return isSwapped && text.startsWith(word.slice(same + 2), at + 2) ? start + word.length : -1;
}

/** A part of a text, and whether it matches. */
export interface Part {
  readonly text: string;
  readonly isMatch: boolean;
}

/** The parts of a text that are among the words, which are in lower case, and those between them. */
export function highlight(text: string, words: readonly string[]): Part[] {
  const lower = lowerCase(text);
  const edges = edgesOf(text);
  const marks = new Uint8Array(text.length);
  for (const word of words) {
    const found: number[] = [];
    for (let at = lower.indexOf(word); at >= 0; at = lower.indexOf(word, at + 1)) found.push(at);
    const atEdge = found.filter((at) => edges[at] === 1);
    for (const at of atEdge.length > 0 ? atEdge : found) marks.fill(1, at, at + word.length);
  }
  const parts: Part[] = [];
  for (let start = 0, end = 0; start < text.length; start = end) {
    while (end < text.length && marks[end] === marks[start]) end += 1;
    parts.push({ text: text.slice(start, end), isMatch: marks[start] === 1 });
  }
  return parts;
}
