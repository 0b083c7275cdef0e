import { oneLine } from "../text.js";
import { humpsOf } from "./humps.js";

/**
 * One escaper for each target. A string of a specification is hostile until the escaper for its target has processed it.
 * The escapers for Markdown are in markdown.ts.
 */

/** A TypeScript or JSON string literal, quotes included. */
export function tsString(text: string): string {
  return visibleString(text).replaceAll("</", "<\\/");
}

/** One line of a doc comment: cannot end the comment, start another line or become a JSDoc tag. */
export function tsComment(text: string): string {
  return withoutTags(oneLine(text).replaceAll("*/", "*\\/").trim());
}

/**
 * Text of a doc comment in which no `@` starts a tag: not at the start of a line, after white space or `*`, or in `{@link}`.
 * To the TypeScript compiler, two more characters are white space.
 */
export function withoutTags(text: string): string {
  return text.replace(/(?<=^|[\s\u0085\u200b*{])@/g, "\\@");
}

/**
 * An identifier, unchanged.
 *
 * @throws Error if it is not an identifier. The model contains valid identifiers only, so this is a bug of actiongen.
 */
export function tsIdentifier(name: string): string {
  if (!/^[A-Za-z_$][\w$]*$/.test(name)) throw new Error(`not an identifier: ${JSON.stringify(name)}`);
  return name;
}

/** A property name of an object literal or type, quoted if necessary. */
export function tsProperty(name: string): string {
  if (name === "__proto__") return '["__proto__"]';
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : tsString(name);
}

/** A JSON value as a TypeScript literal. @param indent indentation of the line that the literal starts on. */
export function tsLiteral(value: unknown, indent = ""): string {
  const inner = `${indent}  `;
  if (Array.isArray(value)) {
    return value.length === 0
      ? "[]"
      : `[${value.map((item) => `\n${inner}${tsLiteral(item, inner)},`).join("")}\n${indent}]`;
  }
  if (typeof value === "object" && value !== null) {
    const lines = Object.entries(value).map(
      ([name, item]) => `\n${inner}${tsProperty(name)}: ${tsLiteral(item, inner)},`,
    );
    return lines.length === 0 ? "{}" : `{${lines.join("")}\n${indent}}`;
  }
  return typeof value === "string" ? tsString(value) : String(JSON.stringify(value));
}

/** Text of an HTML element. */
export function htmlText(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

/** Value of an HTML attribute in double quotes. */
export function htmlAttribute(text: string): string {
  return htmlText(text).replaceAll('"', "&quot;").replaceAll("'", "&#39;").replaceAll("`", "&#96;");
}

/** Text of an XML element, or value of an attribute in double quotes, without the characters that XML has no form for. */
export function xmlText(text: string): string {
  return htmlAttribute(text.replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, "\ufffd"));
}

/** Text of an HTML element, in which a long name may break at its humps: `Describe<wbr>UMem<wbr>Backup<wbr>URL`. */
export function htmlHumps(name: string): string {
  return humpsOf(name).map(htmlText).join("<wbr>");
}

/** A value as JSON in a `script` element, which cannot end the element. */
export function htmlJson(value: unknown): string {
  return JSON.stringify(value).replaceAll("<", "\\u003c");
}

/**
 * URL of a link: `http://` and `https://` are kept, any other (such as `javascript:`) becomes `#`. Without the slashes, browsers
 * resolve it relative to the page.
 */
export function linkUrl(url: string): string {
  try {
    return /^https?:\/\//i.test(url) ? new URL(url).href : "#";
  } catch {
    return "#";
  }
}

/** One argument of a POSIX shell command. */
export function shellWord(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

/** The default value of a variable of a POSIX shell, in `"${NAME:-default}"`. */
export function shellDefault(text: string): string {
  return text.replace(/[\\"$`}]/g, "\\$&");
}

/** A Python string literal, quotes included. */
export function pythonString(text: string): string {
  return visibleString(text);
}

/** A Go string literal, quotes included. Go has no lone surrogates. */
export function goString(text: string): string {
  return visibleString(text.replace(/\p{Surrogate}/gu, "\uFFFD"));
}

/** A JSON string in which characters that an editor does not show, or that end a line for some readers, are escaped. */
function visibleString(text: string): string {
  const hidden = /[\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g;
  return JSON.stringify(text).replace(
    hidden,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

/**
 * A name, version or number without characters that are special in any target, unchanged.
 *
 * @throws Error for anything else. The configuration accepts nothing else, so this is a bug of actiongen.
 */
export function harmlessWord(text: string): string {
  if (!/^-?[A-Za-z0-9@_][\w@./-]*$/.test(text))
    throw new Error(`not a harmless word: ${JSON.stringify(text)}`);
  return text;
}
