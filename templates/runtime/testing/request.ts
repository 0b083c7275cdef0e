import type { KeyPair } from "../credentials.js";
import type { AnyOperation } from "../operation.js";
import type { FetchInit } from "../platform.js";
import { sign } from "../signature.js";
import { duplicateAt, isTooDeep } from "./har.js";
import { fail, type MockReply } from "./replies.js";
import type { TypedParameters } from "./typed-parameters.js";

/**
 * Reads the parameters of a signed request: those of the query, and of the form if it is a POST.
 *
 * @throws Error if no client would send the request.
 */
export function readRequest(url: string, { method, headers, body }: FetchInit): Map<string, string> {
  if (method !== "GET" && method !== "POST")
    throw new Error(`the method is ${method}; a request is a GET or a POST`);
  const pairs = [...new URL(url).searchParams];
  if (method === "POST") {
    const type = Object.entries(headers).find(([name]) => name.toLowerCase() === "content-type")?.[1] ?? "";
    if (!/^application\/x-www-form-urlencoded\b/i.test(type))
      throw new Error(`the body of the POST is not a form (Content-Type ${JSON.stringify(type)})`);
    // Not `push(...)`: a body can have more parameters than a call can have arguments.
    for (const pair of new URLSearchParams(body ?? "")) pairs.push(pair);
  }
  const names = pairs.map(([name]) => name);
  const duplicate = names[duplicateAt(names)];
  if (duplicate !== undefined) throw new Error(`the parameter ${duplicate} is duplicated`);
  if (names.some(isTooDeep)) throw new Error("the name of a parameter is nested too deeply");
  return new Map(pairs);
}

/**
 * Checks a request as the gateway does, in its order and with its RetCodes: the action is named (160) and known (161),
 * the request is signed (170), the key pair (172) and its token (174) are known, the signature is right (171), no
 * required parameter is missing (220) and each is of the right type (230).
 *
 * @returns the failure to respond with; `undefined` if the request passes.
 */
export async function checkRequest(
  parameters: ReadonlyMap<string, string>,
  operation: AnyOperation | undefined,
  { missing, mistyped }: TypedParameters,
  { publicKey, privateKey, securityToken }: KeyPair,
  unknownAction: () => string,
): Promise<MockReply | undefined> {
  if (!parameters.get("Action")) return fail(160, "Missing Action");
  if (operation === undefined) return fail(161, unknownAction());
  const signature = parameters.get("Signature");
  if (!signature) return fail(170, "Missing Signature");
  if (parameters.get("PublicKey") !== publicKey) return fail(172, "PublicKey is unknown");
  if (parameters.get("SecurityToken") !== securityToken) return fail(174, "SecurityToken is unknown");
  if (signature !== sign(parameters, privateKey)) return fail(171, "Signature does not match");
  if (missing.length > 0) return fail(220, `Missing params [${missing.join(", ")}]`);
  if (mistyped.length > 0) return fail(230, `Params not available: ${mistyped.join("; ")}`);
  return undefined;
}
