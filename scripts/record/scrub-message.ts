import type { Placeholders } from "./placeholders.js";
import { isPublicWord } from "./public-values.js";

/** Runs of characters that can be a value, with what is around them. */
const token = /[^\s"'`‘’“”「」<>()[\]{},;|，。；：！？（）【】、]+/gu;

const opening = /["'`‘“「<([{【（]/;

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
  let scrubbed = "";
  let end = 0;
  for (let at = 0; at < message.length; at++) {
    const value = placeholders.knownAt(message, at);
    if (value === "") continue;
    scrubbed += words(message.slice(end, at)) + placeholders.of(value);
    end = at + value.length;
    at = end - 1;
  }
  scrubbed += words(message.slice(end));
  return hasSecret(scrubbed) ? placeholders.of(message, true) : scrubbed;

  function words(text: string): string {
    return text.replace(token, (run: string, offset: number) => {
      let { length } = run;
      while (/[.:!?]/.test(run.charAt(length - 1))) length -= 1;
      const word = run.slice(0, length);
      if (word === "") return run;
      const isQuoted = opening.test(text.charAt(offset - 1));
      return (isPublicWord(word, isQuoted, names) ? word : placeholders.of(word)) + run.slice(length);
    });
  }
}
