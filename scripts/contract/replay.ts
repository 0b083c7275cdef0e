import { signingParameters } from "../../templates/runtime/signature.js";
import type { Action, Brand } from "../model/api-model.js";
import type { Recording } from "./recording.js";

/** What a generated client did when it was given a recorded answer. */
export interface Replay {
  /** Parameters of the request that it built, the signature among them; empty where it sent none. */
  readonly parameters: ReadonlyMap<string, string>;
  readonly method: string;
  /** Address of the request without its query. */
  readonly baseUrl: string;
  readonly outcome: { readonly value: unknown } | { readonly error: unknown };
}

/** The factory that every generated package exports. */
export type CreateClient = (options: {
  readonly credentials: Brand["exampleCredentials"];
  readonly baseUrl: string;
  readonly fetch: (request: Request) => Promise<Response>;
}) => object;

/** Makes the recorded call with a generated client, whose `fetch` gives the recorded answer. */
export async function replay(
  recording: Recording,
  action: Action,
  brand: Brand,
  createClient: CreateClient,
): Promise<Replay> {
  let method = "";
  let baseUrl = "";
  let parameters = new Map<string, string>();
  const client = createClient({
    credentials: brand.exampleCredentials,
    baseUrl: brand.baseUrl,
    fetch: async (request) => {
      method = request.method;
      baseUrl = request.url.replace(/\?.*$/s, "");
      parameters = new Map(new URL(request.url).searchParams);
      const headers = recording.headers.map(({ name, value }): [string, string] => [name, value]);
      return new Response(recording.body, { status: recording.status, headers });
    },
  }) as Record<string, (params: object) => Promise<unknown>>;

  const call = client[action.functionName];
  if (call === undefined) throw new Error(`the generated client has no ${action.functionName}`);
  try {
    const value = await call(callOf(recording));
    return { method, baseUrl, parameters, outcome: { value } };
  } catch (error) {
    return { method, baseUrl, parameters, outcome: { error } };
  }
}

/** The parameters of a recorded call as a caller writes them. */
export function callOf({ parameters }: Recording): Record<string, unknown> {
  const added = ["Action", ...signingParameters];
  return nest([...parameters].filter(([name]) => !added.includes(name)));
}

/**
 * The parameters as a caller writes them: `Disks.0.Size` lies in an object in an array. An index that no array of
 * so few parameters has is no index, and leaves the name flat.
 */
export function nest(flat: readonly (readonly [name: string, value: string])[]): Record<string, unknown> {
  // Without a prototype, since a recording may name a parameter __proto__.
  const root: Record<string, unknown> = Object.create(null);
  for (const [name, value] of flat) {
    const keys = name.split(".");
    const isFlat = keys.some((key) => /^\d+$/.test(key) && Number(key) >= flat.length);
    let place = root;
    for (const [index, key] of isFlat ? [[0, name] as const] : keys.entries()) {
      const next = isFlat ? undefined : keys[index + 1];
      place[key] ??= next === undefined ? value : /^\d+$/.test(next) ? [] : Object.create(null);
      place = place[key] as Record<string, unknown>;
    }
  }
  return root;
}
