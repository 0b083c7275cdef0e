import { chmod, mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, test } from "vitest";
import { pack } from "../../scripts/release/registry.js";
import { checkClean, openRepository, releaseTags } from "../../scripts/release/repository.js";
import { gitIn } from "../support/git-repository.js";
import { temporaryFolder } from "../support/spec-folder.js";

/** A repository with one commit. */
async function repository() {
  const root = await temporaryFolder();
  const { git, commit } = gitIn(root);
  git("init", "--quiet", "--initial-branch=main");
  await writeFile(join(root, "a file.txt"), "content of the file");
  commit();
  return { root, git, commit };
}

/** Runs with another PATH. */
async function withPath<Result>(path: string, run: () => Promise<Result>): Promise<Result> {
  const { PATH } = process.env;
  process.env.PATH = path;
  try {
    return await run();
  } finally {
    process.env.PATH = PATH;
  }
}

describe("a repository that cannot be read is reported:", () => {
  test("Git is not installed", async () => {
    const { root } = await repository();
    const opened = withPath(await temporaryFolder(), () => openRepository(root));
    await expect(opened).rejects.toThrow(
      /: is in a Git repository that cannot be read: Git is not installed\n/,
    );
  });

  test("Git refuses it", async () => {
    const { root } = await repository();
    await writeFile(join(root, ".git/config"), "[broken\n");
    await expect(openRepository(root)).rejects.toThrow(
      /: is in a Git repository that cannot be read: .*config/,
    );
  });

  test("Git cannot read its index or its commits", async () => {
    const { root, git } = await repository();
    git("tag", "@dezai/core@0.1.0");
    const opened = await openRepository(root);
    await writeFile(join(root, ".git/index"), "broken");
    await expect(checkClean(opened)).rejects.toThrow(/: is in a Git repository that cannot be read: .*index/);
    await rm(join(root, ".git/objects"), { recursive: true });
    await mkdir(join(root, ".git/objects"));
    await expect(releaseTags(opened, "@dezai")).rejects.toThrow(
      /: is in a Git repository that cannot be read: .*commit/,
    );
  });

  test("it has no commits, or not all of them", async () => {
    const { root, git, commit } = await repository();
    commit();
    const clone = await temporaryFolder();
    git("clone", "--quiet", "--depth", "1", pathToFileURL(root).href, clone);
    await expect(openRepository(clone)).rejects.toThrow(/git fetch --unshallow --tags/);
    const empty = await temporaryFolder();
    git("init", "--quiet", empty);
    await expect(openRepository(empty)).rejects.toThrow(/without commits/);
  });
});

test("files that were renamed are named as they were and as they are", async () => {
  const { root, git } = await repository();
  git("mv", "a file.txt", "b");
  await expect(checkClean(await openRepository(root))).rejects.toThrow(/not committed: a file\.txt, b\n/);
});

test("tags are those of packages, the highest version first, also of other branches", async () => {
  const { root, git, commit } = await repository();
  for (const name of ["core@1.2.0", "core@1.10.0", "umem@0.1.0", "x;id@1.0.0", "CORE@1.0.0", "umem@latest"])
    git("tag", `@dezai/${name}`);
  git("checkout", "--quiet", "-b", "other");
  commit();
  git("tag", "--annotate", "--message", "signed", "@dezai/umem@0.2.0");
  git("checkout", "--quiet", "main");
  const tags = await releaseTags(await openRepository(root), "@dezai");
  const found = [...tags].map(([name, own]) => [name, own.map((tag) => [tag.version, tag.isMerged])]);
  expect(Object.fromEntries(found)).toEqual({
    core: [
      ["1.10.0", true],
      ["1.2.0", true],
    ],
    umem: [
      ["0.2.0", false],
      ["0.1.0", true],
    ],
  });
});

test("a package that cannot be packed is reported with what npm says", async () => {
  const folder = await temporaryFolder();
  await mkdir(join(folder, "bin"));
  const error = { code: "ENOSPC", summary: "no space left on device" };
  await writeFile(join(folder, "bin/npm"), `#!/bin/sh\necho '${JSON.stringify({ error })}'\nexit 1\n`);
  await chmod(join(folder, "bin/npm"), 0o755);
  const packed = withPath(join(folder, "bin"), () =>
    pack({ package: "@dezai/umem", version: "0.1.0", folder }, folder),
  );
  await expect(packed).rejects.toThrow(
    /^@dezai\/umem@0\.1\.0: cannot be packed: ENOSPC no space left on device\n/,
  );
});
