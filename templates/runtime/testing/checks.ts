import type { Credentials } from "../credentials.js";
import type { AnyOperation } from "../operation.js";
import { sign } from "../signature.js";
import { fail, type Reply } from "./replies.js";
import type { TypedParameters } from "./typed-parameters.js";

/**
 * Checks a request as the gateway does, in its order and with its RetCodes: the action is named (160) and known (161), a
 * signature is there (170), the key pair is known (172) and so is its token (174), the signature is right (171), what is
 * required is there (220) and of the right type (230).
 *
 * @returns what a request that does not pass is answered; `undefined` for one that does.
 */
export async function checkRequest(
  parameters: ReadonlyMap<string, string>,
  operation: AnyOperation | undefined,
  typed: TypedParameters,
  { publicKey, privateKey, securityToken }: Credentials,
  unknownAction: () => string,
): Promise<Reply | undefined> {
  if (!parameters.get("Action")) return fail(160, "Missing Action");
  if (operation === undefined) return fail(161, unknownAction());
  const signature = parameters.get("Signature");
  if (!signature) return fail(170, "Missing Signature");
  if (parameters.get("PublicKey") !== publicKey) return fail(172, "PublicKey is unknown");
  if (parameters.get("SecurityToken") !== securityToken) return fail(174, "SecurityToken is unknown");
  if (signature !== (await sign(parameters, privateKey))) return fail(171, "Signature does not match");
  const { missing, mistyped } = typed;
  if (missing.length > 0) return fail(220, `Missing params [${missing.join(", ")}]`);
  if (mistyped.length > 0) return fail(230, `Params not available: ${mistyped.join("; ")}`);
  return undefined;
}
