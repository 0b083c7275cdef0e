import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { inspect } from "node:util";
import { CredentialsError } from "@dezai/core";
import { createClient } from "@dezai/umem";
import { type ProfileOptions, profileCredentials } from "@dezai/umem/node";
import { afterEach, expect, test, vi } from "vitest";
import { params } from "../../support/failure.js";
import { temporaryFolder } from "../../support/spec-folder.js";

const entry = (profile: string, more: object = {}) => ({
  profile,
  public_key: `public-${profile}`,
  private_key: `private-${profile}`,
  ...more,
});

async function profileFile(content: unknown, name = "credential.json"): Promise<string> {
  const file = join(await temporaryFolder(), name);
  await writeFile(file, typeof content === "string" ? content : JSON.stringify(content));
  return file;
}

function errorOf(options: ProfileOptions): CredentialsError {
  let error: unknown;
  try {
    profileCredentials(options);
  } catch (thrown) {
    error = thrown;
  }
  expect(error).toBeInstanceOf(CredentialsError);
  return error as CredentialsError;
}

const publicKeyOf = async (options: ProfileOptions) => (await profileCredentials(options)()).publicKey;

afterEach(() => vi.unstubAllEnvs());

test("the profile is the option, then the environment variable, then the active one, then `default`", async () => {
  const active = await profileFile([entry("default"), entry("mine", { active: true }), entry("third")]);
  const none = await profileFile([entry("third"), entry("default")]);
  expect(await publicKeyOf({ file: active })).toBe("public-mine");
  expect(await publicKeyOf({ file: none })).toBe("public-default");
  vi.stubEnv("DEZAI_PROFILE", "third");
  expect(await publicKeyOf({ file: active })).toBe("public-third");
  expect(await publicKeyOf({ file: active, profile: "default" })).toBe("public-default");
});

test("the active profile may be set in config.json in the same directory", async () => {
  const file = await profileFile([entry("default"), entry("mine")]);
  await writeFile(
    join(file, "..", "config.json"),
    JSON.stringify([{ profile: "default" }, { profile: "mine", active: true, region: "cn-zj" }]),
  );
  expect(await publicKeyOf({ file })).toBe("public-mine");
});

test.each<[what: string, content: unknown, options: ProfileOptions, problem: RegExp]>([
  ["broken JSON", '[{"profile":"default","private_key":"private-secret', {}, /is not valid JSON\.$/],
  [
    "not an array",
    { profile: "default", private_key: "private-secret" },
    {},
    /is not an array of profiles\.$/,
  ],
  ["an array of other values", ["private-secret"], {}, /is not an array of profiles\.$/],
  [
    "an unknown profile",
    [entry("one"), entry("two")],
    { profile: "three" },
    /has no profile "three"\. Its profiles: "one", "two"\.$/,
  ],
  ["no profiles", [], {}, /has no profile "default"\. Its profiles: none\.$/],
  ["a duplicate profile", [entry("default"), entry("default")], {}, /has more than one profile "default"\.$/],
  [
    "two active profiles",
    [entry("a", { active: true }), entry("b", { active: true })],
    {},
    /has 2 active profiles/,
  ],
  [
    "no keys",
    [{ profile: "default" }],
    {},
    /The profile "default" in .* is invalid: public_key is missing; private_key is missing\.$/,
  ],
  ["an empty key", [entry("default", { private_key: "" })], {}, /private_key is missing\.$/],
  [
    "white space around a key",
    [entry("default", { private_key: "private-secret\n" })],
    {},
    /private_key must be a string without surrounding white space/,
  ],
  [
    "a key that is not a string",
    [entry("default", { public_key: 12345 })],
    {},
    /public_key must be a string/,
  ],
])("%s: the error names the path, and no key", async (_, content, options, problem) => {
  const file = await profileFile(content);
  const error = errorOf({ file, ...options });
  expect(error.message).toMatch(problem);
  expect(error.message).toContain(file);
  expect(inspect(error, { depth: 10, showHidden: true })).not.toMatch(
    /private-(?:secret|default|one|two|a|b)/,
  );
});

test.each<[login: string, properties: object, cause: string]>([
  ["OAuth", { auth_mode: "oauth", access_token: "secret-token" }, '(auth_mode "oauth")'],
  ["an unknown mode", { auth_mode: "saml" }, '(auth_mode "saml")'],
  ["a mode that is not a string", { auth_mode: { kind: "secret" } }, "(auth_mode)"],
  ["an access token", { access_token: "secret-token" }, "(access_token)"],
  ["a refresh token", { refresh_token: "secret-token" }, "(refresh_token)"],
  ["a session cookie", { cookie: "secret-cookie", csrf_token: "secret-token" }, "(cookie)"],
])(
  "a profile that is logged in by %s is rejected, with left-over keys and without",
  async (_, properties, cause) => {
    for (const keys of [{}, { public_key: "", private_key: "" }]) {
      const file = await profileFile([entry("default", { ...properties, ...keys })]);
      const error = errorOf({ file });
      expect(error.message).toBe(
        `The profile "default" in ${file} authenticates by other means than a key pair ${cause}. ` +
          "Pass the name of a profile with a key pair as `profile`, or pass a key pair as `credentials`.",
      );
      expect(inspect(error, { depth: 10, showHidden: true })).not.toMatch(/private-default|secret/);
    }
  },
);

test("a profile with a key pair may have the properties of other logins, empty or with an empty mode", async () => {
  const empty = {
    auth_mode: "",
    access_token: "",
    refresh_token: "",
    cookie: "",
    csrf_token: null,
    expires_at: 0,
  };
  const loggedOut = { auth_mode: "", access_token: "old", refresh_token: "old", expires_at: 1 };
  const file = await profileFile([
    entry("default", empty),
    entry("logged-out", loggedOut),
    entry("other", { auth_mode: "oauth" }),
  ]);
  expect(await publicKeyOf({ file })).toBe("public-default");
  expect(await publicKeyOf({ file, profile: "logged-out" })).toBe("public-logged-out");
});

test("a missing or unreadable file is an error with its path", async () => {
  const folder = await temporaryFolder();
  expect(() => profileCredentials({ file: join(folder, "none") })).toThrow(/none does not exist\.$/);
  expect(() => profileCredentials({ file: folder })).toThrow(/cannot be read \(EISDIR\)\.$/);
});

test("the file is read again after the gateway rejects the key pair", async () => {
  const file = await profileFile([entry("default")]);
  const keys: (string | null)[] = [];
  const client = createClient({
    credentials: profileCredentials({ file }),
    retryDelay: () => 0,
    fetch: async (url) => {
      const key = new URL(url).searchParams.get("PublicKey");
      keys.push(key);
      if (key === "public-new") return Response.json({ RetCode: 0, Action: "", BackupURL: [] });
      await writeFile(file, JSON.stringify([entry("default", { public_key: "public-new" })]));
      return Response.json({ RetCode: 172, Message: "no such key" });
    },
  });
  await client.describeUMemBackupURL(params);
  expect(keys).toEqual(["public-default", "public-new"]);
});
