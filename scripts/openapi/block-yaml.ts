/**
 * Reads YAML in the form that `transcribe` writes: one entry a line, plain scalars and those in double quotes, literal
 * blocks, empty lists and objects. That takes a third of the time that the fastest parser for all of YAML takes.
 *
 * @returns `undefined` for every text with anything else in it, though it may be YAML: another parser decides there.
 */
export function readBlockYaml(text: string): object | undefined {
  if (!text.endsWith("\n") || unusual.test(text)) return undefined;
  try {
    return readDocument(text);
  } catch (error) {
    // Nesting that is too deep ends in a RangeError.
    if (error === notRead || error instanceof RangeError) return undefined;
    throw error;
  }
}

/** Characters that parsers may treat differently, and those that belong to no text. */
const unusual = /[^\n\x20-\x7E\u00A1-\u2027\u202A-\uD7FF\uE000-\uFEFE\uFF00-\uFFFD]/;
const notRead = new Error("not read here");

function readDocument(text: string): object {
  /** The next character that is not read yet; at a line's beginning, the first that is no space. */
  let at = 0;
  /** The indentation of the line that stands there; -1 at the end. */
  let indent = -1;
  toLine(0);
  if (at !== 0) throw notRead;
  const value = readBlock(0);
  if (at !== text.length) throw notRead;
  return value;

  function toLine(start: number): void {
    at = start;
    while (text[at] === " ") at++;
    indent = at < text.length ? at - start : -1;
    if (text[at] === "\n") throw notRead;
  }

  function readBlock(own: number): object {
    return isItem() ? readList(own) : readObject(own);
  }

  function isItem(): boolean {
    return text[at] === "-" && text[at + 1] === " ";
  }

  function readList(own: number): unknown[] {
    const list: unknown[] = [];
    do {
      at += 2;
      const colon = isItem() ? at : endOfKey();
      list.push(colon > 0 ? readBlock(own + 2) : readRest(own));
    } while (indent === own && isItem());
    if (indent > own) throw notRead;
    return list;
  }

  function readObject(own: number): object {
    const object: Record<string, unknown> = {};
    do {
      const colon = endOfKey();
      if (colon < 0) throw notRead;
      const key = text[at] === '"' ? text.slice(at + 1, colon - 1) : text.slice(at, colon);
      if (Object.hasOwn(object, key) || key === "__proto__" || key.length >= 1000) throw notRead;
      at = colon + 1;
      object[key] = readValue(own);
    } while (indent === own && !isItem());
    if (indent >= own) throw notRead;
    return object;
  }

  /** Where the colon behind a key is; -1 where no key stands. */
  function endOfKey(): number {
    key.lastIndex = at;
    if (!key.test(text)) return -1;
    return key.lastIndex - 1;
  }

  function readValue(own: number): unknown {
    if (text[at] === " ") {
      at++;
      return readRest(own);
    }
    toLine(at + 1);
    if (indent <= own) throw notRead;
    return readBlock(indent);
  }

  /** A value that begins on the same line as its key. */
  function readRest(own: number): unknown {
    const end = text.indexOf("\n", at);
    const rest = text.slice(at, end);
    if (rest === "|-" || rest === "|") return readLiteral(own, end + 1, rest === "|" ? "\n" : "");
    toLine(end + 1);
    return readScalar(rest);
  }

  function readLiteral(own: number, start: number, ending: string): string {
    toLine(start);
    const inner = indent;
    if (inner <= own) throw notRead;
    const lines: string[] = [];
    for (let line = start; ; ) {
      const end = text.indexOf("\n", line);
      if (end < 0 || !isInner(line, inner)) {
        toLine(line);
        // Less than the others, but more than what is around: no YAML.
        if (indent > own) throw notRead;
        return lines.join("\n").replace(/\n+$/, "") + ending;
      }
      lines.push(text.slice(line + inner, end));
      line = end + 1;
      while (text[line] === "\n") {
        lines.push("");
        line++;
      }
    }
  }

  function isInner(line: number, inner: number): boolean {
    for (let offset = 0; offset < inner; offset++) if (text[line + offset] !== " ") return false;
    return true;
  }
}

/** A key that is sure to be text, with its colon. */
const key = /(?:(?!(?:null|true|false):)[A-Za-z_$/][\w$./-]*|"[^"\\\n]+"):(?=[ \n])/iy;

const words: Readonly<Record<string, unknown>> = { true: true, false: false };
const otherWords = /^(?:null|true|false)$/i;
/** How a plain scalar begins that is a text unless it is one of the words, and how one that may be a number. */
const letter = /^(?:\.\.?\/)*[A-Za-z_/$(\u00A1-\uFFFD]/;
const digit = /^-?[0-9]/;
const number = /^(?:0|-?[1-9][0-9]{0,14}|[0-9]{1,9}\.[0-9]{1,9})$/;
/** Three numbers with dots between, or with hyphens, are none. */
const severalNumbers = /^[0-9]+([.-])[0-9]+\1[0-9]+$/;

function readScalar(text: string): unknown {
  if (text.startsWith('"')) return readQuoted(text);
  if (text === "[]") return [];
  if (text === "{}") return {};
  if (text.includes(": ") || text.includes(" #") || text.endsWith(":") || text.endsWith(" ")) throw notRead;
  if (letter.test(text)) {
    if (Object.hasOwn(words, text)) return words[text];
    if (text.length < 6 && otherWords.test(text)) throw notRead;
    return text;
  }
  if (!digit.test(text)) throw notRead;
  if (number.test(text)) return Number(text);
  if (severalNumbers.test(text)) return text;
  throw notRead;
}

/** What JSON has no escape for is not read here. */
function readQuoted(text: string): string {
  if (!text.includes("\\") && text.indexOf('"', 1) === text.length - 1) return text.slice(1, -1);
  if (text.includes("\\u")) throw notRead;
  try {
    return JSON.parse(text) as string;
  } catch {
    throw notRead;
  }
}
