import { afterEach, describe, expect, test, vi } from "vitest";
import {
  type Credentials,
  credentialsFromEnvironment,
  credentialsSource,
  privateKeyOf,
  processEnvironment,
} from "../../templates/runtime/credentials.js";
import { CredentialsError } from "../../templates/runtime/errors.js";

const pair = (name: string, more: object = {}): Credentials => ({
  publicKey: `public-${name}`,
  privateKey: `private-${name}`,
  ...more,
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllEnvs();
  vi.unstubAllGlobals();
});

describe("credentials of the environment", () => {
  const read = (variables: Record<string, string>) => () =>
    credentialsFromEnvironment("X", (name) => variables[name]);

  test("are a key pair, and a token if there is one", () => {
    const keys = { X_PUBLIC_KEY: "a", X_PRIVATE_KEY: "b" };
    expect(read(keys)()).toEqual({ publicKey: "a", privateKey: "b" });
    expect(read({ ...keys, X_SECURITY_TOKEN: "c" })()).toMatchObject({ securityToken: "c" });
  });

  test.each<[what: string, variables: Record<string, string>, missing: string]>([
    ["both", {}, "X_PUBLIC_KEY and X_PRIVATE_KEY"],
    ["the public key", { X_PRIVATE_KEY: "b" }, "X_PUBLIC_KEY"],
    ["the private key", { X_PUBLIC_KEY: "a" }, "X_PRIVATE_KEY"],
  ])("name what is missing: %s", (_, variables, missing) => {
    expect(read(variables)).toThrow(
      new CredentialsError(`No credentials: pass \`credentials\`, or set ${missing} in the environment.`),
    );
  });

  test("are missing if a variable is empty", () => {
    vi.stubEnv("X_PUBLIC_KEY", "a");
    vi.stubEnv("X_PRIVATE_KEY", "");
    expect(() => credentialsFromEnvironment("X")).toThrow(/or set X_PRIVATE_KEY in the environment/);
    vi.stubEnv("X_PRIVATE_KEY", "b");
    vi.stubEnv("X_SECURITY_TOKEN", "");
    expect(credentialsFromEnvironment("X")).toEqual({ publicKey: "a", privateKey: "b" });
  });
});

describe("a variable of the process", () => {
  test("is its value, and undefined if it is empty or not set", () => {
    vi.stubEnv("X_SET", "a");
    vi.stubEnv("X_EMPTY", "");
    expect(["X_SET", "X_EMPTY", "X_NOT_SET"].map(processEnvironment)).toEqual(["a", undefined, undefined]);
  });

  test.each<[what: string, process: unknown]>([
    ["process", undefined],
    ["environment", {}],
    [
      "permission",
      {
        get env() {
          throw new Error("Requires env access");
        },
      },
    ],
  ])("is undefined without a %s", (_, process) => {
    vi.stubGlobal("process", process);
    const value = processEnvironment("PATH");
    vi.unstubAllGlobals();
    expect(value).toBeUndefined();
  });
});

test("the private key of a signer is empty, since nothing can be hidden of it", () => {
  expect(privateKeyOf({ privateKey: "a" })).toBe("a");
  expect(privateKeyOf({})).toBe("");
});

