import { inspect } from "node:util";
import { type Credentials, CredentialsError, createClient } from "@dezai/umem";
import { afterEach, describe, expect, test, vi } from "vitest";
import { byRequest } from "../support/by-request.js";
import { params } from "../support/failure.js";
import { expectedSignature, keys, queryOf } from "../support/signed.js";

const pair = (name: string, more: Partial<Credentials> = {}): Credentials => ({
  publicKey: `public-${name}`,
  privateKey: `private-${name}`,
  ...more,
});

/** A gateway that accepts some key pairs, and the names of the key pairs of its requests. */
function gateway(...known: readonly string[]) {
  const used: string[] = [];
  const fetch = byRequest(async (request) => {
    const query = queryOf(request);
    const name = query.get("PublicKey")?.replace("public-", "") ?? "";
    used.push(name);
    const isRight = query.get("Signature") === expectedSignature(query, `private-${name}`);
    const RetCode = !isRight ? 171 : known.includes(name) ? 0 : 172;
    return Response.json({ RetCode, Message: "" });
  });
  return { used, fetch };
}

/** A provider that returns one pair after the other, and then the last again and again. */
const rotating = (...pairs: readonly Credentials[]) => {
  let calls = 0;
  return vi.fn(async () => pairs[Math.min(calls++, pairs.length - 1)] as Credentials);
};

afterEach(() => {
  vi.useRealTimers();
});

describe("a provider", () => {
  test("is called once for concurrent calls, and not again for later ones", async () => {
    const { used, fetch } = gateway("a");
    const credentials = rotating(pair("a"), pair("b"));
    const client = createClient({ credentials, fetch });
    expect(credentials).not.toHaveBeenCalled();
    await Promise.all(Array.from({ length: 20 }, () => client.describeUMemBackupURL(params)));
    await client.describeUMemBackupURL(params);
    expect(credentials).toHaveBeenCalledOnce();
    expect(used).toEqual(new Array(21).fill("a"));
  });

  test.each<[what: string, end: (now: number) => Date | number]>([
    ["a date", (now) => new Date(now + 3_600_000)],
    ["a number", (now) => now + 3_600_000],
  ])("is called again before its credentials expire, at %s", async (_, end) => {
    vi.useFakeTimers({ toFake: ["Date"] });
    const { used, fetch } = gateway("a", "b");
    const credentials = rotating(pair("a", { expiresAt: end(Date.now()) }), pair("b"));
    const client = createClient({ credentials, fetch });
    const call = () => client.describeUMemBackupURL(params);
    await call();
    vi.setSystemTime(Date.now() + 3_500_000);
    await call();
    vi.setSystemTime(Date.now() + 50_000);
    await Promise.all([call(), call()]);
    expect(used).toEqual(["a", "a", "b", "b"]);
    expect(credentials).toHaveBeenCalledTimes(2);
  });

  test("is called again if the gateway rejects its credentials, and the call is retried once", async () => {
    const { used, fetch } = gateway("b");
    const credentials = rotating(pair("a"), pair("b"));
    const client = createClient({
      credentials,
      fetch,
      retryDelay: () => expect.fail("no delay is necessary"),
    });
    const { attempts } = await client.createUMemBackup({ ...params, BackupName: "nightly" }).withResponse();
    expect([attempts, used]).toEqual([2, ["a", "b"]]);
    await client.describeUMemBackupURL(params);
    expect(credentials).toHaveBeenCalledTimes(2);
  });

  test("is called again once for concurrent calls whose credentials are rejected", async () => {
    const { used, fetch } = gateway("b");
    const credentials = rotating(pair("a"), pair("b"));
    const client = createClient({ credentials, fetch });
    await Promise.all(Array.from({ length: 10 }, () => client.describeUMemBackupURL(params)));
    expect(credentials).toHaveBeenCalledTimes(2);
    expect(used.sort()).toEqual([...new Array(10).fill("a"), ...new Array(10).fill("b")]);
  });

  test.each([
    { maxRetries: 3, attempts: 2 },
    { maxRetries: 0, attempts: 1 },
  ])("is not called endlessly if its credentials are rejected again: $maxRetries retries", async (given) => {
    const { used, fetch } = gateway();
    const client = createClient({ credentials: rotating(pair("a")), fetch, maxRetries: given.maxRetries });
    const { error } = await client.describeUMemBackupURL(params).result();
    expect(error).toMatchObject({ name: "RetCodeError", retCode: 172, attempts: given.attempts });
    expect(used).toHaveLength(given.attempts);
  });

  test("is called again by the next call if the rejected one was not retried", async () => {
    const { used, fetch } = gateway("b");
    const client = createClient({ credentials: rotating(pair("a"), pair("b")), fetch, maxRetries: 0 });
    await client.describeUMemBackupURL(params).result();
    await client.describeUMemBackupURL(params);
    expect(used).toEqual(["a", "b"]);
  });

  test.each<[what: string, provider: () => unknown, message: RegExp]>([
    ["rejects", async () => Promise.reject(new Error("vault is sealed")), /^DescribeUMemBackupURL: .*failed/],
    [
      "throws",
      () => {
        throw new Error("vault is sealed");
      },
      /^DescribeUMemBackupURL: .*failed/,
    ],
    ["returns nothing", async () => undefined, /publicKey/],
    ["returns an empty key", async () => pair("a", { privateKey: "" }), /privateKey/],
    ["returns an invalid expiry", async () => pair("a", { expiresAt: new Date("never") }), /expiresAt/],
  ])(
    "that %s fails the calls that wait for it, and is called again by the next",
    async (_, provider, message) => {
      const { used, fetch } = gateway("a");
      const credentials = vi.fn(provider as () => Promise<Credentials>).mockName("provider");
      const client = createClient({ credentials, fetch });
      const calls = [client.describeUMemBackupURL(params), client.describeUMemBackupURL(params)];
      for (const { error } of await Promise.all(calls.map((call) => call.result()))) {
        expect(error).toBeInstanceOf(CredentialsError);
        expect(error?.message).toMatch(message);
        expect(error).toMatchObject({ action: "DescribeUMemBackupURL", attempts: 0, retryable: false });
      }
      expect(credentials).toHaveBeenCalledOnce();
      expect(used).toEqual([]);
      credentials.mockImplementation(async () => pair("a"));
      await client.describeUMemBackupURL(params);
      expect(used).toEqual(["a"]);
    },
  );

  test("that fails is the cause of the error", async () => {
    const credentials = async () => Promise.reject(new Error("vault is sealed"));
    const { error } = await createClient({ credentials }).describeUMemBackupURL(params).result();
    expect(error?.cause).toMatchObject({ message: "vault is sealed" });
  });

  test("that hangs causes timeouts, but does not block later calls for ever", async () => {
    vi.useFakeTimers({ toFake: ["Date"] });
    const { used, fetch } = gateway("a");
    const credentials = vi.fn<() => Promise<Credentials>>(() => new Promise(() => {}));
    const client = createClient({ credentials, fetch });
    const call = () => client.describeUMemBackupURL(params, { timeout: 30 }).result();
    expect((await call()).error).toMatchObject({ name: "TimeoutError" });
    expect((await call()).error).toMatchObject({ name: "TimeoutError" });
    expect(credentials).toHaveBeenCalledOnce();
    credentials.mockImplementation(async () => pair("a"));
    vi.setSystemTime(Date.now() + 120_000);
    expect((await call()).ok).toBe(true);
    expect(used).toEqual(["a"]);
  });
});

