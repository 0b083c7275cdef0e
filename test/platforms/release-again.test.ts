import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test, vi } from "vitest";
import { type ReleaseRepository, releaseRepository } from "../support/release-repository.js";
import { documentPath } from "../support/spec-folder.js";

vi.setConfig({ testTimeout: 300_000 });

const document = `spec/${documentPath}`;
const optional = "- name: BlockId\n          in: query\n          required: false";
const required = "- name: BlockId\n          in: query\n          required: true";
const [packageChangelog, changelog, notes] = [
  "generated/packages/umem/CHANGELOG.md",
  "generated/CHANGELOG.md",
  "generated/RELEASE.md",
];

const original = mkdtemp(join(tmpdir(), "actiongen-released-"));
afterAll(async () => rm(await original, { recursive: true, force: true }));
let isReleased = false;

/** A repository whose first release, of 2026-11-25, is published. */
async function released(): Promise<ReleaseRepository> {
  const folder = await original;
  if (!isReleased) {
    const repository = await releaseRepository();
    await repository.release(["--date", "2026-11-25"]);
    await repository.releaseAll();
    await cp(repository.root, folder, { recursive: true });
    isReleased = true;
  }
  return await releaseRepository(folder);
}

/** Changes what a breaking change is. */
async function breakIt(repository: ReleaseRepository): Promise<void> {
  await repository.edit(document, optional, required);
  repository.commit();
}

async function describeIt(repository: ReleaseRepository): Promise<void> {
  await repository.edit(document, "summary: ", "summary: New. ");
  repository.commit();
}

