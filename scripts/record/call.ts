import { connect } from "../../templates/runtime/connection.js";
import type { KeyPair } from "../../templates/runtime/credentials.js";
import { RetCodeError } from "../../templates/runtime/errors.js";
import type { FetchInit } from "../../templates/runtime/platform.js";
import { readRequest } from "../../templates/runtime/testing/request.js";
import { operationOf } from "../emit/operation-fields.js";
import { maxFileSize } from "../files.js";
import type { Action, Brand } from "../model/api-model.js";
import { toolkitPackage } from "../toolkit.js";
import type { Exchange } from "./exchange.js";

/** RetCodes of a key pair that the gateway does not accept, which recordings with another key pair cannot show. */
export const credentialCodes: readonly number[] = [170, 171, 172, 174];

/** Thrown for a response that no file could contain, or that never ends. */
export class TooLargeError extends Error {
  override readonly name = "TooLargeError";
}

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
 * @throws CallError if there is no such response, or if the gateway does not accept the key pair; TooLargeError
 */
export async function callOnce(
  { action, params, credentials, baseUrl }: LiveCall,
  brand: Brand,
): Promise<Exchange> {
  const { environmentPrefix, requestIdHeader } = brand;
  const userAgent = `actiongen/${toolkitPackage.version}`;
  const settings = { baseUrl, environmentPrefix, requestIdHeader, userAgent, locations: {} };
  let received: Exchange | undefined;
  let isTooLarge = false;
  const fetch = async (url: string, init: FetchInit) => {
    const [startedAt, started] = [new Date().toISOString(), performance.now()];
    const response = await globalThis.fetch(url, init as RequestInit);
    const body = await readText(response);
    isTooLarge = body === undefined;
    if (body === undefined) throw new Error("the body is too large");
    const { status, headers } = response;
    received = {
      action,
      method: init.method,
      parameters: readRequest(url, init),
      status,
      headers: [...headers],
      body,
      startedAt,
      time: Math.round(performance.now() - started),
    };
    return new Response(body || null, { status, headers });
  };
  try {
    await connect({ credentials, baseUrl, fetch, maxRetries: 0 }, settings).call(operationOf(action), params);
  } catch (error) {
    if (isTooLarge) throw new TooLargeError(`the response is larger than ${maxFileSize / 1024 / 1024} MiB`);
    if (!(error instanceof RetCodeError) || credentialCodes.includes(error.retCode)) throw error;
  }
  if (received === undefined) throw new Error("unreachable: a call that does not fail has a response");
  return received;
}

/** Reads the body of a response as text, without a byte order mark; `undefined` if it is too large. */
async function readText({ body }: Response): Promise<string | undefined> {
  const reader = body?.getReader();
  const chunks: Uint8Array[] = [];
  let size = 0;
  for (let read = await reader?.read(); read?.value !== undefined; read = await reader?.read()) {
    chunks.push(read.value);
    size += read.value.length;
    if (size <= maxFileSize) continue;
    await reader?.cancel();
    return undefined;
  }
  return new TextDecoder().decode(Buffer.concat(chunks));
}
