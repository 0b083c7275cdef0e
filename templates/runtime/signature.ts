import type { Credentials } from "./credentials.js";
import { ConfigurationError } from "./errors.js";

/** Stands for the private key wherever a string to sign is shown. */
export const privateKeyPlaceholder = "<private key>";

/** The parameters that signing adds. */
export const signingParameters: readonly string[] = ["PublicKey", "SecurityToken", "Signature"];

/**
 * The text whose SHA-1 is the signature: every parameter but `Signature`, sorted by name in byte order, each
 * name followed at once by its value, not URL-encoded; then the private key.
 *
 * The result holds the private key. To show it, pass {@link privateKeyPlaceholder} in its place.
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
 * The signature of flat parameters, 40 lower-case hexadecimal digits.
 *
 * @throws ConfigurationError where the platform has no WebCrypto.
 */
export async function sign(parameters: ReadonlyMap<string, string>, privateKey: string): Promise<string> {
  const { subtle } = globalThis.crypto ?? {};
  if (!subtle)
    throw new ConfigurationError(
      "Signing needs crypto.subtle, which pages have on https and localhost only.",
    );
  const text = new TextEncoder().encode(stringToSign(parameters, privateKey));
  const digest = new DataView(await subtle.digest("SHA-1", text));
  return [0, 4, 8, 12, 16].map((at) => digest.getUint32(at).toString(16).padStart(8, "0")).join("");
}

/** Flat parameters made ready to send: credentials added, signature last. Whatever signed them before is replaced. */
export async function signParameters(
  parameters: ReadonlyMap<string, string>,
  credentials: Credentials,
): Promise<Map<string, string>> {
  const signed = withCredentials(parameters, credentials);
  return signed.set("Signature", await sign(signed, credentials.privateKey));
}

/** The parameters that a signature covers: those of the call with `PublicKey` and, where there is one, `SecurityToken`. */
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

/** Orders as the UTF-8 bytes do, which UTF-16 code units do not for characters outside the basic plane. */
function byteOrder(a: string, b: string): number {
  let i = 0;
  while (i < a.length && a.charCodeAt(i) === b.charCodeAt(i)) i += 1;
  return (a.codePointAt(i) ?? -1) - (b.codePointAt(i) ?? -1);
}
