const unicode = (char: string) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`;
const entities = new Map([
  ["&", "&amp;"],
  ["<", "&lt;"],
  [">", "&gt;"],
  ['"', "&quot;"],
  ["'", "&#39;"],
]);
const html = (text: string) => text.replace(/[&<>"']/g, (char) => entities.get(char) as string);
const base64 = (text: string) => Buffer.from(text).toString("base64");

/** Usual encodings of a string, by name. */
export const encodings: Readonly<Record<string, (text: string) => string>> = {
  "as it is": (text) => text,
  "in capitals": (text) => text.toUpperCase(),
  "percent-encoded": encodeURIComponent,
  "percent-encoded twice": (text) => encodeURIComponent(encodeURIComponent(text)),
  "percent-encoded three times": (text) => encodeURIComponent(encodeURIComponent(encodeURIComponent(text))),
  "a form": (text) => new URLSearchParams({ a: text }).toString().slice(2),
  JSON: (text) => JSON.stringify(text).slice(1, -1),
  "JSON in JSON": (text) => JSON.stringify(JSON.stringify(text)).slice(3, -3),
  "JSON with \\/": (text) => JSON.stringify(text).slice(1, -1).replaceAll("/", "\\/"),
  "JSON with \\u": (text) => [...text].map(unicode).join(""),
  "JSON with some \\u": (text) => text.replace(/[^\w ]/g, unicode),
  HTML: html,
  "HTML twice": (text) => html(html(text)),
  "HTML with decimal references": (text) => [...text].map((char) => `&#${char.codePointAt(0)};`).join(""),
  "HTML with hexadecimal references": (text) =>
    text.replace(/\W/g, (char) => `&#x${char.charCodeAt(0).toString(16)};`),
  base64,
  "base64 without padding, percent-encoded": (text) => encodeURIComponent(base64(text).replace(/=+$/, "")),
  base64url: (text) => Buffer.from(text).toString("base64url"),
  "base64 after a user name": (text) => base64(`me:${text}`),
  "base64 of a list": (text) => base64(`me,${text},1`),
  hexadecimal: (text) => Buffer.from(text).toString("hex"),
  "hexadecimal in capitals": (text) => Buffer.from(text).toString("hex").toUpperCase(),
  "a prefix": (text) => text.slice(0, 16),
  "a longer prefix": (text) => text.slice(0, 20),
  "a prefix of its base64": (text) => base64(text).slice(0, 22),
};

/** Whether a string shows a secret in any encoding, or its beginning. */
export function shows(text: string, secret: string): boolean {
  const lower = text.toLowerCase();
  return Object.values(encodings).some((encode) => lower.includes(encode(secret).slice(0, 16).toLowerCase()));
}
