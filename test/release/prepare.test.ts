import { expect, test } from "vitest";
import { releaseRepository } from "../support/release-repository.js";
import { documentPath } from "../support/spec-folder.js";

// test/platforms/release-prepare.test.ts has the other cases, which take longer.
test("a release contains the package that has changed, with the version that its changes need", async () => {
  const repository = await releaseRepository();
  repository.git("tag", "@dezai/core@0.1.0");
  repository.git("tag", "@dezai/umem@0.1.0");
  const optional = "- name: BlockId\n          in: query\n          required: false";
  await repository.edit(`spec/${documentPath}`, optional, optional.replace("false", "true"));
  repository.commit();
  const core = await repository.read("generated/packages/core/package.json");

  const { code, out, err } = await repository.release(["--date", "2026-11-27"]);
  expect({ code, err }).toEqual({ code: 0, err: "" });
  expect(out).toMatch(
    /^@dezai\/umem 0\.1\.0 → 0\.2\.0\n {2}major: DescribeUMemBackupURL: .*BlockId.*required/,
  );
  expect(out).toMatch(/^1 package without changes\.$/m);
  expect(await repository.versions()).toEqual({ core: "0.1.0", products: { umem: "0.2.0" } });
  expect(await repository.read("generated/packages/core/package.json")).toBe(core);
  const manifest = JSON.parse(await repository.read("generated/packages/umem/package.json"));
  expect(manifest).toMatchObject({ version: "0.2.0", dependencies: { "@dezai/core": "^0.1.0" } });
  const { releases } = JSON.parse(await repository.read("spec/history/umem.json"));
  expect(releases).toMatchObject([
    {
      version: "0.2.0",
      date: "2026-11-27",
      core: "0.1.0",
      changes: [{ action: "DescribeUMemBackupURL", bump: "major" }],
    },
  ]);
  expect(await repository.read("generated/packages/umem/CHANGELOG.md")).toMatch(
    /\n## 0\.2\.0 \(2026-11-27\)\n\n### Breaking changes\n\n- `DescribeUMemBackupURL`: .*BlockId/,
  );
});

test("an export that another version of the toolkit does not emit is a change, also beside one of a document", async () => {
  const repository = await releaseRepository();
  await repository.edit(
    "generated/packages/umem/api.md",
    "- `createClient",
    "- `extra(): void`\n- `createClient",
  );
  repository.commit();
  repository.git("tag", "@dezai/core@0.1.0");
  repository.git("tag", "@dezai/umem@0.1.0");
  await repository.edit(`spec/${documentPath}`, "summary: ", "summary: New. ");
  await repository.generate();
  repository.commit();
  const { out } = await repository.release(["--dry-run"]);
  expect(out).toMatch(/^@dezai\/umem 0\.1\.0 → 0\.2\.0\n/);
  expect(out).toMatch(/^ {2}major: @dezai\/umem extra removed$/m);
  expect(out).toMatch(/^ {2}patch: DescribeUMemBackupURL: .*description/m);
});

test("files that are not committed are reported, also if the output folder is the repository itself", async () => {
  const repository = await releaseRepository();
  await repository.write("draft.txt", "");
  const { code, err } = await repository.release(["--out", "."]);
  expect(code).toBe(1);
  expect(err).toMatch(/has changes that are not committed: draft\.txt\n/);
  expect(repository.git("status", "--porcelain")).toBe("?? draft.txt");
});