describe("a release that is prepared again", () => {
  test("leaves nothing if its changes were withdrawn", async () => {
    const repository = await released();
    const files = [packageChangelog, changelog, "spec/history/umem.json"];
    const before = await Promise.all(files.map(repository.read));
    await breakIt(repository);
    await repository.release(["--date", "2026-11-26"]);
    repository.commit();
    expect(await repository.read(packageChangelog)).toContain("## 0.2.0 (2026-11-26)");
    await repository.edit(document, required, optional);
    repository.commit();
    expect((await repository.release()).out).toMatch(/^No package has changed/);
    expect(await Promise.all(files.map(repository.read))).toEqual(before);
    expect(await repository.read(notes)).toBe("# Release notes\n");
    expect(await repository.versions()).toEqual({ core: "0.1.0", products: { umem: "0.1.0" } });
  });

  test("leaves what was published on the same day", async () => {
    const repository = await released();
    await breakIt(repository);
    await repository.edit("spec/actiongen.yaml", "version: 0.1.0", "version: 0.1.0\n  keywords: [more]");
    repository.commit();
    await repository.release(["--date", "2026-11-26"]);
    repository.commit();
    repository.git("tag", "@dezai/core@0.1.1");
    await repository.edit(document, required, optional);
    repository.commit();
    await repository.release(["--date", "2026-11-27"]);
    const digest = (await repository.read(changelog)).replace(/^<!-- .*\n/gm, "");
    expect(digest).toMatch(
      /\n## 2026-11-27\n\n- `@dezai\/umem` 0\.1\.1, .*\n\n## 2026-11-26\n\n- `@dezai\/core` 0\.1\.1, .*\n\n## 2026-11-25\n/,
    );
  });

  test("on another day keeps what was written beside the notes, and refuses if they were edited", async () => {
    const repository = await released();
    await breakIt(repository);
    await repository.release(["--date", "2026-11-26"]);
    await repository.write(notes, `${await repository.read(notes)}\nWith thanks to all.\n`);
    await repository.release(["--date", "2026-11-27"]);
    const text = await repository.read(notes);
    expect(text).toMatch(/## Release of 2026-11-27\n[\s\S]*\nWith thanks to all\.\n$/);
    expect(text).not.toContain("2026-11-26");
    await repository.edit(notes, "Breaking changes", "Read this: breaking changes");
    const { code, err } = await repository.release(["--date", "2026-11-28"]);
    expect({ code, err }).toEqual({
      code: 1,
      err: expect.stringMatching(/RELEASE\.md:3: the section of 2026-11-27 was edited/),
    });
  });

  test("gets a lower version if its changes need less, unless somebody has written it", async () => {
    const repository = await released();
    await breakIt(repository);
    await repository.release();
    repository.commit();
    await repository.edit(document, required, optional);
    await describeIt(repository);
    expect((await repository.release()).out).toMatch(/^@dezai\/umem 0\.1\.0 → 0\.1\.1$/m);
    await repository.edit("spec/versions.json", '"umem": "0.1.1"', '"umem": "1.0.0"');
    for (let run = 0; run < 2; run += 1)
      expect((await repository.release()).out).toMatch(/^@dezai\/umem 0\.1\.0 → 1\.0\.0$/m);
  });

  test("that somebody wanted without changes is kept", async () => {
    const repository = await released();
    await repository.edit("spec/versions.json", '"umem": "0.1.0"', '"umem": "1.0.0"');
    for (let run = 0; run < 2; run += 1)
      expect((await repository.release()).out).toMatch(/^@dezai\/umem 0\.1\.0 → 1\.0\.0$/m);
  });
});

describe("is refused, and nothing is written:", () => {
  test("to publish a release that was prepared for other changes", async () => {
    const repository = await released();
    await describeIt(repository);
    await repository.release();
    repository.commit();
    await breakIt(repository);
    await repository.generate();
    repository.commit();
    const { code, out, err } = await repository.release(["--publish", "--dry-run", "--first"]);
    expect({ code, out }).toEqual({ code: 1, out: "" });
    expect(err).toMatch(
      /^spec\/history\/umem\.json: has a release 0\.1\.1 that was prepared for other changes: the next version is 0\.2\.0\n.*Run `release` again/,
    );
  });

  test("a version that another branch has released", async () => {
    const repository = await released();
    repository.git("checkout", "--quiet", "-b", "other");
    repository.commit();
    repository.git("tag", "@dezai/umem@0.1.1");
    repository.git("checkout", "--quiet", "main");
    await describeIt(repository);
    const message = /^spec\/versions\.json:4: the next version of umem is 0\.1\.1, but the tag/;
    expect(await repository.release()).toMatchObject({ code: 1, err: expect.stringMatching(message) });
    expect(repository.git("status", "--porcelain")).toBe("");

    repository.git("tag", "--delete", "@dezai/umem@0.1.1");
    await repository.release();
    repository.commit();
    repository.git("tag", "@dezai/umem@0.1.1", "other");
    expect(await repository.release(["--publish", "--dry-run"])).toMatchObject({
      code: 1,
      out: "",
      err: expect.stringMatching(message),
    });
  });

  test("a clone without the tags of earlier releases", async () => {
    const repository = await released();
    await describeIt(repository);
    await repository.releaseAll();
    for (const tag of repository.git("tag", "--list").split("\n")) repository.git("tag", "--delete", tag);
    const { code, err } = await repository.release();
    expect(code).toBe(1);
    expect(err).toMatch(
      /^spec\/history\/umem\.json: has a release 0\.1\.0, but the current branch has no tag @dezai\/umem@0\.1\.0\n.*git fetch --tags/,
    );
  });

  test("a package that would be removed", async () => {
    const repository = await released();
    repository.git("mv", "spec/umem", "spec/zoo");
    await repository.edit("spec/actiongen.yaml", "umem: ", "zoo: ");
    repository.commit();
    const { code, err } = await repository.release();
    expect(code).toBe(1);
    expect(err).toMatch(/umem.* would be removed/);
    expect(err).toContain("generate --allow-removing");
    expect(repository.git("status", "--porcelain")).toBe("");
  });
});

test("an export of a product that another version of the toolkit has emitted is a change", async () => {
  const repository = await released();
  await repository.edit(
    "generated/packages/umem/api.md",
    "- `createClient",
    "- `extra(): void`\n- `createClient",
  );
  repository.commit();
  repository.git("tag", "--force", "@dezai/umem@0.1.0");
  await repository.generate();
  repository.commit();
  expect((await repository.release(["--dry-run"])).out).toMatch(
    /^@dezai\/umem 0\.1\.0 → 0\.2\.0\n {2}major: @dezai\/umem extra removed\n/,
  );
});

test("what was released before the first history is the last release in every changelog", async () => {
  const repository = await releaseRepository();
  repository.git("tag", "@dezai/core@0.1.0");
  repository.git("tag", "@dezai/umem@0.1.0");
  await breakIt(repository);
  await repository.release(["--date", "2026-11-26"]);
  for (const file of [packageChangelog, changelog, notes])
    expect(await repository.read(file)).not.toMatch(/first release/i);
});
