import { mkdir, writeFile } from "node:fs/promises";
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

const publicKeyOf = async (options: ProfileOptions) => (await profileCredentials(options)()).publicKey;

afterEach(() => vi.unstubAllEnvs());

test("the profile is the one that is asked for, else the environment's, else the active one, else default", async () => {
  const active = await profileFile([entry("default"), entry("mine", { active: true }), entry("third")]);
  const none = await profileFile([entry("third"), entry("default")]);
  expect(await publicKeyOf({ file: active })).toBe("public-mine");
  expect(await publicKeyOf({ file: none })).toBe("public-default");
  vi.stubEnv("DEZAI_PROFILE", "third");
  expect(await publicKeyOf({ file: active })).toBe("public-third");
  expect(await publicKeyOf({ file: active, profile: "default" })).toBe("public-default");
});

test("the active profile may stand in the command's configuration beside the file", async () => {
  const file = await profileFile([entry("default"), entry("mine")]);
  await writeFile(
    join(file, "..", "config.json"),
    JSON.stringify([{ profile: "default" }, { profile: "mine", active: true, region: "cn-zj" }]),
  );
  expect(await publicKeyOf({ file })).toBe("public-mine");
});

test("the file is the one of the vendor's command in the user's home unless told otherwise", async () => {
  const home = await temporaryFolder();
  vi.stubEnv("HOME", home);
  vi.stubEnv("USERPROFILE", home);
  expect(() => profileCredentials()).toThrow(join(home, ".dezai", "credential.json"));
  await mkdir(join(home, ".dezai"));
  await writeFile(join(home, ".dezai", "credential.json"), `\uFEFF${JSON.stringify([entry("default")])}`);
  const credentials = await profileCredentials()();
  expect(credentials).toEqual({ publicKey: "public-default", privateKey: "private-default" });
});

test.each<[what: string, content: unknown, options: ProfileOptions, problem: RegExp]>([
  ["broken JSON", '[{"profile":"default","private_key":"private-secret', {}, /is no JSON\.$/],
  ["no list", { profile: "default", private_key: "private-secret" }, {}, /is no list of profiles\.$/],
  ["a list of something else", ["private-secret"], {}, /is no list of profiles\.$/],
  [
    "another profile",
    [entry("one"), entry("two")],
    { profile: "three" },
    /has no profile "three"; the profiles there: "one", "two"\.$/,
  ],
  ["no profile", [], {}, /has no profile "default"; the profiles there: none\.$/],
  ["a profile twice", [entry("default"), entry("default")], {}, /has the profile "default" twice\.$/],
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
    /The profile "default" in .* is unusable: public_key is missing; private_key is missing\.$/,
  ],
  ["an empty key", [entry("default", { private_key: "" })], {}, /private_key is missing\.$/],
  [
    "white space around a key",
    [entry("default", { private_key: "private-secret\n" })],
    {},
    /private_key has to be a text without white space/,
  ],
  ["a key that is no text", [entry("default", { public_key: 12345 })], {}, /public_key has to be a text/],
])("%s is told at once, with the path and without a key", async (_, content, options, problem) => {
  const file = await profileFile(content);
  let error: unknown;
  try {
    profileCredentials({ file, ...options });
  } catch (thrown) {
    error = thrown;
  }
  expect(error).toBeInstanceOf(CredentialsError);
  const { message } = error as CredentialsError;
  expect(message).toMatch(problem);
  expect(message).toContain(file);
  expect(inspect(error, { depth: 10, showHidden: true })).not.toMatch(
    /private-(?:secret|default|one|two|a|b)/,
  );
});

test("a file that is not there or cannot be read is told by its path", async () => {
  const folder = await temporaryFolder();
  expect(() => profileCredentials({ file: join(folder, "none") })).toThrow(/none is not there\.$/);
  expect(() => profileCredentials({ file: folder })).toThrow(/cannot be read \(EISDIR\)\.$/);
});

test("the file is read anew after the gateway refused the key pair", async () => {
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
