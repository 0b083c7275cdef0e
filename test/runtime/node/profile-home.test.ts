import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { profileCredentials } from "@dezai/umem/node";
import { afterEach, expect, test, vi } from "vitest";
import { temporaryFolder } from "../../support/spec-folder.js";

afterEach(() => {
  vi.unstubAllEnvs();
});

test("the default file is the one of the vendor's command in the home directory", async () => {
  const entry = { profile: "default", public_key: "public-default", private_key: "private-default" };
  const home = await temporaryFolder();
  vi.stubEnv("HOME", home);
  vi.stubEnv("USERPROFILE", home);
  expect(() => profileCredentials()).toThrow(join(home, ".dezai", "credential.json"));
  await mkdir(join(home, ".dezai"));
  await writeFile(join(home, ".dezai", "credential.json"), `\uFEFF${JSON.stringify([entry])}`);
  const credentials = await profileCredentials()();
  expect(credentials).toEqual({ publicKey: "public-default", privateKey: "private-default" });
});
