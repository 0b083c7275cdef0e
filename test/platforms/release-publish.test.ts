import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test, vi } from "vitest";
import { isTrace } from "../support/actiongen.js";
import { type NpmRegistry, npmRegistry } from "../support/npm-registry.js";
import { type ReleaseRepository, releaseRepository } from "../support/release-repository.js";

// Each compiles and packs packages several times.
vi.setConfig({ testTimeout: 300_000 });

const original = mkdtemp(join(tmpdir(), "actiongen-released-"));
afterAll(async () => rm(await original, { recursive: true, force: true }));
let isPrepared = false;

/** A repository whose first release is prepared and committed, and a registry without packages. */
async function prepared(): Promise<{ repository: ReleaseRepository; registry: NpmRegistry }> {
  const folder = await original;
  if (!isPrepared) {
    const repository = await releaseRepository();
    await repository.release(["--date", "2026-11-27"]);
    repository.commit();
    await cp(repository.root, folder, { recursive: true });
    isPrepared = true;
  }
  return { repository: await releaseRepository(folder), registry: await npmRegistry() };
}

const publish = async ({ release }: ReleaseRepository, { env }: NpmRegistry, ...args: readonly string[]) =>
  await release(["--publish", ...args], env);
const tagsOf = ({ git }: ReleaseRepository) => git("tag", "--list").split("\n").filter(Boolean);
const [core, umem] = ["@dezai/core", "@dezai/umem"];

test("new packages are listed, then published by hand, core first, and never again", async () => {
  const { repository, registry } = await prepared();
  const listed = await publish(repository, registry);
  expect(listed.code).toBe(1);
  expect(listed.err).toMatch(
    /^Not published, since .*: @dezai\/core, @dezai\/umem\n {2}help: Publish new packages by hand.*--publish --first/,
  );
  expect(registry.attempts).toEqual([]);

  const planned = await publish(repository, registry, "--first", "--dry-run");
  expect(planned).toMatchObject({
    code: 0,
    out: "would publish @dezai/core@0.1.0\nwould publish @dezai/umem@0.1.0\n",
  });
  expect(registry.attempts).toEqual([]);

  const first = await publish(repository, registry, "--first");
  expect(first).toMatchObject({ code: 0, err: "" });
  expect(first.out).toContain("git push origin @dezai/core@0.1.0 @dezai/umem@0.1.0\n");
  expect(registry.attempts).toEqual([core, umem]);
  expect(tagsOf(repository)).toEqual(["@dezai/core@0.1.0", "@dezai/umem@0.1.0"]);
  expect(registry.packages.get(umem)?.versions["0.1.0"]).toMatchObject({
    dependencies: { "@dezai/core": "^0.1.0" },
  });

  expect(await publish(repository, registry)).toMatchObject({
    code: 0,
    out: "Nothing to publish: every version has its tag.\n",
  });
  // Where the tags were not pushed, the registry says that both are published.
  for (const tag of tagsOf(repository)) repository.git("tag", "--delete", tag);
  const again = await publish(repository, registry);
  expect(again.out).toMatch(
    /^@dezai\/core 0\.1\.0 was published before\n@dezai\/umem 0\.1\.0 was published before\n/,
  );
  expect(registry.attempts).toEqual([core, umem]);
  expect(tagsOf(repository)).toHaveLength(2);
});

test("a lower version than the latest one leaves the dist-tag latest", async () => {
  const { repository, registry } = await prepared();
  const dist = { integrity: "sha512-AAAA", tarball: "http://127.0.0.1/x.tgz" };
  registry.packages.set(core, {
    name: core,
    "dist-tags": { latest: "2.0.0" },
    versions: { "2.0.0": { dist } },
  });
  expect(await publish(repository, registry, "--first")).toMatchObject({ code: 0, err: "" });
  expect(registry.packages.get(core)?.["dist-tags"]).toEqual({ latest: "2.0.0", "release-0.1": "0.1.0" });
  expect(registry.packages.get(umem)?.["dist-tags"]).toEqual({ latest: "0.1.0" });
});

test("a prerelease has the distribution tag next, and leaves latest", async () => {
  const { repository, registry } = await prepared();
  await publish(repository, registry, "--first");
  await repository.edit("spec/actiongen.yaml", "version: 0.1.0", "version: 0.1.0\n  keywords: [more]");
  repository.commit();
  await repository.release(["--prerelease"]);
  repository.commit();
  expect(await publish(repository, registry)).toMatchObject({ code: 0, err: "" });
  expect(registry.packages.get(core)?.["dist-tags"]).toEqual({ latest: "0.1.0", next: "0.1.1-next.0" });
});

