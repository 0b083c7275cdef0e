import { execFileSync } from "node:child_process";
import { cp, mkdir, rm, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, test } from "vitest";
import { actiongen, isTrace } from "../support/actiongen.js";
import { gitRepository } from "../support/git-repository.js";
import { documentPath, edit, temporaryFolder } from "../support/spec-folder.js";

const required = [
  "- name: BlockId\n          in: query\n          required: false",
  "required: true",
] as const;
const requireBlock = (spec: string) =>
  edit(join(spec, documentPath), required[0], required[0].replace("required: false", required[1]));

/** A repository, and a function that compares in it. */
async function repository() {
  const created = await gitRepository();
  const diff = (...args: string[]) => actiongen(["diff", ...args], { cwd: created.root });
  return { ...created, diff };
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

  test("a revision, whatever archives of it leave out, with no other program than Git", async () => {
    const { root, spec, commit, diff } = await repository();
    await writeFile(join(root, ".gitattributes"), "spec export-ignore\n*.yaml export-ignore\n");
    commit();
    await requireBlock(spec);
    const programs = await temporaryFolder();
    const git = execFileSync("which", ["git"], { encoding: "utf8" }).trim();
    await symlink(git, join(programs, "git"));
    const { out, err } = await withPrograms(programs, () => diff("HEAD"));
    expect([err, out]).toEqual(["", expect.stringContaining("BlockId became required")]);
  });

  test("documents whose actions share RetCodes and names with others", async () => {
    const { spec, diff } = await repository();
    const retCodes = join(spec, "umem/retcodes.yaml");
    await edit(retCodes, "name: ", "name: New");
    expect((await diff("HEAD")).out).toMatch(/name of RetCode \d+: was \w+, now New/);
  });
});

/** Calls a function while only the programs of a folder can be run. */
function withPrograms<Result>(folder: string, use: () => Promise<Result>): Promise<Result> {
  return withVariable("PATH", folder, use);
}

/** Calls a function while an environment variable has another value. */
async function withVariable<Result>(
  name: "PATH" | "TMPDIR",
  value: string,
  use: () => Promise<Result>,
): Promise<Result> {
  const before = process.env[name];
  process.env[name] = value;
  try {
    return await use();
  } finally {
    if (before === undefined) delete process.env[name];
    else process.env[name] = before;
  }
}

describe("diff reports", () => {
  test("that there is no temporary folder for a revision, which two folders do not need", async () => {
    const { root, spec, diff } = await repository();
    const withoutTemporary = <Result>(use: () => Promise<Result>) =>
      withVariable("TMPDIR", join(root, "missing"), use);
    expect(await withoutTemporary(() => diff(spec, spec))).toMatchObject({ code: 0, err: "" });
    const { code, err } = await withoutTemporary(() => diff("HEAD"));
    expect([code, err]).toEqual([
      1,
      expect.stringMatching(/^HEAD: cannot be written to a temporary folder: .*\n {2}help: Set TMPDIR /),
    ]);
    expect(err).not.toMatch(isTrace);
  });

  test.each<[what: string, args: readonly string[], message: RegExp]>([
    ["a folder that is no specification", ["HEAD", "other"], /^other: has no \*\.openapi\.yaml\n/],
    [
      "a file that is no document",
      ["other/notes.txt", "other/notes.txt"],
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
    const { code, err } = await withPrograms(await temporaryFolder(), () => diff("HEAD"));
    expect([code, err]).toEqual([1, expect.stringContaining(": Git is not installed")]);
  });

  test("a revision of which something is missing", async () => {
    const { root, git, diff } = await repository();
    const blob = git("rev-parse", `HEAD:spec/${documentPath}`).trim();
    await rm(join(root, ".git/objects", blob.slice(0, 2), blob.slice(2)));
    const { code, err } = await diff("HEAD");
    expect([code, err]).toEqual([1, expect.stringMatching(/^HEAD: cannot be read by Git: .*\n {2}help: /)]);
  });

  test("a repository that Git cannot read", async () => {
    const { root, diff } = await repository();
    await writeFile(join(root, ".git/config"), "[broken\n");
    const { code, err } = await diff("HEAD");
    expect([code, err]).toEqual([
      1,
      expect.stringMatching(/^HEAD: .*cannot be read as a revision: .*config/),
    ]);
    expect(err).not.toMatch(isTrace);
  });
});
