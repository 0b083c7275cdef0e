import { cp, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { actiongen } from "../support/actiongen.js";
import { edit, temporaryFolder } from "../support/spec-folder.js";

const shard = "umem/DescribeUMemBackupURL.success-one-shard.har";

async function recordings(): Promise<string> {
  const folder = await temporaryFolder();
  await cp("test/recordings", folder, { recursive: true });
  return folder;
}

test("verify prints how much of each action the recordings show, and what they do not", async () => {
  const { code, out } = await actiongen(["verify", "--coverage"]);
  expect(code).toBe(0);
  expect(out).toMatch(/^action +parameters +fields +RetCodes\n/);
  expect(out).toMatch(/^umem\/DescribeUMemBackupURL +6\/6 +3\/4 +11\/\d+$/m);
  expect(out).toMatch(/^umem\/DescribeUMemBackupURL without: Message$/m);
});

test("verify reports what was shown and no longer is, until the floor is written again", async () => {
  const folder = await recordings();
  await rm(join(folder, shard));
  const { code, err } = await actiongen(["verify", "--recordings", folder]);
  expect(code).toBe(1);
  expect(err).toMatch(
    /coverage\.json:\d+: no recording shows the parameter BlockId of umem\/DescribeUMemBackupURL any more\n {2}help: .*--update-coverage/,
  );
  const updated = await actiongen(["verify", "--recordings", folder, "--update-coverage"]);
  expect([updated.code, updated.err]).toEqual([0, ""]);
  expect(await readFile(join(folder, "coverage.json"), "utf8")).not.toContain("BlockId");
});

test("verify reports a floor that is not JSON", async () => {
  const folder = await recordings();
  await edit(join(folder, "coverage.json"), "{", "");
  const { code, err } = await actiongen(["verify", "--recordings", folder]);
  expect(code).toBe(1);
  expect(err).toMatch(
    /coverage\.json:\d+: is not JSON\n {2}help: Write it again with `verify --update-coverage`/,
  );
});
