import type { Placeholders } from "./placeholders.js";
import { isPublicWord } from "./public-values.js";
import { quotedParts } from "./quotes.js";

const characters = "[^\\s\"'`<>＜＞,;|，。；：！？、＂＇\\p{Ps}\\p{Pe}\\p{Pi}\\p{Pf}]+";

/** Runs of characters that can be a value, with what is around them. */
const word = new RegExp(characters, "gu");
/** What can be a value in quotes: the words between two marks. */
const phrase = new RegExp(`${characters}(?:(?<![.:!?])\\s+${characters})*`, "gu");

/**
 * Replaces what may be private in a message of the gateway: values that were replaced elsewhere, in upper or lower case, whatever
 * stands in quotes or brackets and is no name of the specification, and all that is not a word of prose.
 *
 * @param names names of the specification, such as those of actions and parameters.
 */
export function scrubMessage(
  message: string,
  placeholders: Placeholders,
  names: ReadonlySet<string>,
  hasSecret: (text: string) => boolean,
): string {
  const isQuoted = quotedParts(message);
  let scrubbed = "";
  let end = 0;
  for (const [start, next] of placeholders.knownIn(message)) {
    scrubbed += prose(end, start) + placeholders.of(message.slice(start, next));
    end = next;
  }
  scrubbed += prose(end, message.length);
  return hasSecret(scrubbed) ? placeholders.of(message, true) : scrubbed;

  function prose(from: number, to: number): string {
    return message
      .slice(from, to)
      .replace(phrase, (run: string, offset: number) =>
        isQuoted[from + offset] ? replaced(run, true) : run.replace(word, (one) => replaced(one, false)),
      );
  }

  function replaced(run: string, isQuoted: boolean): string {
    let { length } = run;
    while (/[.:!?]/.test(run.charAt(length - 1))) length -= 1;
    const text = run.slice(0, length);
    if (text === "" || isPublicWord(text, isQuoted, names)) return run;
    return placeholders.of(text) + run.slice(length);
  }
}
