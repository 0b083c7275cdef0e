import { cp, mkdir, readdir } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { actiongen } from "../support/actiongen.js";
import { edit, temporaryFolder } from "../support/spec-folder.js";

const recording = "DescribeUMemBackupURL.success-all-shards.har";

/** A folder with one recording. */
async function recordings(): Promise<string> {
  const folder = await temporaryFolder();
  await mkdir(join(folder, "umem"));
  await cp(join("test/recordings/umem", recording), join(folder, "umem", recording));
  return folder;
}

describe("verify", () => {
  test("prints how many recordings agree, and how many actions have none", async () => {
    const folder = await recordings();
    const { code, out, err } = await actiongen(["verify", "--recordings", folder]);
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(out).toMatch(
      /^1 recording of .* verified, 0 disagreements in \d+\.\d s\. 5 actions without a recording\.\n$/,
    );
  });

  test("prints each disagreement with its line and what to do, and exits with 1", async () => {
    const folder = await recordings();
    await edit(join(folder, "umem", recording), '"value": "WfTAPwME"', '"value": "other"');
    await edit(join(folder, "umem", recording), "SpaceId=WfTAPwME", "SpaceId=other");
    const { code, out, err } = await actiongen(["verify", "--recordings", folder]);
    expect(code).toBe(1);
    expect(err).toMatch(
      /all-shards\.har:\d+: request parameter Signature is of type string \(hidden\) in the recording, ".*" from the client\n {2}help: Correct whichever is wrong/,
    );
    expect(out).toMatch(/1 recording of .* verified, 1 disagreement in/);
  });

  test("reports an action that no document describes, beside the other disagreements", async () => {
    const folder = await recordings();
    await edit(join(folder, "umem", recording), '"value": "DescribeUMemBackupURL"', '"value": "Nothing"');
    await edit(join(folder, "umem", recording), "Action=DescribeUMemBackupURL", "Action=Nothing");
    const { code, err } = await actiongen(["verify", "--recordings", folder]);
    expect(code).toBe(1);
    expect(err).toMatch(/har:\d+: calls the action "Nothing", which no document describes\n {2}help: /);
  });

  test("reports problems of the specification and of the recordings together", async () => {
    const folder = await recordings();
    await edit(join(folder, "umem", recording), '"1.2"', '"1.1"');
    const { code, err } = await actiongen(["verify", "--spec", folder, "--recordings", folder]);
    expect(code).toBe(1);
    expect(err).toContain("actiongen.yaml: does not exist");
    expect(err).toMatch(/har:\d+: log\.version must/);
  });

  test("rejects a folder without recordings, and an output folder without the package", async () => {
    const empty = await temporaryFolder();
    const none = await actiongen(["verify", "--recordings", empty]);
    expect(none).toMatchObject({ code: 1, err: expect.stringContaining("contains no recordings (*.har)") });
    const notGenerated = await actiongen(["verify", "--recordings", await recordings(), "--out", empty]);
    expect(notGenerated.code).toBe(1);
    expect(notGenerated.err).toMatch(
      /packages\/umem: has no generated package\n {2}help: Run `generate` first/,
    );
    expect(await readdir(empty)).toEqual([]);
  });
});
