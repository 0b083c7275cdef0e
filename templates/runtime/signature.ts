import type { Credentials, KeyPair } from "./credentials.js";
import { sha1 } from "./sha1.js";

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

/** Computes the signature of flat parameters: 40 lower-case hexadecimal digits. */
export function sign(parameters: ReadonlyMap<string, string>, privateKey: string): string {
  return sha1(stringToSign(parameters, privateKey));
}

/** Returns a copy of flat parameters with credentials and signature, which replace any that are present. */
export function signParameters(
  parameters: ReadonlyMap<string, string>,
  keyPair: KeyPair,
): Map<string, string> {
  const signed = withCredentials(parameters, keyPair);
  return signed.set("Signature", sign(signed, keyPair.privateKey));
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
  // Beyond the end it is NaN, which equals nothing.
  while (a.charCodeAt(i) === b.charCodeAt(i)) i += 1;
  return (a.codePointAt(i) ?? -1) - (b.codePointAt(i) ?? -1);
}
