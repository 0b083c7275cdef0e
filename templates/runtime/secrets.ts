import { signingParameters } from "./signature.js";

/** Where a failure or an answer quotes a signed request, its secrets are taken out before anybody sees it. */

/** Short values could be part of any word, and are covered by their names in a query. */
const shortest = 8;

/** What lets a reader repeat a signed request. */
export function secretsOf(parameters: ReadonlyMap<string, string>): string[] {
  const values = signingParameters.map((name) => parameters.get(name) ?? "");
  return values
    .filter(({ length }) => length >= shortest)
    .flatMap((value) => [value, encodeURIComponent(value)]);
}

/** Replaces each secret, whatever its case, and what follows its name in a query. */
export function redact(text: string, secrets: readonly string[]): string {
  const known = secrets.map((secret) => secret.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  const named = `(?<=\\b(?:${signingParameters.join("|")})=)[^&\\s"'<>]+`;
  const pattern = new RegExp([...known, named].join("|"), "gi");
  return text.replace(pattern, "<redacted>");
}

/**
 * A copy of a failure that holds name, message, stack, code and causes without the secrets, and nothing else:
 * platforms and libraries hang the request or its URL on their errors.
 */
export function withoutSecrets(failure: unknown, secrets: readonly string[], depth = 0): Error {
  const error = failure instanceof Error ? failure : new Error(String(failure));
  const copy = new Error(redact(error.message, secrets));
  const stack = redact(error.stack ?? "", secrets);
  Object.defineProperty(copy, "name", { value: error.name, configurable: true });
  Object.defineProperty(copy, "stack", { value: stack, configurable: true });
  const code = codeOf(error);
  if (code !== "") Object.assign(copy, { code });
  // Deep enough for any platform, and the end of a cycle.
  if (depth < 5 && error.cause !== undefined) {
    Object.defineProperty(copy, "cause", { value: withoutSecrets(error.cause, secrets, depth + 1) });
  }
  return copy;
}

/** The operating system's word for a failure, like `ECONNREFUSED`; platforms put it some causes deep. */
export function systemCode(failure: unknown, depth = 0): string {
  const code = codeOf(failure);
  const { cause } = (failure ?? {}) as { cause?: unknown };
  return code !== "" || cause === undefined || depth > 5 ? code : systemCode(cause, depth + 1);
}

function codeOf(failure: unknown): string {
  const { code } = (failure ?? {}) as { code?: unknown };
  return typeof code === "string" && /^[A-Za-z][A-Za-z0-9_]{1,40}$/.test(code) ? code : "";
}
