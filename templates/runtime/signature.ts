import type { Credentials } from "./credentials.js";
import { ConfigurationError } from "./errors.js";

/** Replaces the private key when a string to sign is shown. */
export const privateKeyPlaceholder = "<private key>";

/** The parameters that signing adds. */
export const signingParameters: readonly string[] = ["PublicKey", "SecurityToken", "Signature"];

/**
 * The string whose SHA-1 is the signature: all parameters but `Signature`, sorted by name in byte order, each name followed
 * directly by its value without URL encoding; then the private key.
 *
 * To show the string, pass {@link privateKeyPlaceholder} as the private key.
 */
export function stringToSign(parameters: ReadonlyMap<string, string>, privateKey: string): string {
  const pairs = signedNames(parameters).map((name) => name + parameters.get(name));
  return pairs.join("") + privateKey;
}

/** Names of the parameters that a signature covers, in the order in which it covers them. */
export function signedNames(parameters: ReadonlyMap<string, string>): string[] {
  return [...parameters.keys()].filter((name) => name !== "Signature").sort(byteOrder);
}

/**
 * Computes the signature of flat parameters: 40 lower-case hexadecimal digits.
 *
 * @throws ConfigurationError if the platform has no WebCrypto.
 */
export async function sign(parameters: ReadonlyMap<string, string>, privateKey: string): Promise<string> {
  if (!globalThis.crypto?.subtle)
    throw new ConfigurationError(
      "Signing needs crypto.subtle, which browsers provide on https and localhost only.",
    );
  return await sha1(stringToSign(parameters, privateKey));
}

/** The SHA-1 of a string in UTF-8: 40 lower-case hexadecimal digits. Needs WebCrypto. */
export async function sha1(text: string): Promise<string> {
  const digest = new DataView(await crypto.subtle.digest("SHA-1", new TextEncoder().encode(text)));
  return [0, 4, 8, 12, 16].map((at) => digest.getUint32(at).toString(16).padStart(8, "0")).join("");
}

/** Returns a copy of flat parameters with credentials and signature, which replace any that are present. */
export async function signParameters(
  parameters: ReadonlyMap<string, string>,
  credentials: Credentials,
): Promise<Map<string, string>> {
  const signed = withCredentials(parameters, credentials);
  return signed.set("Signature", await sign(signed, credentials.privateKey));
}

/** The parameters that a signature covers: those of the call, `PublicKey` and, with temporary credentials, `SecurityToken`. */
export function withCredentials(
  parameters: ReadonlyMap<string, string>,
  { publicKey, securityToken }: Credentials,
): Map<string, string> {
  const covered = new Map(parameters);
  for (const name of signingParameters) covered.delete(name);
  covered.set("PublicKey", publicKey);
  if (securityToken) covered.set("SecurityToken", securityToken);
  return covered;
}

/** Compares by UTF-8 bytes, whose order differs from that of UTF-16 code units outside the basic plane. */
function byteOrder(a: string, b: string): number {
  let i = 0;
  while (i < a.length && a.charCodeAt(i) === b.charCodeAt(i)) i += 1;
  return (a.codePointAt(i) ?? -1) - (b.codePointAt(i) ?? -1);
}
