import { type ActionError, createClient } from "@dezai/umem";
import { expect } from "vitest";
import { keys } from "./signed.js";

/** Valid parameters, all required ones included. */
export const params = { Region: "cn-zj", Zone: "cn-zj-01", SpaceId: "space", BackupId: "backup" };

/** Error of a call whose `fetch` returns this response, or throws. */
export async function failure(
  response: Response | (() => never),
): Promise<ActionError & Record<string, unknown>> {
  const fetch = async () => (typeof response === "function" ? response() : response);
  return await rejection(
    createClient({ credentials: keys, fetch, maxRetries: 0 }).describeUMemBackupURL(params),
  );
}

export const json = (body: unknown, init: ResponseInit = {}) => Response.json(body, init);

/** Error that a promise rejects with. */
export async function rejection(
  promise: PromiseLike<unknown>,
): Promise<ActionError & Record<string, unknown>> {
  return await promise.then(
    (value) => expect.fail(`resolved to ${JSON.stringify(value)}`),
    (error: unknown) => error as ActionError & Record<string, unknown>,
  );
}
