import type { Placeholders } from "./placeholders.js";
import { isPublicWord } from "./public-values.js";

/** Runs of characters that can be a value, with what is around them. */
const token = /[^\s"'`‘’“”「」<>()[\]{},;|，。；：！？（）【】、]+/gu;

const opening = /["'`‘“「<([{【（]$/u;

/**
 * Replaces what may be private in a message of the gateway: values that were replaced elsewhere, whatever stands in quotes or
 * brackets and is no name of the specification, and all that is not a word of prose.
 *
 * @param names names of the specification, such as those of actions and parameters.
 */
export function scrubMessage(
  message: string,
  placeholders: Placeholders,
  names: ReadonlySet<string>,
  hasSecret: (text: string) => boolean,
): string {
  const values = [...placeholders.known.keys()].filter(({ length }) => length >= 3);
  const known =
    values.length === 0 ? undefined : new RegExp(values.sort(longestFirst).map(whole).join("|"), "gu");
  let scrubbed = "";
  let end = 0;
  for (const { 0: value, index } of known === undefined ? [] : message.matchAll(known)) {
    scrubbed += words(message.slice(end, index)) + placeholders.of(value);
    end = index + value.length;
  }
  scrubbed += words(message.slice(end));
  return hasSecret(scrubbed) ? placeholders.of(message, true) : scrubbed;

  function words(text: string): string {
    return text.replace(token, (run: string, offset: number) => {
      const [, word = "", end = ""] = /^(.*?)([.:!?]*)$/su.exec(run) ?? [];
      if (word === "") return run;
      const isQuoted = opening.test(text.slice(0, offset));
      return (isPublicWord(word, isQuoted, names) ? word : placeholders.of(word)) + end;
    });
  }
}

function longestFirst(one: string, other: string): number {
  return other.length - one.length;
}

/** A pattern of a value. One that is short can be a part of another word. */
function whole(value: string): string {
  const escaped = value.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&");
  return value.length < 8 ? `(?<![\\p{L}\\p{N}])${escaped}(?![\\p{L}\\p{N}])` : escaped;
}
