import { createHash } from "node:crypto";
import { isIP } from "node:net";
import { stringIndex } from "./string-index.js";

/** Values in place of private ones: of the same shape, and the same for equal values. */
export interface Placeholders {
  /** Number of different values that were replaced. */
  readonly count: number;
  /**
   * The longest value of at least three characters that was replaced and is in a string at an offset; `""` if none is. A
   * short one counts only as a word, since it can be a part of others.
   */
  knownAt(text: string, offset: number): string;
  /**
   * Returns the value in place of a private one.
   *
   * @param isSecret whether only the length of the value may be kept, and not which of its characters are letters.
   * @param fits whether a value is valid where it stands.
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
    knownAt: (text, offset) =>
      index.longestAt(text, offset, (end) => end - offset >= minPart || isWord(text, offset, end)),
    of(value, isSecret = false, fits = () => true) {
      const existing = known.get(value);
      if (existing !== undefined) return existing;
      const candidateAt = (attempt: number, isOpaque: boolean) =>
        shaped(value, known.size, randomOf(`${known.size} ${attempt}`), isOpaque);
      const isFree = (candidate: string) =>
        candidate !== value && !used.has(candidate) && !hasSecret(candidate) && fits(candidate);
      // Other characters have no others of their kind.
      const isOpaque = isSecret || !/[\p{L}\p{M}\p{N}]/u.test(value);
      let placeholder = candidateAt(0, isOpaque);
      for (let attempt = 1; attempt < maxAttempts && !isFree(placeholder); attempt += 1)
        placeholder = candidateAt(attempt, isOpaque);
      if (placeholder === value || hasSecret(placeholder)) placeholder = candidateAt(maxAttempts, true);
      known.set(value, placeholder);
      index.add(value);
      used.add(placeholder);
      return placeholder;
    },
  };
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
