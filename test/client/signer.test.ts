import { createHash } from "node:crypto";
import { inspect } from "node:util";
import { CredentialsError, createClient } from "@dezai/umem";
import { afterEach, describe, expect, test, vi } from "vitest";
import { byRequest } from "../support/by-request.js";
import { params } from "../support/failure.js";
import { expectedSignature, keys, queryOf } from "../support/signed.js";

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

/** A vault, which signs as its only function. */
const vault = async (stringToSign: string) =>
  createHash("sha1")
    .update(stringToSign + keys.privateKey)
    .digest("hex");

function recorder() {
  const sent: Map<string, string>[] = [];
  const fetch = byRequest(async (request) => {
    sent.push(queryOf(request));
    return Response.json({ RetCode: 0 });
  });
  return { sent, fetch };
}

describe("a signer", () => {
  test("signs each attempt, with the token, and sees the request without the private key", async () => {
    const seen: unknown[] = [];
    const signer = async (text: string, request: { action: string; attempt: number }) => {
      seen.push([request.action, request.attempt, text.includes("SecurityTokentoken")]);
      return await vault(text);
    };
    const sent: Map<string, string>[] = [];
    const fetch = byRequest(async (request) => {
      sent.push(queryOf(request));
      return Response.json({ RetCode: sent.length === 1 ? 150 : 0 });
    });
    const credentials = { publicKey: keys.publicKey, securityToken: "token", signer };
    await createClient({ credentials, fetch, retryDelay: () => 0 }).describeUMemBackupURL(params);
    expect(sent).toHaveLength(2);
    for (const query of sent) expect(query.get("Signature")).toBe(expectedSignature(query, keys.privateKey));
    expect(seen).toEqual([
      ["DescribeUMemBackupURL", 1, true],
      ["DescribeUMemBackupURL", 2, true],
    ]);
  });

  test("can come from a provider", async () => {
    const { sent, fetch } = recorder();
    const credentials = async () => ({ publicKey: keys.publicKey, signer: vault });
    await createClient({ credentials, fetch }).describeUMemBackupURL(params);
    expect(sent[0]?.get("Signature")).toBe(expectedSignature(sent[0] as never, keys.privateKey));
  });

  test.each<[what: string, signer: () => unknown, cause: RegExp]>([
    ["rejects", async () => Promise.reject(new Error("sealed")), /sealed/],
    ["returns something else", () => "c2lnbmF0dXJl", /40 lower-case hexadecimal digits/],
    ["returns nothing", () => undefined, /40 lower-case hexadecimal digits/],
    ["returns capitals", () => "A".repeat(40), /40 lower-case hexadecimal digits/],
    ["returns more", () => `${"a".repeat(40)}\n`, /40 lower-case hexadecimal digits/],
    ["returns a sentence", () => `is ${"a".repeat(40)}`, /40 lower-case hexadecimal digits/],
    ["returns less", () => "a".repeat(39), /40 lower-case hexadecimal digits/],
  ])("that %s fails the call, before anything is sent", async (_, signer, cause) => {
    const { sent, fetch } = recorder();
    const credentials = { publicKey: keys.publicKey, signer: signer as () => string };
    const { error } = await createClient({ credentials, fetch }).describeUMemBackupURL(params).result();
    expect(error).toBeInstanceOf(CredentialsError);
    expect(error).toMatchObject({ action: "DescribeUMemBackupURL", attempts: 0, retryable: false });
    expect((error as Error & { cause: Error }).cause.message).toMatch(cause);
    expect(sent).toEqual([]);
  });

  test("that hangs is bounded by the timeout", async () => {
    const credentials = { publicKey: keys.publicKey, signer: () => new Promise<string>(() => {}) };
    const call = createClient({ credentials }).describeUMemBackupURL(params, { timeout: 20 });
    await expect(call).rejects.toMatchObject({ name: "TimeoutError", attempts: 0 });
  });

  test("needs a public key", () => {
    expect(() => createClient({ credentials: { signer: vault } as never })).toThrow(/publicKey/);
  });
});

describe("signing with a key pair", () => {
  test("needs no WebCrypto, which pages without a secure context lack", async () => {
    vi.stubGlobal("crypto", undefined);
    const { sent, fetch } = recorder();
    await createClient({ credentials: keys, fetch }).describeUMemBackupURL(params);
    expect(sent[0]?.get("Signature")).toBe(expectedSignature(sent[0] as never, keys.privateKey));
  });

  test("works with fake timers", async () => {
    vi.useFakeTimers();
    const { sent, fetch } = recorder();
    await createClient({ credentials: keys, fetch }).describeUMemBackupURL(params);
    expect(sent).toHaveLength(1);
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe("the private key", () => {
  test.each<[what: string, given: object, path: string]>([
    ["as a value", { BackupId: keys.privateKey }, "BackupId"],
    ["in a value", { BackupId: `a${keys.privateKey}b` }, "BackupId"],
    ["in an extra parameter", { extra: { Key: [keys.privateKey] } }, "Key.0"],
    ["as the name of one", { extra: { [keys.privateKey]: 1 } }, "<redacted>"],
  ])("is refused %s of a parameter, before anything is sent", async (_, given, path) => {
    const { sent, fetch } = recorder();
    const { extra: extraParams, ...own } = given as { extra?: Record<string, unknown> };
    const client = createClient({ credentials: keys, fetch });
    const { error } = await client.describeUMemBackupURL({ ...params, ...own }, { extraParams }).result();
    const problem = "contains the private key, which must not be sent";
    expect(error?.message).toBe(`DescribeUMemBackupURL: ${path} ${problem}. Nothing was sent.`);
    expect(error).toMatchObject({ name: "InvalidParameterError", issues: [{ path, problem }], attempts: 0 });
    expect(sent).toEqual([]);
  });

  test("is redacted in whatever a fetch, a gateway, a signer's or a provider's error quotes", async () => {
    const quote = new Error(`with ${keys.privateKey}`, { cause: new Error(`key=${keys.privateKey}`) });
    const fail = () => Promise.reject(quote);
    let calls = 0;
    const provider = async () => (calls++ === 0 ? { ...keys, expiresAt: 1 } : fail());
    const one = createClient({ credentials: keys, fetch: fail, maxRetries: 0 });
    const message = { RetCode: 230, Message: quote.message };
    const two = createClient({ credentials: keys, fetch: async () => Response.json(message) });
    const three = createClient({ credentials: provider, fetch: async () => Response.json({ RetCode: 0 }) });
    await three.describeUMemBackupURL(params);
    for (const client of [one, two, three]) {
      const { error } = await client.describeUMemBackupURL(params).result();
      const shown = inspect(error, { depth: 10, showHidden: true }) + JSON.stringify(error);
      expect(shown).toContain("<redacted>");
      expect(shown).not.toContain(keys.privateKey);
    }
  });
});
