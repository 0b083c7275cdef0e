import { createHash } from "node:crypto";

/** SHA-256 of a text, or of its bytes in UTF-8, in hexadecimal. */
export function hashOf(text: string | Uint8Array): string {
  return createHash("sha256").update(text).digest("hex");
}

/** One hash of several texts, told apart by their lengths. */
export function hashOfAll(...texts: readonly string[]): string {
  const hash = createHash("sha256");
  for (const text of texts) hash.update(`${text.length}:`).update(text);
  return hash.digest("hex");
}
