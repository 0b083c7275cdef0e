import type { Fetch } from "../../templates/runtime/platform.js";
import { signingParameters } from "../../templates/runtime/signature.js";
import { toResponse } from "../../templates/runtime/testing/replies.js";
import { readRequest } from "../../templates/runtime/testing/request.js";
import type { Action, Brand, Field, ObjectModel, TypeRef } from "../model/api-model.js";
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
  readonly method: "GET" | "POST";
  readonly fetch: Fetch;
  readonly maxRetries: number;
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
    method: recording.method as "GET" | "POST",
    maxRetries: 0,
    fetch: async (url, init) => {
      method = init.method;
      baseUrl = url.replace(/\?.*$/s, "");
      parameters = readRequest(url, init);
      return toResponse(recording);
    },
  }) as Record<string, (params: object) => Promise<unknown>>;

  const call = client[action.functionName];
  if (call === undefined) throw new Error(`the generated client has no ${action.functionName}`);
  try {
    const value = await call(typedFields(callOf(recording), action.parameters, action.models));
    return { method, baseUrl, parameters, outcome: { value } };
  } catch (error) {
    return { method, baseUrl, parameters, outcome: { error } };
  }
}

/** The values of a recorded call, which are texts, as a caller gives them to typed parameters. */
function typedFields(
  value: object,
  fields: readonly Field[],
  models: readonly ObjectModel[],
): Record<string, unknown> {
  const entries = Object.entries(value).map(([name, item]) => {
    const field = fields.find((one) => one.name === name);
    if (field?.encode === "base64" && typeof item === "string")
      return [name, Buffer.from(item, "base64")] as const;
    return [name, field === undefined ? item : typedValue(item, field.type, models)] as const;
  });
  return Object.assign(Object.create(null), Object.fromEntries(entries));
}

function typedValue(value: unknown, type: TypeRef, models: readonly ObjectModel[]): unknown {
  if (type.kind === "array")
    return Array.isArray(value) ? value.map((item) => typedValue(item, type.items, models)) : value;
  if (type.kind === "object" && typeof value === "object" && value !== null) {
    const fields = models.find(({ name }) => name === type.model)?.fields ?? [];
    return typedFields(value, fields, models);
  }
  if (type.kind === "boolean" && (value === "true" || value === "false")) return value === "true";
  // Whole numbers may be given as text, and a number that is not written as JavaScript writes it is to be seen.
  const isNumber = type.kind === "number" || (type.kind === "enum" && typeof type.values[0] === "number");
  return isNumber && typeof value === "string" && `${Number(value)}` === value ? Number(value) : value;
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
