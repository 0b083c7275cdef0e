import { createHash } from "node:crypto";

/** Signature of decoded parameters, computed independently of the runtime. */
export function expectedSignature(parameters: ReadonlyMap<string, string>, privateKey: string): string {
  const names = [...parameters.keys()].filter((name) => name !== "Signature").sort();
  return createHash("sha1")
    .update(names.map((name) => name + parameters.get(name)).join("") + privateKey)
    .digest("hex");
}

/** Decoded query of a request. */
export function queryOf(request: Request): Map<string, string> {
  return new Map(new URL(request.url).searchParams);
}

/** A key pair of no account. */
export const keys = { publicKey: "public-key-of-a-test", privateKey: "private-key-of-a-test" };
