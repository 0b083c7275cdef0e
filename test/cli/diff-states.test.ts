import { execFileSync } from "node:child_process";
import { cp, mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, test } from "vitest";
import { actiongen, isTrace } from "../support/actiongen.js";
import { documentPath, edit, specFolder, temporaryFolder } from "../support/spec-folder.js";

const required = [
  "- name: BlockId\n          in: query\n          required: false",
  "required: true",
] as const;
const requireBlock = (spec: string) =>
  edit(join(spec, documentPath), required[0], required[0].replace("required: false", required[1]));

/** A repository with a specification in `spec`, and functions that change it. */
async function repository() {
  const root = await temporaryFolder();
  const spec = join(root, "spec");
  await cp(await specFolder(), spec, { recursive: true });
  const git = (...args: string[]) =>
    execFileSync("git", ["-c", "user.name=a", "-c", "user.email=a@b", ...args], {
      cwd: root,
      encoding: "utf8",
    });
  const commit = () => git("add", ".") + git("commit", "--quiet", "--allow-empty", "--message", "change");
  git("init", "--quiet");
  commit();
  const diff = (...args: string[]) => actiongen(["diff", ...args], { cwd: root });
  return { root, spec, git, commit, diff };
}

describe("diff compares", () => {
  test("a revision with what is not committed, whose lines it names as Git does", async () => {
    const { spec, diff } = await repository();
    await requireBlock(spec);
    const { code, err, out } = await diff("HEAD", "--format", "json");
    expect([code, err]).toEqual([0, ""]);
    expect(JSON.parse(out).changes).toMatchObject([
      { rule: "param-optional-to-required", oldSource: { file: `HEAD:spec/${documentPath}` } },
    ]);
  });

  test("two revisions, whatever is not committed", async () => {
    const { spec, commit, diff } = await repository();
    await requireBlock(spec);
    commit();
    await writeFile(join(spec, documentPath), "broken: [");
    const { code, out } = await diff("HEAD~1", "HEAD");
    expect([code, out]).toEqual([0, expect.stringContaining("BlockId became required")]);
  });

  test("documents whose actions share RetCodes and names with others", async () => {
    const { spec, diff } = await repository();
    const retCodes = join(spec, "umem/retcodes.yaml");
    await edit(retCodes, "name: ", "name: New");
    expect((await diff("HEAD")).out).toMatch(/name of RetCode \d+: was \w+, now New/);
  });
});

describe("diff reports", () => {
  test.each<[what: string, args: readonly string[], message: RegExp]>([
    ["a folder that is no specification", ["HEAD", "other"], /^other: has no \*\.openapi\.yaml\n/],
    [
      "a file that is no document",
      ["HEAD", "other/notes.txt"],
      /^other\/notes\.txt:1: is not an OpenAPI document/,
    ],
    ["a revision that does not exist", ["v9"], /^v9: is no folder, document or Git revision\n {2}help: Use /],
    ["a file that a revision has", ["HEAD:spec"], /^HEAD:spec: is no folder, document or Git revision\n/],
    ["a specification that a revision lacks", ["HEAD", "--spec", "later"], /^HEAD: has no folder later\n/],
    ["an empty name", [""], /^\.: is no folder, document or Git revision\n/],
  ])("%s", async (_, args, message) => {
    const { root, spec, diff } = await repository();
    await mkdir(join(root, "other"));
    await writeFile(join(root, "other/notes.txt"), "notes\n");
    await cp(spec, join(root, "later"), { recursive: true });
    const { code, err } = await diff(...args);
    expect(code).toBe(1);
    expect(err).toMatch(message);
    expect(err).not.toMatch(isTrace);
  });

  test.each(["before", "after"])("the problems of documents in the state %s, by its name", async (side) => {
    const { spec, commit, git, diff } = await repository();
    await edit(join(spec, documentPath), "in: query", "in: nowhere");
    commit();
    if (side === "before") git("checkout", "--quiet", "HEAD~1", "--", "spec");
    const { code, err } = await diff("HEAD", ...(side === "before" ? [] : ["HEAD~1"]));
    expect(code).toBe(1);
    expect(err).toMatch(new RegExp(`^HEAD:spec/${documentPath}:\\d+: `));
    expect(err).not.toMatch(isTrace);
  });

  test("a clone that is too shallow for a revision", async () => {
    const { root, commit } = await repository();
    commit();
    const clone = await temporaryFolder();
    execFileSync("git", ["clone", "--quiet", "--depth", "1", pathToFileURL(root).href, clone]);
    const { code, err } = await actiongen(["diff", "HEAD~1"], { cwd: clone });
    expect([code, err]).toEqual([1, expect.stringContaining("git fetch --unshallow")]);
  });

  test("that Git is not installed", async () => {
    const { diff } = await repository();
    const { PATH } = process.env;
    process.env.PATH = await temporaryFolder();
    try {
      const { code, err } = await diff("HEAD");
      expect([code, err]).toEqual([1, expect.stringContaining("since Git is not installed")]);
    } finally {
      process.env.PATH = PATH;
    }
  });

  test("a repository that Git cannot read", async () => {
    const { root, diff } = await repository();
    await writeFile(join(root, ".git/config"), "[broken\n");
    const { code, err } = await diff("HEAD");
    expect([code, err]).toEqual([
      1,
      expect.stringMatching(/^HEAD: .*Git cannot read the repository: .*config/),
    ]);
    expect(err).not.toMatch(isTrace);
  });
});
