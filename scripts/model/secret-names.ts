import { isIdentifier } from "./names.js";

/**
 * Whether a field is a secret by its name, so that it is not logged. What a document says itself counts more: a number of
 * tokens is none.
 */
export function isSecretName(field: string): boolean {
  return isIdentifier(field) && secret.test(field);
}

const secret =
  /passw(?:or)?d|passphrase|secret|token|credential|(?:private|access|api|ssh|encrypt\w*)_?key(?!_?id)/i;
