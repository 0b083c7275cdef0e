import type { TypeRef } from "./api-model.js";
import { isIdentifier } from "./names.js";

/**
 * Whether a field is a secret by its name, so that it is not logged. What a document says itself counts more. A number of
 * tokens is no secret, nor is whether there is a password.
 */
export function isSecretByName(field: string, type: TypeRef): boolean {
  if (type.kind === "array") return isSecretByName(field, type.items);
  return (type.kind === "string" || type.kind === "json") && isIdentifier(field) && secret.test(field);
}

const secret =
  /passw(?:or)?d|passphrase|secret|token|credential|(?:private|access|api|ssh|encrypt\w*)_?key(?!_?id)/i;
