import { createHash } from "node:crypto";

/** The signature of decoded parameters, computed without the project's own code. */
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

/** A key pair for tests that is nobody's. */
export const keys = { publicKey: "public-key-of-a-test", privateKey: "private-key-of-a-test" };