describe("fixed credentials", () => {
  test("are used as they are, without fields that are unknown", async () => {
    const signer = () => "";
    const source = credentialsSource(pair("a", { securityToken: "t", expiresAt: 5, more: 1 }));
    expect(await source.get()).toEqual({ ...pair("a"), securityToken: "t", expiresAt: 5 });
    expect(await credentialsSource({ publicKey: "a", signer }).get()).toEqual({ publicKey: "a", signer });
    expect(source.refuse(await source.get())).toBe(false);
  });

  const rule = "must be a non-empty string without surrounding spaces";
  test.each<[what: string, given: unknown, problems: string]>([
    ["nothing", null, `publicKey ${rule}; privateKey ${rule}`],
    ["an empty key", pair("a", { privateKey: "" }), `privateKey ${rule}`],
    ["a key with a space before it", pair("a", { publicKey: " a" }), `publicKey ${rule}`],
    ["a key with a line end after it", pair("a", { publicKey: "a\n" }), `publicKey ${rule}`],
    ["a key that is not a string", pair("a", { publicKey: 5 }), `publicKey ${rule}`],
    ["an empty token", pair("a", { securityToken: "" }), `securityToken ${rule}`],
    ["a token that is null", pair("a", { securityToken: null }), `securityToken ${rule}`],
    ["a signer that is not a function", { publicKey: "a", signer: "b" }, `privateKey ${rule}`],
    ["an invalid date", pair("a", { expiresAt: new Date("never") }), "expiresAt must be a date or a number"],
    ["a time that is a word", pair("a", { expiresAt: "never" }), "expiresAt must be a date or a number"],
  ])("are refused: %s", (_, given, problems) => {
    expect(() => credentialsSource(given as Credentials)).toThrow(
      new CredentialsError(`Invalid credentials: ${problems}.`),
    );
  });
});

describe("credentials of a provider", () => {
  /** A source whose provider returns one pair after the other, named a, b, c. */
  function source(...more: readonly object[]) {
    let calls = 0;
    const provider = vi.fn(async () => {
      calls += 1;
      return pair("abc"[calls - 1] ?? "", more[calls - 1]);
    });
    const { get, refuse } = credentialsSource(provider);
    return { provider, refuse, get, name: async () => (await get()).publicKey.replace("public-", "") };
  }

  test("have one source for all clients that share the provider", () => {
    const provider = async () => pair("a");
    expect(credentialsSource(provider)).toBe(credentialsSource(provider));
    expect(credentialsSource(async () => pair("a"))).not.toBe(credentialsSource(provider));
  });

  test("are replaced after a refusal, but not once more for a late refusal of the old ones", async () => {
    const { get, refuse, name } = source();
    const old = await get();
    expect(refuse(old)).toBe(true);
    expect(await name()).toBe("b");
    expect(refuse(old)).toBe(true);
    expect(await name()).toBe("b");
  });

  test("are replaced a minute before they expire, not earlier", async () => {
    const now = 1_800_000_000_000;
    vi.useFakeTimers({ toFake: ["Date"], now });
    const { name } = source({ expiresAt: now + 100_000 });
    expect(await name()).toBe("a");
    vi.setSystemTime(now + 40_000);
    expect(await name()).toBe("a");
    vi.setSystemTime(now + 40_001);
    expect(await name()).toBe("b");
    vi.setSystemTime(now + 10_000_000);
    expect(await name()).toBe("b");
  });

  test("are requested again after a minute if the provider hangs", async () => {
    const now = 1_800_000_000_000;
    vi.useFakeTimers({ toFake: ["Date"], now });
    const provider = vi.fn<() => Promise<Credentials>>(() => new Promise(() => {}));
    const { get } = credentialsSource(provider);
    const calls = async () => {
      void get();
      await Promise.resolve();
      return provider.mock.calls.length;
    };
    expect(await calls()).toBe(1);
    vi.setSystemTime(now + 60_000);
    expect(await calls()).toBe(1);
    vi.setSystemTime(now + 60_001);
    expect(await calls()).toBe(2);
  });

  test("that cannot be had are an error with the redacted cause, or the provider's own error", async () => {
    let reason: unknown;
    const { get } = credentialsSource(() => Promise.reject(reason));
    reason = new Error("failed at /?Signature=1");
    const error = await get().catch((thrown) => thrown);
    expect(error).toBeInstanceOf(CredentialsError);
    expect([error.message, error.cause.message]).toEqual([
      "The credentials provider failed.",
      "failed at /?<redacted>",
    ]);
    reason = new CredentialsError("No profile.");
    await expect(get()).rejects.toBe(reason);
  });
});
