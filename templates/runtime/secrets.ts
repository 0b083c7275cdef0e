import { signingParameters } from "./signature.js";

/** Where a failure or an answer quotes a signed request, its secrets are taken out before anybody sees it. */

/** Shorter values could be part of any word. Those that sign are covered by their names in a query as well. */
const shortest = { signing: 8, own: 4 };

/**
 * What must not be shown of a signed request: what lets a reader repeat it, and the values of secret parameters.
 *
 * @param names of parameters that are secrets, wherever they stand: `Password` for `Disks.0.Password`.
 */
export function secretsOf(parameters: ReadonlyMap<string, string>, names: readonly string[] = []): string[] {
  return [...parameters].flatMap(([name, value]) => {
    const isSigning = signingParameters.includes(name);
    const isOwn = name.split(".").some((part) => names.includes(part));
    const values = isSigning ? [value] : isOwn ? [value, ...decoded(value)] : [];
    return values
      .filter(({ length }) => length >= (isSigning ? shortest.signing : shortest.own))
      .flatMap((one) => [one, encodeURIComponent(one)]);
  });
}

/** The text that a base64 value may stand for. */
function decoded(value: string): string[] {
  try {
    return [atob(value)];
  } catch {
    return [];
  }
}

/** Replaces each secret, whatever its case, and the whole of a query or form that is signed. */
export function redact(text: string, secrets: readonly string[]): string {
  const known = secrets.map((secret) => secret.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  const rest = known.length === 0 ? text : text.replace(new RegExp(known.join("|"), "gi"), redacted);
  return rest.replace(/(?:<redacted>|[^\s"'<>?])+/g, (run) => (isSigned.test(run) ? redacted : run));
}

const redacted = "<redacted>";
const isSigned = new RegExp(`\\b(?:${signingParameters.join("|")})=`, "i");

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
