import { createClient } from "@dezai/umem";
import { describe, expect, test } from "vitest";
import { byRequest } from "../support/by-request.js";
import { json, params } from "../support/failure.js";
import { keys, queryOf } from "../support/signed.js";

/** Request id of a failed call, whose response has this header. */
async function shownId(header: (signature: string, query: string) => string): Promise<unknown> {
  const fetch = byRequest(async (request) => {
    const signature = queryOf(request).get("Signature") ?? "";
    const headers = { "X-UCLOUD-REQUEST-UUID": header(signature, new URL(request.url).search) };
    return json({ RetCode: 230 }, { headers });
  });
  const { error } = await createClient({ credentials: keys, fetch }).describeUMemBackupURL(params).result();
  return (error as unknown as { requestId: string }).requestId;
}

describe("a request id is shown", () => {
  test.each([
    ["a UUID", "7f3c1d2e-4b5a-4c6d-8e9f-0a1b2c3d4e5f"],
    ["a number", "1234567"],
    ["39 characters", "a".repeat(39)],
    ["40 characters that are no secret", "g".repeat(40)],
    ["a sentence", "request 5, of today"],
  ])("as it is: %s", async (_, id) => {
    expect(await shownId(() => id)).toBe(id);
  });

  test.each<[what: string, header: (signature: string, query: string) => string, shown: string]>([
    ["a signature", (signature) => signature, "<redacted>"],
    ["a signature in capitals", (signature) => signature.toUpperCase(), "<redacted>"],
    ["a word before a signature", (signature) => `id ${signature}`, "id <redacted>"],
    ["a word after a signature", (signature) => `${signature} id`, "<redacted> id"],
    ["a query", (_, query) => query, "?<redacted>"],
  ])("without the secrets it quotes: %s", async (_, header, shown) => {
    expect(await shownId(header)).toBe(shown);
  });
});
