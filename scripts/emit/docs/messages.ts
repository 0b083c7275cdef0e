import type { DocsSettings } from "../../model/api-model.js";

/** Translations of the interface's messages, by language and English message. */
export type Translations = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** The noun that follows a number. Both of its forms are messages of the interface. */
export function plural(noun: "action" | "product", count: number): string {
  return count === 1 ? noun : `${noun}s`;
}

/** The function that translates messages to a language. It reports a message that lacks a translation to any language. */
export function translator(language: DocsSettings["language"], translations: Translations) {
  return (message: string): string => {
    for (const [name, messages] of Object.entries(translations)) {
      if (messages[message] === undefined)
        throw new Error(`messages/${name}.json does not translate ${JSON.stringify(message)}`);
    }
    return translations[language]?.[message] ?? message;
  };
}
