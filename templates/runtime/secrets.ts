import { signingParameters } from "./signature.js";

/** Redacts the secrets of a request in a string that may quote it. */
export type Redaction = (text: string) => string;

/** Shorter values could be part of any word. Shorter signing parameters are found by their names. */
const minSecretLength = 4;

/**
 * Creates a function that redacts the secrets of a signed request, regardless of case: everything that would allow a reader
 * to send the request again or to sign another, and the values of secret parameters.
 *
 * @param names of secret parameters at any depth: `Password` covers `Disks.0.Password`.
 */
export function redactionOf(
  parameters: ReadonlyMap<string, string> = new Map(),
  names: readonly string[] = [],
  privateKey = "",
): Redaction {
  const allNames = [...signingParameters, ...names];
  return (text) => {
    const secrets = [...parameters]
      .filter(([name]) => name.split(".").some((key) => allNames.includes(key)))
      .map(([, value]) => value)
      .concat(privateKey)
      .flatMap((value) => [value, decoded(value), encodeURIComponent(value)])
      .filter(({ length }) => length >= minSecretLength)
      .map((value) => value.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
    const rest = secrets.length > 0 ? text.replace(new RegExp(secrets.join("|"), "gi"), redacted) : text;
    // Redact every query or form that is signed as a whole.
    return rest.replace(/(?:<redacted>|[^\s"'<>?])+/g, (run) => (isSigned.test(run) ? redacted : run));
  };
}

/** Whether a string contains a private key. A string can contain a short one, such as that of an example, by chance. */
export function containsKey(text: string, privateKey: string): boolean {
  return privateKey.length >= 16 && text.includes(privateKey);
}

const redacted = "<redacted>";
const isSigned = new RegExp(`\\b(?:${signingParameters.join("|")})=`, "i");

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
  const error: Error & { code?: unknown } = failure instanceof Error ? failure : new Error(String(failure));
  const { name, message, stack = "", code, cause } = error;
  // No platform nests deeper, and causes may form a cycle.
  const hasCause = depth < 5 && cause !== undefined;
  const options = hasCause ? { cause: withoutSecrets(cause, redact, depth + 1) } : {};
  const copy = new Error(redact(message), options);
  Object.assign(copy, typeof code === "string" && { code: redact(code) });
  return Object.defineProperties(copy, { name: { value: name }, stack: { value: redact(stack) } });
}

/** The operating system's error code, such as `ECONNREFUSED`, which platforms put on a nested cause; empty if there is none. */
export function systemCode(failure: unknown): string {
  const { code, cause } = failure as { code?: string; cause?: unknown };
  return code ?? (cause ? systemCode(cause) : "");
}
