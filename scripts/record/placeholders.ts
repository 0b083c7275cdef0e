import { createHash } from "node:crypto";
import { isIP } from "node:net";
import { stringIndex } from "./string-index.js";

/** Values in place of private ones: of the same shape, and the same for equal values. */
export interface Placeholders {
  /** Number of different values that were replaced. */
  readonly count: number;
  /**
   * The parts of a string that are values of at least three characters that were replaced, in upper or lower case, as offsets
   * where they begin and end. The longest one counts, and a short one only as a word, since it can be a part of others.
   */
  knownIn(text: string): [start: number, end: number][];
  /**
   * Returns the value in place of a private one.
   *
   * @param isSecret whether only the length of the value may be kept, and not which of its characters are letters.
   * @param fits whether a value is valid where it stands. Without it, no two values get the same one.
   */
  of(value: string, isSecret?: boolean, fits?: (candidate: string) => boolean): string;
}

/** Length from which values are found in other words, too. */
const minPart = 8;

/** Values that were tried before one that is not valid is used. */
const maxAttempts = 50;

/**
 * Creates placeholders. They are derived from the shape and the order of the private values only, so that a value cannot be
 * found by brute force.
 *
 * @param hasSecret whether a string contains a secret.
 */
export function createPlaceholders(hasSecret: (text: string) => boolean): Placeholders {
  const known = new Map<string, string>();
  const index = stringIndex(3);
  const used = new Set<string>();
  return {
    get count() {
      return known.size;
    },
    knownIn(text) {
      const found: [start: number, end: number][] = [];
      const lower = lowerCase(text);
      for (let at = 0; at < text.length; at++) {
        const end = index.longestAt(lower, at, (end) => end - at >= minPart || isWord(text, at, end));
        if (end === at) continue;
        found.push([at, end]);
        at = end - 1;
      }
      return found;
    },
    of(value, isSecret = false, fits = undefined) {
      const existing = known.get(value);
      if (existing !== undefined) return existing;
      const candidateAt = (attempt: number, isOpaque: boolean) =>
        shaped(value, known.size, randomOf(`${known.size} ${attempt}`), isOpaque);
      const isFree = (candidate: string) =>
        candidate !== value &&
        !used.has(candidate) &&
        !hasSecret(candidate) &&
        (fits === undefined || fits(candidate));
      // Other characters have no others of their kind.
      const isOpaque = isSecret || !/[\p{L}\p{M}\p{N}]/u.test(value);
      let placeholder = candidateAt(0, isOpaque);
      for (let attempt = 1; attempt < maxAttempts && !isFree(placeholder); attempt += 1)
        placeholder = candidateAt(attempt, isOpaque);
      if (placeholder === value || hasSecret(placeholder)) placeholder = candidateAt(maxAttempts, true);
      // All of this shape are in use, and an object cannot have a key twice.
      for (let longer = value; fits === undefined && used.has(placeholder); ) {
        longer = longer.replace(/^-?/, "$&1");
        placeholder = shaped(longer, known.size, randomOf(`${known.size} ${longer.length}`), isOpaque);
      }
      known.set(value, placeholder);
      index.add(lowerCase(value));
      used.add(placeholder);
      return placeholder;
    },
  };
}

/** A string in lower case, with all characters where they were. */
function lowerCase(text: string): string {
  return text.replace(/\p{Lu}/gu, (char) => {
    const lower = char.toLowerCase();
    return lower.length === char.length ? lower : char;
  });
}

/** Whether neither a letter nor a digit is next to a part of a string. */
function isWord(text: string, start: number, end: number): boolean {
  // A character can take two units.
  const [before, after] = [text.slice(Math.max(0, start - 2), start), text.slice(end, end + 2)];
  return !/[\p{L}\p{N}]$/u.test(before) && !/^[\p{L}\p{N}]/u.test(after);
}

/** Chooses a character of a string. */
type Random = (characters: string) => string;

