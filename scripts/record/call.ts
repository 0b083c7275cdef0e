import { connect } from "../../templates/runtime/connection.js";
import type { KeyPair } from "../../templates/runtime/credentials.js";
import { RetCodeError } from "../../templates/runtime/errors.js";
import type { FetchInit } from "../../templates/runtime/platform.js";
import { readRequest } from "../../templates/runtime/testing/request.js";
import { operationOf } from "../emit/operation-fields.js";
import type { Action, Brand } from "../model/api-model.js";
import { toolkitPackage } from "../toolkit.js";
import type { Exchange } from "./exchange.js";

/** RetCodes of a key pair that the gateway does not accept, which recordings with another key pair cannot show. */
export const credentialCodes: readonly number[] = [170, 171, 172, 174];

/** A call to make. */
export interface LiveCall {
  readonly action: Action;
  readonly params: object;
  readonly credentials: KeyPair;
  readonly baseUrl: string;
}

/**
 * Calls the API once, without retries, as a generated client does.
 *
 * @returns the call with its response: a success, or a failure with a RetCode.
 * @throws CallError if there is no such response, or if the gateway does not accept the key pair.
 */
export async function callOnce(
  { action, params, credentials, baseUrl }: LiveCall,
  brand: Brand,
): Promise<Exchange> {
  const { environmentPrefix, requestIdHeader } = brand;
  const userAgent = `actiongen/${toolkitPackage.version}`;
  const settings = { baseUrl, environmentPrefix, requestIdHeader, userAgent, locations: {} };
  let received: Exchange | undefined;
  const fetch = async (url: string, init: FetchInit) => {
    const [startedAt, started] = [new Date().toISOString(), performance.now()];
    const response = await globalThis.fetch(url, init as RequestInit);
    const body = await response.text();
    const { status, headers } = response;
    received = {
      action,
      method: init.method,
      parameters: readRequest(url, init),
      status,
      headers: [...headers],
      body: body.replace(/^\uFEFF/, ""),
      startedAt,
      time: Math.round(performance.now() - started),
    };
    return new Response(body || null, { status, headers });
  };
  try {
    await connect({ credentials, baseUrl, fetch, maxRetries: 0 }, settings).call(operationOf(action), params);
  } catch (error) {
    if (!(error instanceof RetCodeError) || credentialCodes.includes(error.retCode)) throw error;
  }
  if (received === undefined) throw new Error("unreachable: a call that does not fail has a response");
  return received;
}