describe("credentials of a single call", () => {
  test("override those of the client", async () => {
    const { used, fetch } = gateway("client", "call");
    const client = createClient({ credentials: pair("client"), fetch });
    await client.describeUMemBackupURL(params, { credentials: pair("call") });
    await client.describeUMemBackupURL(params);
    expect(used).toEqual(["call", "client"]);
  });

  test("can come from a provider, which is called once for all calls that share it", async () => {
    const { used, fetch } = gateway("call");
    const credentials = rotating(pair("call"));
    const client = createClient({ credentials: pair("client"), fetch });
    for (let i = 0; i < 3; i++) await client.describeUMemBackupURL(params, { credentials });
    expect(used).toEqual(["call", "call", "call"]);
    expect(credentials).toHaveBeenCalledOnce();
  });

  test("that are invalid fail that call only", async () => {
    const { fetch } = gateway("client");
    const client = createClient({ credentials: pair("client"), fetch });
    const { error } = await client
      .describeUMemBackupURL(params, { credentials: pair("x", { publicKey: " pasted " }) })
      .result();
    expect(error?.message).toMatch(/publicKey/);
    await client.describeUMemBackupURL(params);
  });
});

test.each(["GET", "POST"] as const)(
  "a token of temporary credentials is sent and signed, by %s",
  async (method) => {
    const sent: ReadonlyMap<string, string>[] = [];
    const fetch = byRequest(async (request) => {
      const form = request.method === "POST" ? new URLSearchParams(await request.text()) : queryOf(request);
      sent.push(new Map(form));
      return Response.json({ RetCode: 0 });
    });
    const securityToken = "token/of+a=test & é";
    const client = createClient({ credentials: { ...keys, securityToken }, fetch, method });
    await client.describeUMemBackupURL(params);
    const [query] = sent as [Map<string, string>];
    expect(query.get("SecurityToken")).toBe(securityToken);
    const covered = new Map([...query].filter(([name]) => name !== "SecurityToken"));
    expect(query.get("Signature")).toBe(expectedSignature(query, keys.privateKey));
    expect(query.get("Signature")).not.toBe(expectedSignature(covered, keys.privateKey));
  },
);

test("createClient without credentials throws and names the variables to set", () => {
  expect(() => createClient()).toThrow(CredentialsError);
  expect(() => createClient()).toThrow(/pass `credentials`, or set DEZAI_PUBLIC_KEY and DEZAI_PRIVATE_KEY/);
});

test("secrets of a failing provider do not appear in the error", async () => {
  const credentials = async () =>
    Promise.reject(
      Object.assign(
        new Error("could not fetch https://sts.example.com/?Action=AssumeRole&PublicKey=abc&Signature=def"),
        {
          credentials: keys,
        },
      ),
    );
  const { error } = await createClient({ credentials }).describeUMemBackupURL(params).result();
  const shown = inspect(error, { depth: 10, showHidden: true });
  for (const secret of [keys.privateKey, "Signature=def", "PublicKey=abc"])
    expect(shown).not.toContain(secret);
});