/** Creates a function that makes the same choices for the same seed. */
function randomOf(seed: string): Random {
  let bytes = Buffer.alloc(0);
  let next = 0;
  let block = 0;
  return (characters) => {
    if (next === bytes.length) {
      bytes = createHash("sha256").update(`${seed} ${block}`).digest();
      next = 0;
      block += 1;
    }
    const byte = bytes[next] ?? 0;
    next += 1;
    return characters.charAt(byte % characters.length);
  };
}

const digits = "0123456789";
const lower = "abcdefghijklmnopqrstuvwxyz";
const upper = lower.toUpperCase();
const han = "示例数据样本替换文字";

const url = /^([a-z][a-z\d+.-]{1,9}):\/\/\S/i;
const extension = /(?:\.(?:rdb|aof|zip|tar|tgz|gz|log|json|csv|txt|sql|xml|html|bak)){1,3}(?=$|[?#])/i;
const email = /^[^\s@]+@[^\s@.]+(?:\.[^\s@.]+)+$/;
const ipv4 = /^(\d{1,3}(?:\.\d{1,3}){3})((?::\d{1,5})?(?:\/\d{1,2})?)$/;
const domain = /^(?=.*[a-z])[a-z\d](?:[a-z\d-]*[a-z\d])?(?:\.[a-z\d-]+)*\.[a-z]{2,}$/i;
const number = /^(-?)(\d+(?:\.\d+)?)((?:[eE][+-]?\d+)?)$/;
const hexadecimal = /^(?=.*\d)[\da-f:-]{8,}$/i;

/** @param index number of the value, from 0. */
function shaped(value: string, index: number, random: Random, isOpaque: boolean): string {
  const letters = (count: number) => Array.from({ length: count }, () => random(lower)).join("");
  const [, scheme] = url.exec(value) ?? [];
  if (scheme) return `${scheme}://files.example.com/${letters(8)}${extension.exec(value)?.[0] ?? ""}`;
  if (email.test(value)) return `${letters(8)}@example.com`;
  const [, address, rest = ""] = ipv4.exec(value) ?? [];
  if (address && isIP(address) === 4) return exampleAddress(index) + rest;
  if (isIP(value) === 6) return `2001:db8::${(index + 1).toString(16)}`;
  if (domain.test(value) && !extension.test(value)) return `${letters(8)}.example.com`;
  const [, sign, mantissa = "", exponent] = number.exec(value) ?? [];
  if (mantissa) return `${sign}${sameDigits(mantissa, random)}${exponent}`;
  if (isOpaque) return Array.from(value, () => random(lower + upper + digits)).join("");
  const isHexadecimal = hexadecimal.test(value);
  return Array.from(value, (char) => sameKind(char, isHexadecimal, random)).join("");
}

/** An address that is reserved for documentation, or for benchmarks if these are used up. */
function exampleAddress(index: number): string {
  const nets = ["192.0.2", "198.51.100", "203.0.113"];
  const net = nets[Math.floor(index / 254)];
  const number = index - nets.length * 254;
  return net === undefined
    ? `198.18.${Math.floor(number / 256) % 256}.${number % 256}`
    : `${net}.${(index % 254) + 1}`;
}

/** A number with as many digits. It begins with 0 only if the other does, since JSON has no other such numbers. */
function sameDigits(mantissa: string, random: Random): string {
  const first = mantissa.startsWith("0") ? "0" : random(digits.slice(1));
  return first + mantissa.slice(1).replace(/\d/g, () => random(digits));
}

function sameKind(char: string, isHexadecimal: boolean, random: Random): string {
  if (/\d/.test(char)) return random(digits);
  if (/[a-z]/.test(char)) return random(isHexadecimal ? "abcdef" : lower);
  if (/[A-Z]/.test(char)) return random(isHexadecimal ? "ABCDEF" : upper);
  if (/\p{Script=Han}/u.test(char)) return random(han);
  return /[\p{L}\p{M}\p{N}]/u.test(char) ? random(lower) : char;
}
