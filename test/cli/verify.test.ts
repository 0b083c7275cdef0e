import { cp, mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
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
      /all-shards\.har:\d+: request parameter Signature is of type string \(hidden\) in the recording, of type string \(hidden\) from the client\n {2}help: Correct whichever is wrong/,
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

  test("verifies the other recordings of a folder with a broken one", async () => {
    const folder = await recordings();
    await writeFile(join(folder, "umem/broken.har"), '{"log": {');
    const { code, out, err } = await actiongen(["verify", "--recordings", folder]);
    expect(code).toBe(1);
    expect(err).toMatch(/^\S+broken\.har:1: /);
    expect(out).toMatch(/^1 recording of .* verified, 1 problem of others, 0 disagreements in/);
  });

  test("leaves the coverage as it was while a recording is broken", async () => {
    const folder = await recordings();
    await writeFile(join(folder, "umem/broken.har"), "{");
    expect((await actiongen(["verify", "--recordings", folder, "--update-coverage"])).code).toBe(1);
    expect(await readdir(folder)).toEqual(["umem"]);
  });

  test("prints the findings of several files as JSON, also of calls that are signed with another key pair", async () => {
    const folder = await recordings();
    const [foreign = "", other = "", broken = ""] = ["foreign", "other", "broken"].map((name) =>
      join(folder, `${name}.har`),
    );
    const har = await readFile(join(folder, "umem", recording), "utf8");
    const key = /"name": "PublicKey",\s*"value": "([^"]+)"/.exec(har)?.[1] ?? "";
    const captured = har
      .replaceAll(key, "someone-else")
      .replaceAll(encodeURIComponent(key), "someone-else")
      .replace('"_origin": "documented"', '"_origin": "captured"');
    await writeFile(foreign, captured);
    await writeFile(other, captured.replace('\\"BackupURL\\"', '\\"Backupurl\\"'));
    await writeFile(broken, "[]");
    const { code, out, err } = await actiongen(["verify", foreign, other, broken, "--format", "json"]);
    expect({ code, err }).toEqual({ code: 1, err: "" });
    const { recordings: verified, findings } = JSON.parse(out);
    expect(verified).toBe(2);
    // The signatures of a foreign key pair are no findings.
    const files = findings.map(({ file }: { file: string }) => basename(file));
    expect(new Set(files)).toEqual(new Set(["broken.har", "other.har"]));
    expect(findings[files.indexOf("broken.har")]).toMatchObject({ line: 1, document: "" });
    expect(findings.map(({ path }: { path: string }) => path)).toContain("$.Backupurl");
    expect(out).not.toContain("someone-else");
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
