/** Text on a single line: characters that could begin a new line or control a terminal are replaced with spaces. */
export function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029]+/gu, " ");
}
