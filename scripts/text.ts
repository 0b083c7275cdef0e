/**
 * Text on a single line: characters that could begin a new line, control a terminal, or show the characters after them in
 * another order are replaced with spaces.
 */
export function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\u2028-\u202e\u2066-\u2069]+/gu, " ");
}

/** Text for a terminal, without what {@link oneLine} replaces other than line feeds. */
export function printable(text: string): string {
  return text.split("\n").map(oneLine).join("\n");
}

/** Order of strings by UTF-16 code units, which is the same on every machine. */
export function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Language of a text: Chinese if it contains ideographs. */
export function languageOf(text: string): "zh" | "en" {
  return /\p{Script=Han}/u.test(text) ? "zh" : "en";
}
