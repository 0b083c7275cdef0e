import { createClient } from "@dezai/umem";
import { describe, expect, test } from "vitest";
import { params } from "../support/failure.js";
import { keys } from "../support/signed.js";

/** Outcome of a call whose response has a status and a `Location`. */
async function outcome(status: number, location?: string, body = '{"RetCode":0}') {
  const headers = new Headers(location === undefined ? {} : { Location: location });
  const response = { status, headers, text: async () => body } as Response;
  const client = createClient({ credentials: keys, fetch: async () => response, maxRetries: 0 });
  return await client.describeUMemBackupURL(params).result();
}

describe("a redirect is an error that is not retried", () => {
  test.each([300, 307, 399])("with status %d", async (status) => {
    const { error } = await outcome(status, "https://other.example.com/a?b=c#d");
    expect(error).toMatchObject({ name: "InvalidResponseError", status, retryable: false });
    expect(error?.message).toBe(
      `DescribeUMemBackupURL: HTTP ${status} with a redirect to https://other.example.com/a, which is not followed; check baseUrl.`,
    );
  });

  test.each([
    ["a query of several lines", "/a?b\nc", "/a"],
    ["a fragment only", "/a#b?c", "/a"],
    ["a public key in its path", `/a/${keys.publicKey}/`, "/a/<redacted>/"],
  ])("and names its target without secrets: %s", async (_, location, target) => {
    // A header of a page in a browser extension or of a test can have any characters.
    const headers = { get: (name: string) => (name === "Location" ? location : null) };
    const response = { status: 302, headers, text: async () => "" } as unknown as Response;
    const client = createClient({ credentials: keys, fetch: async () => response, maxRetries: 0 });
    const { error } = await client.describeUMemBackupURL(params).result();
    expect(error?.message).toContain(`a redirect to ${target}, which`);
  });
});

test.each([
  ["success with a location", 201, "/created"],
  ["success with status 299 and a location", 299, "/created"],
])("%s is no redirect", async (_, status, location) => {
  expect(await outcome(status, location)).toMatchObject({ ok: true, data: { RetCode: 0 } });
});

test.each([
  ["a status without a location", 304, undefined, "InvalidResponseError"],
  ["an HTTP error with a location", 400, "/login", "HttpError"],
])("%s is no redirect, but an error", async (_, status, location, name) => {
  const { error } = await outcome(status, location, "");
  expect(error).toMatchObject({ name, status });
  expect(error?.message).toContain("no JSON in 0 characters of no type");
});
