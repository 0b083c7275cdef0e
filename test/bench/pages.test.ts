import { readFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { expect, test } from "vitest";
import { writePages } from "../../scripts/bench/generate.js";
import { readFolder } from "../../scripts/files.js";
import { temporaryFolder } from "../support/spec-folder.js";

test("copies of the pages have their own actions and data models, and are spread over the products", async () => {
  const folder = await temporaryFolder();
  const paths = await writePages(folder, 14, 3);
  expect(new Set(paths.map((path) => relative(folder, path).split("/")[0])).size).toBe(3);
  expect((await readFolder(folder, ".md")).map(({ path }) => path)).toHaveLength(14);

  const copy = await readFile(join(folder, "product1/describe_umem_backup_0001.md"), "utf8");
  expect(copy).toContain("# List the backups of a distributed Redis instance - DescribeUMemBackup0001\n");
  expect(copy).toContain('"Action": "DescribeUMemBackup0001Response"');
  expect(copy).toContain("array[[*UMemBackupSet0001*](#umembackupset0001)]");
  expect(copy).toContain("#### UMemBackupSet0001\n");
  expect(copy).not.toMatch(/DescribeUMemBackup\b|UMemBackupSet\b/);
});
