import type { FieldFacts } from "../model/field-facts.js";
import { isRandomString } from "../model/random-string.js";

/** Fields with a word of the vendor, such as a state, and not of the user. */
const vendorWord =
  /(?:Stat(?:e|us)|Type|Protocol|Version|Mode|Role|Engine|Unit|Currency|Class|Kind|Level|Charset|Category|Language|Arch|Edition|Region|Zone|Direction|Priority|Method)$/;

/** Longer values can be the beginning of a secret. */
const maxLength = 15;

/** Words, numbers of a version, and the names of regions and zones, such as `cn-bj2-01`. */
const word =
  /^(?:[A-Za-z]+(?:[ _-][A-Za-z]+)*|v?\d{1,3}(?:\.\d{1,3}){0,3}|[a-z]{2,4}(?:-[a-z]*\d{0,2}){1,3})$/;

const time = /^\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?)?$/;

/** Whether the document itself lists or shows a value for a field. */
export function isShown(value: string, { type, shown }: FieldFacts): boolean {
  const listed = type?.kind === "enum" ? type.values : type?.kind === "const" ? [type.value] : [];
  return [...listed, ...shown].some((one) => typeof one !== "object" && String(one) === value);
}

/** Whether a string cannot identify anybody: a time, or a word that only the vendor can have chosen. */
export function isPublicString(value: string, { name, type }: FieldFacts): boolean {
  if (time.test(value)) return true;
  if (name === "RetCode") return /^-?\d{1,6}$/.test(value);
  if (type?.kind === "boolean") return value === "true" || value === "false";
  const isWord = value.length <= maxLength && word.test(value) && !isRandomString(value);
  return isWord && (type?.kind === "enum" || vendorWord.test(name));
}

/** Fields whose numbers identify or concern somebody: accounts, telephones, money. */
const privateNumber =
  /(?:Ids?|ID|No|Number|Phone|Mobile|Account|User|Company|Organi[sz]ation|Owner|Member|Card|Pin)$|Balance|Amount|Credit|Cost|Bill|Price|Income/;

/**
 * Whether a number cannot identify anybody: a RetCode, and the sizes, times and counts of fields that the document describes.
 *
 * @param digits the number as sent.
 */
export function isPublicNumber(digits: string, { name, type }: FieldFacts): boolean {
  if (type === undefined) return name === "RetCode" || /^-?\d{1,2}$/.test(digits);
  return name === "RetCode" || (digits.length <= maxLength && !privateNumber.test(name));
}

/** Whether a key that the document does not list is the name of a field, and not a value such as the ID of a resource. */
export function isFieldName(key: string): boolean {
  const isName = /^(?:[A-Z][A-Za-z]*(?:\d{1,2}[A-Z][a-z]+)?|[a-z]+(?:[A-Z][a-z]+|_[a-z]+)*)\d?$/.test(key);
  return isName && key.length <= maxLength * 2 && !isRandomString(key);
}

/**
 * Whether a word of a message can stay: one of prose, a short number, or a name of the specification.
 *
 * @param isQuoted whether the message puts it in quotes or brackets, as it does with values of the user; then it can be several
 *   words.
 */
export function isPublicWord(text: string, isQuoted: boolean, names: ReadonlySet<string>): boolean {
  if (text.split(/\s+/).every((one) => names.has(one))) return true;
  if (isQuoted) return false;
  return text.length <= maxLength
    ? /^(?:\p{Lu}?\p{Ll}*|\p{Lu}+|\d{1,4})$/u.test(text) || /^\p{Lo}+$/u.test(text)
    : /^\p{Script=Han}+$/u.test(text);
}
