import { cp, rm, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, test } from "vitest";
import { actiongen } from "../support/actiongen.js";
import { gitRepository } from "../support/git-repository.js";
import { documentPath, edit } from "../support/spec-folder.js";

const sharedRetCode = [
  "name: ReadFailed",
  "name: ReadFailed\n  actions: [DescribeUMemBackupURL, DescribeUMem]",
] as const;
const loader = pathToFileURL(resolve("node_modules/tsx/dist/loader.mjs"));
const command = `"${process.execPath}" --import ${loader} "${resolve("scripts/main.ts")}" diff`;

/** A repository whose diff driver is the command. */
async function repository() {
  const { root, spec, git, commit } = await gitRepository();
  await writeFile(join(root, ".gitattributes"), "*.openapi.yaml diff=actiongen\n");
  git("config", "diff.actiongen.command", command);
  commit();
  return { spec, git, commit, file: join(spec, documentPath) };
}

test("git diff prints the changes of a document, whose RetCodes may be those of other actions", async () => {
  const { spec, git, commit, file } = await repository();
  await edit(join(spec, "umem/retcodes.yaml"), ...sharedRetCode);
  commit();
  await edit(file, "summary: ", "summary: New. ");
  await edit(file, "    get:", '    "get":');
  const expected = `diff of spec/${documentPath}\n\nDocumentation and metadata\n  umem/DescribeUMemBackupURL: description changed\n\nVersions: umem patch\n`;
  expect(git("diff")).toBe(expected);
});

test("git diff prints that a document is gone, and the problems of one, and does not fail", async () => {
  const { git, file } = await repository();
  await writeFile(file, "openapi: 2\n");
  expect(git("diff")).toContain("openapi is 2, which is not supported");
  await rm(file);
  expect(git("diff")).toContain("umem/DescribeUMemBackupURL: action removed");
});

test("git diff prints that a document has moved", async () => {
  const { spec, git } = await repository();
  await cp(join(spec, "umem"), join(spec, "redis"), { recursive: true });
  await rm(join(spec, documentPath));
  git("add", "--all");
  expect(git("diff", "--cached", "--find-renames")).toContain(
    `diff of spec/${documentPath}, now spec/redis/DescribeUMemBackupURL.openapi.yaml\n\nBreaking changes\n  umem/DescribeUMemBackupURL: action moved to the product redis\n`,
  );
});

test("what Git passes in a merge conflict, the path alone, is no failure", async () => {
  const env = { GIT_DIFF_PATH_COUNTER: "1" };
  expect(await actiongen(["diff", documentPath], { env })).toMatchObject({
    code: 0,
    out: `unmerged: ${documentPath}\n`,
  });
});

describe("diff reports as wrong usage", () => {
  test.each<[what: string, args: readonly string[], message: string]>([
    ["another number of arguments", ["a", "b", "c"], "error: diff compares two states, not 3\n"],
    [
      "a document beside a folder",
      ["test/data/spec", `test/data/spec/${documentPath}`],
      `error: test/data/spec/${documentPath} is one document, and test/data/spec is none; compare two documents\n`,
    ],
  ])("%s", async (_, args, message) => {
    const { code, err } = await actiongen(["diff", ...args]);
    expect([code, err]).toEqual([2, message]);
  });
});
