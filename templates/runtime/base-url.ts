/** Whether a text is an address that a query can be put behind, and that holds no password. */
export function isBaseUrl(text: string): boolean {
  return /^https?:\/\/[^?#@\s\\]+$/i.test(text) && URL.canParse(text);
}