describe("a failure", () => {
  test("of the registry for the second package leaves the first one finished, and a later run goes on", async () => {
    const { repository, registry } = await prepared();
    const failures = [
      [{ status: 403, error: "Forbidden" }, /E403 .*\n {2}help: Ask the owner of the scope/],
      [{ status: 401, error: "No such token" }, /E401 .*\n {2}help: Log in with `npm login`/],
      [{ status: 500, error: "Out of order" }, /E500 .*\n {2}help: See the message of npm/],
      [{ status: "lost" }, /\n {2}help: Check the connection/],
    ] as const;
    // The next run sets no tag that this one has set, so that this one says to push it.
    const first = "@dezai/core 0.1.0 published\n\nPush the tags:\n  git push origin @dezai/core@0.1.0\n";
    for (const [index, [fault, message]] of failures.entries()) {
      registry.onPublish = (name) => (name === umem ? fault : undefined);
      const { code, out, err } = await publish(repository, registry, "--first");
      expect({ code, out }).toEqual({ code: 1, out: index === 0 ? first : "" });
      expect(err).toMatch(/^@dezai\/umem@0\.1\.0: was not published: /);
      expect(err).toMatch(message);
      expect(err).not.toMatch(isTrace);
      expect(err).not.toContain("secret-of-the-registry");
      expect(tagsOf(repository)).toEqual(["@dezai/core@0.1.0"]);
    }
    registry.onPublish = () => undefined;
    expect(await publish(repository, registry, "--first")).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^@dezai\/umem 0\.1\.0 published\n/),
    });
    expect(registry.attempts).toEqual([core, umem, umem, umem, umem, umem]);
  });

  test("after the version was stored is none", async () => {
    const { repository, registry } = await prepared();
    registry.onPublish = (name) =>
      name === core ? { status: 500, error: "Late", isStored: true } : { status: "lost", isStored: true };
    expect(await publish(repository, registry, "--first")).toMatchObject({ code: 0, err: "" });
    expect(registry.attempts).toEqual([core, umem]);
    expect(tagsOf(repository)).toHaveLength(2);
  });

  test("of the machine after a version was stored leaves what the next run finishes, without publishing it twice", async () => {
    const { repository, registry } = await prepared();
    const folders = ["--spec", join(repository.root, "spec"), "--out", join(repository.root, "generated")];
    const args = ["--import", "tsx", "scripts/main.ts", "release", "--publish", "--first", ...folders];
    const child = spawn(process.execPath, args, {
      env: { PATH: process.env.PATH ?? "", ...registry.env },
      stdio: "ignore",
    });
    registry.onPublish = () => {
      child.kill("SIGKILL");
      return { status: "lost", isStored: true };
    };
    await once(child, "exit");
    expect(registry.packages.has(core)).toBe(true);
    expect(tagsOf(repository)).toEqual([]);

    registry.onPublish = () => undefined;
    const { code, out } = await publish(repository, registry, "--first");
    expect(code).toBe(0);
    expect(out).toMatch(/^@dezai\/core 0\.1\.0 was published before\n@dezai\/umem 0\.1\.0 published\n/);
    expect(registry.attempts).toEqual([core, umem]);
  });

  test("of Git leaves what the next run finishes; a setting to sign tags is none", async () => {
    const { repository, registry } = await prepared();
    repository.git("config", "tag.gpgSign", "true");
    await repository.write(".git/hooks/reference-transaction", "#!/bin/sh\necho Full >&2\nexit 1\n");
    await chmod(join(repository.root, ".git/hooks/reference-transaction"), 0o755);
    const { code, err } = await publish(repository, registry, "--first");
    expect(code).toBe(1);
    expect(err).toMatch(
      /^@dezai\/core@0\.1\.0: is published, but Git has not set its tag: .*\n {2}help: .*run `release --publish` again/,
    );
    await rm(join(repository.root, ".git/hooks"), { recursive: true });
    expect(await publish(repository, registry, "--first")).toMatchObject({ code: 0, err: "" });
    expect(registry.attempts).toEqual([core, umem]);
    expect(tagsOf(repository)).toHaveLength(2);
  });

  test("is a version that the registry has with other contents, and nothing is published", async () => {
    const { repository, registry } = await prepared();
    const dist = { integrity: "sha512-AAAA", tarball: "http://127.0.0.1/x.tgz" };
    const other = { name: umem, "dist-tags": { latest: "0.1.0" }, versions: { "0.1.0": { dist } } };
    registry.packages.set(umem, other);
    const { code, err } = await publish(repository, registry, "--first");
    expect(code).toBe(1);
    expect(err).toMatch(
      /^@dezai\/umem@0\.1\.0: is in the registry with other contents.*\n {2}help: Write a higher/,
    );
    expect(registry.attempts).toEqual([]);
    expect(tagsOf(repository)).toEqual([]);
  });

  test("is no connection, and nothing is published", async () => {
    const { repository, registry } = await prepared();
    await registry.close();
    const { code, err } = await publish(repository, registry, "--first");
    expect(code).toBe(1);
    expect(err).toMatch(
      /^@dezai\/core@0\.1\.0: cannot be looked up in the registry: ECONNREFUSED .*\n {2}help: Check the connection/,
    );
    expect(tagsOf(repository)).toEqual([]);
  });

  test("is a working tree with changes, output of another specification, or a release that is not prepared", async () => {
    const { repository, registry } = await prepared();
    await repository.write("notes.txt", "mine");
    expect((await publish(repository, registry)).err).toMatch(
      /has changes that are not committed: notes\.txt\n/,
    );
    await repository.edit("spec/actiongen.yaml", "brand: ", "brand: The ");
    repository.commit();
    expect((await publish(repository, registry)).err).toMatch(
      /^generated\/.*: is not what would be generated/,
    );
    repository.git("reset", "--quiet", "--hard", "HEAD~2");
    expect((await publish(repository, registry)).err).toMatch(
      /^spec\/history\/core\.json: has no release 0\.1\.0, which is the version of core in versions\.json\n/m,
    );
    expect(registry.attempts).toEqual([]);
  });
});
