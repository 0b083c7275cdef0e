import type { Fetch } from "../../templates/runtime/platform.js";
import { ownParameters } from "../../templates/runtime/testing/har.js";
import { toResponse } from "../../templates/runtime/testing/replies.js";
import { readRequest } from "../../templates/runtime/testing/request.js";
import { readParameters } from "../../templates/runtime/testing/typed-parameters.js";
import { operationOf } from "../emit/operation-fields.js";
import type { Action, Brand } from "../model/api-model.js";
import type { Recording } from "./recording.js";

/** Call that a generated client made, and its outcome with a recorded response. */
export interface Replay {
  /** Parameters of the request, with the signature; empty if the client sent none. */
  readonly parameters: ReadonlyMap<string, string>;
  readonly method: string;
  /** URL of the request without its query. */
  readonly baseUrl: string;
  readonly outcome: { readonly value: unknown } | { readonly error: unknown };
}

/** Factory that every generated package exports. */
export type CreateClient = (options: {
  readonly credentials: Brand["exampleCredentials"] & { readonly securityToken?: string };
  readonly baseUrl: string;
  readonly method: "GET" | "POST";
  readonly fetch: Fetch;
  readonly maxRetries: number;
}) => object;

/** Makes the recorded call with a generated client, whose `fetch` returns the recorded response. */
export async function replay(
  recording: Recording,
  action: Action,
  brand: Brand,
  createClient: CreateClient,
): Promise<Replay> {
  let method = "";
  let baseUrl = "";
  let parameters = new Map<string, string>();
  const securityToken = recording.parameters.get("SecurityToken");
  const client = createClient({
    credentials: { ...brand.exampleCredentials, ...(securityToken ? { securityToken } : {}) },
    baseUrl: brand.baseUrl,
    method: recording.method as "GET" | "POST",
    maxRetries: 0,
    fetch: async (url, init) => {
      method = init.method;
      baseUrl = url.replace(/\?.*$/s, "");
      parameters = readRequest(url, init);
      return toResponse(recording);
    },
  }) as Record<string, (params: object) => Promise<unknown>>;

  const call = client[action.names.function];
  if (call === undefined) throw new Error(`the generated client has no ${action.names.function}`);
  const own = new Map(Object.entries(ownParameters(recording)));
  try {
    const value = await call(readParameters(own, operationOf(action)).params);
    return { method, baseUrl, parameters, outcome: { value } };
  } catch (error) {
    return { method, baseUrl, parameters, outcome: { error } };
  }
}
