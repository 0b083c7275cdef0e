import { type ActionError, createClient } from "@dezai/umem";
import { expect } from "vitest";
import { keys } from "./signed.js";

/** Parameters of a call that lacks nothing. */
export const params = { Region: "cn-zj", Zone: "cn-zj-01", SpaceId: "space", BackupId: "backup" };

/** Calls once with a `fetch` that gives this answer, and hands over the error. */
export async function failure(
  answer: Response | (() => never),
): Promise<ActionError & Record<string, unknown>> {
  const fetch = async () => (typeof answer === "function" ? answer() : answer);
  return await createClient({ credentials: keys, fetch, maxRetries: 0 })
    .describeUMemBackupURL(params)
    .then(
      (value) => expect.fail(`resolved to ${JSON.stringify(value)}`),
      (error: unknown) => error as ActionError & Record<string, unknown>,
    );
}

export const json = (body: unknown, init: ResponseInit = {}) => Response.json(body, init);
