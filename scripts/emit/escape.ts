import { oneLine } from "../text.js";

/**
 * One escaper for each target. Text of a specification is hostile until it has been through the one for the
 * place where it is printed. Those for Markdown are in markdown.ts.
 */

/** A TypeScript or JSON string literal, quotes included. */
export function tsString(text: string): string {
  return JSON.stringify(text)
    .replace(/[\u2028\u2029]/g, (char) => `\\u${char.charCodeAt(0).toString(16)}`)
    .replaceAll("</", "<\\/");
}

/** One line inside a block comment: cannot end the comment, begin another line, or pose as a JSDoc tag. */
export function tsComment(text: string): string {
  const line = oneLine(text).replaceAll("*/", "*\\/").trim();
  return line.startsWith("@") ? `\\${line}` : line;
}

/**
 * A name that is printed as it is.
 *
 * @throws Error where it is no identifier: the model admits none, so this is a fault of actiongen.
 */
export function tsIdentifier(name: string): string {
  if (!/^[A-Za-z_$][\w$]*$/.test(name)) throw new Error(`not an identifier: ${JSON.stringify(name)}`);
  return name;
}

/** A property name in an object literal or type, in quotes where it needs them. */
export function tsProperty(name: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(name) && name !== "__proto__" ? name : `[${tsString(name)}]`;
}

/** A value, given as JSON, as a literal. @param indent what stands before the line that it begins on. */
export function tsValue(json: string, indent = ""): string {
  return tsLiteral(JSON.parse(json), indent);
}

/** A JSON value as a TypeScript literal. */
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

/** Text between tags. */
export function htmlText(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

/** The value of an attribute in double quotes. */
export function htmlAttribute(text: string): string {
  return htmlText(text).replaceAll('"', "&quot;").replaceAll("'", "&#39;").replaceAll("`", "&#96;");
}

/** An address that may be a link: http and https as they are, all else (such as `javascript:`) becomes `#`. */
export function linkUrl(url: string): string {
  try {
    const { protocol, href } = new URL(url);
    return protocol === "https:" || protocol === "http:" ? href : "#";
  } catch {
    return "#";
  }
}

/** An address inside a block comment. */
export function commentUrl(url: string): string {
  return tsComment(linkUrl(url).replaceAll("*", "%2A"));
}

/** One word of a POSIX shell command. */
export function shellWord(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

/**
 * A name, version or number that means nothing in any target and is printed as it is.
 *
 * @throws Error for anything else: the configuration admits none, so this is a fault of actiongen.
 */
export function harmlessWord(text: string | number): string {
  if (!/^-?[A-Za-z0-9@_][\w@./-]*$/.test(`${text}`))
    throw new Error(`not a harmless word: ${JSON.stringify(text)}`);
  return `${text}`;
}
