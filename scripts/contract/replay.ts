import { signingParameters } from "../../templates/runtime/signature.js";
import type { Action, Brand } from "../model/api-model.js";
import type { Recording } from "./recording.js";

/** What a generated client did when it was given a recorded answer. */
export interface Replay {
  /** Parameters of the request that it built, the signature among them; empty where it sent none. */
  readonly parameters: ReadonlyMap<string, string>;
  readonly method: string;
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
  let parameters = new Map<string, string>();
  const client = createClient({
    credentials: brand.exampleCredentials,
    baseUrl: brand.baseUrl,
    fetch: async (request) => {
      method = request.method;
      parameters = new Map(new URL(request.url).searchParams);
      const headers = recording.headers.map(({ name, value }): [string, string] => [name, value]);
      return new Response(recording.body, { status: recording.status, headers });
    },
  }) as Record<string, (params: object) => Promise<unknown>>;

  const call = client[action.functionName];
  if (call === undefined) throw new Error(`the generated client has no ${action.functionName}`);
  try {
    const value = await call(callOf(recording));
    return { method, parameters, outcome: { value } };
  } catch (error) {
    return { method, parameters, outcome: { error } };
  }
}

/** The parameters of a recorded call as a caller writes them. */
export function callOf({ parameters }: Recording): Record<string, unknown> {
  const added = ["Action", ...signingParameters];
  return nest([...parameters].filter(([name]) => !added.includes(name)));
}

/** The parameters as a caller writes them: `Disks.0.Size` lies in an object in an array. */
export function nest(flat: Iterable<readonly [name: string, value: string]>): Record<string, unknown> {
  const root: Record<string, unknown> = {};
  for (const [name, value] of flat) {
    const keys = name.split(".");
    let place = root;
    for (const [index, key] of keys.entries()) {
      const next = keys[index + 1];
      place[key] ??= next === undefined ? value : /^\d+$/.test(next) ? [] : {};
      place = place[key] as Record<string, unknown>;
    }
  }
  return root;
}
