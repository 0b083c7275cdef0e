import { describe, expect, test, vi } from "vitest";
import { releaseRepository } from "../support/release-repository.js";
import { documentPath } from "../support/spec-folder.js";

vi.setConfig({ testTimeout: 300_000 });

const document = `spec/${documentPath}`;
const optional = "- name: BlockId\n          in: query\n          required: false";
const required = "- name: BlockId\n          in: query\n          required: true";
const notes = "generated/packages/umem/CHANGELOG.md";

/** Without the comments around sections, which have a checksum. */
const withoutComments = (text: string) => text.replace(/^<!-- .*\n/gm, "");

test("a release contains the packages that have changed, each with the version that its changes need", async () => {
  const repository = await releaseRepository();
  const first = await repository.release(["--date", "2026-11-26"]);
  expect(first).toMatchObject({ code: 0, err: "" });
  expect(first.out).toContain("@dezai/core (first release) → 0.1.0\n@dezai/umem (first release) → 0.1.0\n");
  repository.commit();
  repository.git("tag", "@dezai/core@0.1.0");
  repository.git("tag", "@dezai/umem@0.1.0");
  expect(await repository.release()).toMatchObject({
    code: 0,
    out: "No package has changed since its last release.\n",
  });
  expect(repository.git("status", "--porcelain")).toBe("");

  await repository.edit(document, optional, required);
  repository.commit();
  await repository.release(["--dry-run"]);
  expect(repository.git("status", "--porcelain")).toBe("");

  await repository.release(["--date", "2026-11-27"]);
  expect(withoutComments(await repository.read(notes))).toMatch(
    /^# Changelog of @dezai\/umem\n\n## 0\.2\.0 \(2026-11-27\)\n\n### Breaking changes\n\n- `DescribeUMemBackupURL`: .*BlockId.*\n\n## 0\.1\.0 \(2026-11-26\)\n\nFirst release\.\n$/,
  );
  expect(await repository.read("generated/RELEASE.md")).not.toContain("@dezai/core");
  expect(await repository.read("generated/CHANGELOG.md")).toContain(
    "- `@dezai/umem` 0.2.0, previously 0.1.0: 1 breaking change",
  );

  const before = repository.git("status", "--porcelain");
  await repository.release();
  expect(repository.git("status", "--porcelain")).toBe(before);
});

test("a prerelease is replaced by the stable release, which has the changes of both", async () => {
  const repository = await releaseRepository();
  await repository.releaseAll();
  await repository.edit(document, optional, required);
  repository.commit();
  await repository.release(["--prerelease"]);
  repository.commit();
  expect(await repository.versions()).toMatchObject({ products: { umem: "0.2.0-next.0" } });
  repository.git("tag", "@dezai/umem@0.2.0-next.0");
  expect((await repository.release(["--prerelease"])).out).toMatch(/^No package has changed/);

  await repository.edit(document, "summary: ", "summary: New. ");
  repository.commit();
  await repository.release(["--prerelease"]);
  expect(await repository.versions()).toMatchObject({ products: { umem: "0.2.0-next.1" } });
  repository.commit();
  await repository.release();
  expect(await repository.versions()).toMatchObject({ products: { umem: "0.2.0" } });
  const text = await repository.read(notes);
  expect(text.match(/^## .*(?= \()/gm)).toEqual(["## 0.2.0", "## 0.1.0"]);
  expect(text).toMatch(/BlockId.*\n[\s\S]*description/);
});

describe("versions.json", () => {
  test("keeps a higher version, and one that is too low is refused with the reason", async () => {
    const repository = await releaseRepository();
    await repository.releaseAll();
    await repository.edit(document, optional, required);
    await repository.edit("spec/versions.json", '"umem": "0.1.0"', '"umem": "0.1.1"');
    repository.commit();
    const { code, err } = await repository.release();
    expect(code).toBe(1);
    expect(err).toMatch(
      /^spec\/versions\.json:4: the version of umem is 0\.1\.1, lower than 0\.2\.0: DescribeUMemBackupURL: .*BlockId/,
    );
    expect(repository.git("status", "--porcelain")).toBe("");
    await repository.edit("spec/versions.json", '"umem": "0.1.1"', '"umem": "1.0.0"');
    expect((await repository.release(["--dry-run"])).out).toMatch(/^@dezai\/umem 0\.1\.0 → 1\.0\.0$/m);
  });
});
