import { signingParameters } from "./signature.js";

/** Redacts the secrets of a request in a string that may quote it. */
export type Redaction = (text: string) => string;

/** Shorter values could be part of any word. Shorter signing parameters are found by their names. */
export const minSecretLength = 4;
/** Fewer letters and digits of an encoded value could be part of any word. */
export const minLetters = 6;

/**
 * Creates a function that redacts the secrets of a signed request, regardless of case and in the usual encodings: everything
 * that would allow a reader to send the request again or to sign another, and the values of secret parameters.
 *
 * @param names of secret parameters at any depth: `Password` covers `Disks.0.Password`.
 */
export function redactionOf(
  parameters: ReadonlyMap<string, string> = new Map(),
  names: readonly string[] = [],
  privateKey = "",
): Redaction {
  const allNames = [...signingParameters, ...names];
  let forms: SecretForms | undefined;
  // Late, since most responses quote nothing.
  function prepare(): SecretForms {
    const secrets = [...parameters]
      .filter(([name]) => name.split(".").some((key) => allNames.includes(key)))
      .map(([, value]) => value);
    return formsOf(secrets.concat(privateKey));
  }
  function isSecret(text: string): boolean {
    const found = lettersOf(text);
    return isSigned.test(text) || (forms as SecretForms).letters.some((secret) => found.includes(secret));
  }
  return (text) => {
    forms ??= prepare();
    let shown = stringOf(text);
    for (const literal of forms.literals)
      shown = shown.replace(new RegExp(literal.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"), "gi"), redacted);
    if (!isSecret(shown)) return shown;
    // Redact every query or form that is signed as a whole, and every word that contains an encoded secret.
    shown = shown.replace(/(?:<redacted>|\\.|[^\s"'<>?])+/g, (run) => (isSecret(run) ? redacted : run));
    return isSecret(shown) ? redacted : shown;
  };
}

/** Forms in which strings quote secrets. */
interface SecretForms {
  /** As they are and in a URL, regardless of case. */
  readonly literals: readonly string[];
  /** What other encodings keep: {@link lettersOf}. */
  readonly letters: readonly string[];
}

/** Forms of secrets that are long enough to be found. @param secrets without lone surrogates, which no URL can have. */
export function formsOf(secrets: readonly string[]): SecretForms {
  const all = secrets.flatMap((value) => [value, decoded(value)]);
  return {
    literals: all
      .flatMap((value) => [value, encodeURIComponent(value)])
      .filter(({ length }) => length >= minSecretLength),
    letters: all.flatMap(encodings),
  };
}

/** The first letters and digits of a secret in the encodings of URLs, JSON and HTML, in base64 at any position, and in hexadecimal. */
function encodings(secret: string): string[] {
  const bytes = Array.from(new TextEncoder().encode(secret.slice(0, 32)));
  const base64 = [0, 1, 2].map((shift) => {
    const binary = String.fromCharCode(...Array(shift).fill(0), ...bytes);
    // Without the digits that depend on what surrounds the secret.
    return btoa(binary)
      .slice(shift && shift + 1)
      .replace(/.=+$/, "");
  });
  const hex = bytes.map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return [secret, ...base64, hex]
    .map((form) => lettersOf(form.slice(0, 16)))
    .filter(({ length }) => length >= minLetters);
}

function charOf(code: string, radix: number): string {
  return String.fromCharCode(Number.parseInt(code, radix));
}

/** The letters and digits of a string in lower case, without what the encodings of URLs, JSON and HTML add, however often. */
export function lettersOf(text: string): string {
  return text
    .replace(/&(?:amp;)*#(x?)([\da-f]+);/gi, (_, x, code) => charOf(code, x ? 16 : 10))
    .replace(/%(?:25)*([\da-f]{2})|\\u([\da-f]{4})/gi, (_, byte, unit) => charOf(byte ?? unit, 16))
    .replace(/&(?:\w+;)*|[^a-z\d&]+/gi, "")
    .toLowerCase();
}

/**
 * A redaction for the error of a function that knows secrets of its own: also redacts everything that is as long as a key,
 * except in the lines of a stack.
 */
export function withoutLongWords(redact: Redaction): Redaction {
  return (text) =>
    redact(text).replace(/^(?! {4}at ).*/gm, (line) => line.replace(/[\w+/=%~-]{16,}/g, redacted));
}

/** Whether a string contains a private key. A string can contain a short one, such as that of an example, by chance. */
export function containsKey(text: string, privateKey: string): boolean {
  return privateKey.length >= 16 && text.includes(privateKey);
}

const redacted = "<redacted>";
/** Finds a signed query or form. */
export const isSigned = new RegExp(`\\b(?:${signingParameters.join("|")})=`, "i");

/** The string that a value encodes, if it is base64. */
function decoded(value: string): string {
  try {
    return atob(value);
  } catch {
    return "";
  }
}

/**
 * A copy of an error with name, message, stack, code and causes redacted, and without other properties: platforms and
 * libraries attach the request or its URL to their errors.
 */
export function withoutSecrets(failure: unknown, redact: Redaction, depth = 0): Error {
  const error: Error & { code?: unknown } = failure instanceof Error ? failure : new Error(stringOf(failure));
  const { name, message, stack = "", code, cause } = error;
  // No platform nests deeper, and causes may form a cycle.
  const hasCause = depth < 5 && cause !== undefined;
  const options = hasCause ? { cause: withoutSecrets(cause, redact, depth + 1) } : {};
  const copy = new Error(redact(message), options);
  Object.assign(copy, typeof code === "string" && { code: redact(code) });
  return Object.defineProperties(copy, { name: { value: redact(name) }, stack: { value: redact(stack) } });
}

/** The string of a value; empty if it has none, such as `Object.create(null)`. */
function stringOf(value: unknown): string {
  try {
    return String(value);
  } catch {
    return "";
  }
}

/** The operating system's error code, such as `ECONNREFUSED`, which platforms put on a nested cause; empty if there is none. */
export function systemCode(failure: unknown): string {
  const { code, cause } = failure as { code?: string; cause?: unknown };
  return code ?? (cause ? systemCode(cause) : "");
}
