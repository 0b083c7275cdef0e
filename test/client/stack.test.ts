import { type Client, type ConnectionOptions, createClient, describeUMemBackupURL } from "@dezai/umem";
import { describe, expect, test } from "vitest";
import { params } from "../support/failure.js";
import { keys } from "../support/signed.js";

const failing = () => Response.json({ RetCode: 230, Message: "no" });

/** Each is called by its name, which has to be in the stack of the error. */
const callers = {
  async callsMethod(client: Client) {
    await client.describeUMemBackupURL(params);
  },
  async callsFunction(client: Client) {
    await describeUMemBackupURL(client, params);
  },
  async asksForResult(client: Client) {
    const { error } = await client.describeUMemBackupURL(params).result();
    throw error;
  },
  async asksForResponse(client: Client) {
    await client.describeUMemBackupURL(params).withResponse();
  },
  async awaitsPage(client: Client) {
    await client.describeUMemSpace({ Region: "r" });
  },
  async iteratesPages(client: Client) {
    for await (const _ of client.describeUMemSpace({ Region: "r" }).pages());
  },
  async iteratesItems(client: Client) {
    for await (const _ of client.describeUMemSpace({ Region: "r" }));
  },
};

const failures: readonly (readonly [what: string, options: ConnectionOptions])[] = [
  ["a RetCode", { fetch: async () => failing() }],
  [
    "a RetCode after a retry",
    { fetch: async () => Response.json({ RetCode: 150 }), retryDelay: () => 1, maxRetries: 1 },
  ],
  [
    "a RetCode through middleware",
    { fetch: async () => failing(), middleware: [(request, next) => next(request)] },
  ],
  ["a network error", { fetch: () => Promise.reject(new TypeError("fetch failed")) }],
  ["a timeout", { fetch: () => new Promise(() => {}), timeout: 20 }],
  ["a failing provider", { credentials: () => Promise.reject(new Error("no")) }],
];

describe.each(Object.entries(callers))("the stack of an error names the caller that %s", (name, call) => {
  test.each(failures)("%s", async (_, options) => {
    const error = await call(createClient({ credentials: keys, maxRetries: 0, ...options })).catch(
      (thrown) => thrown,
    );
    expect(error.name).toMatch(/Error$/);
    expect(error.stack).toMatch(new RegExp(`at (async )?${name} \\(.*stack\\.test\\.ts`));
  });
});
