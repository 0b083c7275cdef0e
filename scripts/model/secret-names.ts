import type { Type } from "./api-model.js";

/**
 * Whether a field is a secret by its name, so that it is not logged; what a document says of it takes precedence. A number
 * of tokens is not a secret, and neither is whether there is a password.
 */
export function isSecretByName(field: string, type: Type): boolean {
  if (type.kind === "array") return isSecretByName(field, type.items);
  return ["string", "map", "json"].includes(type.kind) && secret.test(field);
}

const secret =
  /passw(?:or)?d|passphrase|secret|token|credential|(?:private|access|api|ssh|encrypt\w*)_?key(?!_?id)/i;
