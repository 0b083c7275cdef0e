import { createHash } from "node:crypto";
import { isIP } from "node:net";

/** Values in place of private ones: of the same shape, and the same for equal values. */
export interface Placeholders {
  /** Private values that were replaced, with what replaced them. */
  readonly known: ReadonlyMap<string, string>;
  /**
   * Returns the value in place of a private one.
   *
   * @param isSecret whether only the length of the value may be kept, and not which of its characters are letters.
   * @param fits whether a value is valid where it stands.
   */
  of(value: string, isSecret?: boolean, fits?: (candidate: string) => boolean): string;
}

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
  const used = new Set<string>();
  return {
    known,
    of(value, isSecret = false, fits = () => true) {
      const existing = known.get(value);
      if (existing !== undefined) return existing;
      const candidateAt = (attempt: number, isOpaque: boolean) =>
        shaped(value, known.size, randomOf(`${known.size} ${attempt}`), isOpaque);
      const isFree = (candidate: string) =>
        candidate !== value && !used.has(candidate) && !hasSecret(candidate) && fits(candidate);
      let placeholder = candidateAt(0, isSecret);
      for (let attempt = 1; attempt < maxAttempts && !isFree(placeholder); attempt += 1)
        placeholder = candidateAt(attempt, isSecret);
      if (placeholder === value || hasSecret(placeholder)) placeholder = candidateAt(maxAttempts, true);
      known.set(value, placeholder);
      used.add(placeholder);
      return placeholder;
    },
  };
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
const extension = /(?:\.(?:rdb|aof|zip|tar|tgz|gz|log|json|csv|txt|sql|xml|html|bak))+(?=$|[?#])/i;
const email = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;
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
