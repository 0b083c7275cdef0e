import { execFileSync } from "node:child_process";
import { cp, rm, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, test } from "vitest";
import { actiongen } from "../support/actiongen.js";
import { documentPath, edit, specFolder, temporaryFolder } from "../support/spec-folder.js";

const loader = pathToFileURL(resolve("node_modules/tsx/dist/loader.mjs"));
const command = `"${process.execPath}" --import ${loader} "${resolve("scripts/main.ts")}" diff`;

/** A repository whose diff driver is the command. */
async function repository() {
  const root = await temporaryFolder();
  await cp(await specFolder(), join(root, "spec"), { recursive: true });
  const git = (...args: string[]) =>
    execFileSync(
      "git",
      ["-c", "user.name=a", "-c", "user.email=a@b", "-c", `diff.actiongen.command=${command}`, ...args],
      {
        cwd: root,
        encoding: "utf8",
      },
    );
  await writeFile(join(root, ".gitattributes"), "*.openapi.yaml diff=actiongen\n");
  git("init", "--quiet");
  git("add", ".");
  git("commit", "--quiet", "--message", "first");
  return { git, file: join(root, "spec", documentPath) };
}

test("git diff prints the changes of a document", async () => {
  const { git, file } = await repository();
  await edit(file, "summary: ", "summary: New. ");
  await edit(file, "    get:", '    "get":');
  const expected = `diff of spec/${documentPath}\n\nDocumentation\n  umem/DescribeUMemBackupURL: description\n\nVersions: umem patch\n`;
  expect(git("diff")).toBe(expected);
});

test("git diff prints that a document is gone, and the problems of one, and does not fail", async () => {
  const { git, file } = await repository();
  await writeFile(file, "openapi: 2\n");
  expect(git("diff")).toContain("openapi is 2, which is not supported");
  await rm(file);
  expect(git("diff")).toContain("umem/DescribeUMemBackupURL: action removed");
});

test("another number of arguments is wrong usage", async () => {
  const { code, err } = await actiongen(["diff", "a", "b", "c"]);
  expect([code, err]).toEqual([2, expect.stringContaining("diff compares two states, and c is one more")]);
});
