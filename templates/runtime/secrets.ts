import { signingParameters } from "./signature.js";

/** Takes the secrets of a request out of a text that may quote it. */
export type Redaction = (text: string) => string;

/** Shorter values could be part of any word. Those that sign are covered by their names in a query as well. */
const shortest = 4;

/**
 * Makes what hides the secrets of a signed request, before anybody sees a failure or an answer that quotes it: what lets
 * a reader repeat it, and the values of secret parameters, whatever their case.
 *
 * @param names of parameters that are secrets, wherever they stand: `Password` for `Disks.0.Password`.
 */
export function redactionOf(
  parameters: ReadonlyMap<string, string> = new Map(),
  names: readonly string[] = [],
): Redaction {
  const allNames = [...signingParameters, ...names];
  return (text) => {
    const secrets = [...parameters]
      .filter(([name]) => name.split(".").some((part) => allNames.includes(part)))
      .flatMap(([, value]) => [value, decoded(value), encodeURIComponent(value)])
      .filter(({ length }) => length >= shortest)
      .map((value) => value.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
    const rest = secrets.length > 0 ? text.replace(new RegExp(secrets.join("|"), "gi"), redacted) : text;
    // The whole of a query or form that is signed.
    return rest.replace(/(?:<redacted>|[^\s"'<>?])+/g, (run) => (isSigned.test(run) ? redacted : run));
  };
}

const redacted = "<redacted>";
const isSigned = new RegExp(`\\b(?:${signingParameters.join("|")})=`, "i");

/** The text that a base64 value may stand for. */
function decoded(value: string): string {
  try {
    return atob(value);
  } catch {
    return "";
  }
}

/**
 * A copy of a failure that holds name, message, stack, code and causes without the secrets, and nothing else:
 * platforms and libraries hang the request or its URL on their errors.
 */
export function withoutSecrets(failure: unknown, hide: Redaction, depth = 0): Error {
  const error: Error & { code?: unknown } = failure instanceof Error ? failure : new Error(String(failure));
  const { name, message, stack = "", code, cause } = error;
  // Deep enough for any platform, and the end of a cycle.
  const hasCause = depth < 5 && cause !== undefined;
  const copy = new Error(hide(message), hasCause ? { cause: withoutSecrets(cause, hide, depth + 1) } : {});
  Object.assign(copy, typeof code === "string" && { code: hide(code) });
  return Object.defineProperties(copy, { name: { value: name }, stack: { value: hide(stack) } });
}

/** The operating system's word for a failure, like `ECONNREFUSED`; platforms put it some causes deep. */
export function systemCode(failure: unknown): string {
  const { code, cause } = failure as { code?: string; cause?: unknown };
  return code ?? (cause ? systemCode(cause) : "");
}
