import { createHash } from "node:crypto";

/** SHA-256 of some texts, told apart by their lengths, in hexadecimal. */
export function hashOf(...texts: readonly (string | Uint8Array)[]): string {
  const hash = createHash("sha256");
  for (const text of texts) {
    const bytes = typeof text === "string" ? Buffer.from(text) : text;
    hash.update(`${bytes.length}:`).update(bytes);
  }
  return hash.digest("hex");
}
