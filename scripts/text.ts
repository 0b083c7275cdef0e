/** Text on one line: whatever could begin another, or move a terminal's cursor, becomes a space. */
export function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029]+/gu, " ");
}
