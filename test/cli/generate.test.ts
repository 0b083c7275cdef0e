import { readdir, writeFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { describe, expect, test } from "vitest";
import { actiongen, isTrace } from "../support/actiongen.js";
import { contents } from "../support/contents.js";
import { documentPath, edit, specFolder, temporaryFolder } from "../support/spec-folder.js";

/** Generates from a copy of the test specification. */
async function generatedOnce(): Promise<{ spec: string; out: string }> {
  const [spec, out] = [await specFolder(), join(await temporaryFolder(), "out")];
  await actiongen(["generate", "--spec", spec, "--out", out]);
  return { spec, out };
}

describe("generate", () => {
  test("writes everything, then nothing, and check confirms that the output is up to date", async () => {
    const out = join(await temporaryFolder(), "out");
    const first = await actiongen(["generate", "--out", out]);
    expect(first).toMatchObject({ code: 0, err: "" });
    expect(first.out).toMatch(/^wrote .*docs\/umem\/DescribeUMemBackupURL\.md$/m);
    expect(first.out).toMatch(/^… and \d+ more\n\d+ written, 0 removed, 0 unchanged in \d+\.\d s\.$/m);
    expect((await actiongen(["generate", "--out", out])).out).toMatch(
      /^0 written, 0 removed, \d+ unchanged in \d\.\d s\.\n$/,
    );
    expect(await actiongen(["generate", "--out", out, "--check"])).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^\d+ files are up to date\.\n$/),
    });
  });

  test("the committed output is up to date", async () => {
    expect(await actiongen(["generate", "--check"])).toMatchObject({ code: 0, err: "" });
  });

  test("generates the same bytes in any working directory", async () => {
    const spec = await specFolder();
    const [out, other] = [join(await temporaryFolder(), "out"), join(await temporaryFolder(), "out")];
    await actiongen(["generate", "--spec", spec, "--out", out]);
    await actiongen(["generate", "--spec", ".", "--out", other], { cwd: spec });
    expect(await contents(other)).toEqual(await contents(out));
  });

  test("with --check, lists the files that would change, exits with 1 and writes nothing", async () => {
    const { spec, out } = await generatedOnce();
    await edit(join(spec, documentPath), "ID of the backup.", "The backup to download.");
    const before = await contents(out);
    const result = await actiongen(["generate", "--spec", spec, "--out", out, "--check"]);
    expect(result.code).toBe(1);
    expect(result.out).toContain(
      `would write ${relative(process.cwd(), out)}/docs/umem/DescribeUMemBackupURL.md`,
    );
    expect(result.err).toMatch(/^4 files would change\./);
    expect(await contents(out)).toEqual(before);
  });

  test.each<[what: string, from: string, to: string]>([
    ["a parameter", "ID of the backup.", "The backup to download."],
    ["a response field", "Download links of the backup, one for each shard.", "Links to the shards."],
    [
      "the action",
      "Returns where a backup of a distributed Redis instance can be downloaded, one link for each shard.",
      "Returns the links.",
    ],
  ])("changes only the files that contain the description of %s if it changes", async (_, from, to) => {
    const { spec, out } = await generatedOnce();
    const containing = Object.entries(await contents(out)).filter(([, text]) => text.includes(from));
    expect(containing.length).toBeGreaterThan(1);
    await edit(join(spec, documentPath), from, to);
    const { out: printed } = await actiongen(["generate", "--spec", spec, "--out", out]);
    const wrote = [...printed.matchAll(/^wrote (.*)$/gm)].map(([, path]) => relative(out, path ?? ""));
    expect(wrote.sort()).toEqual(containing.map(([path]) => path).sort());
  });

  test("reports every problem with its location, without a stack trace, and writes nothing", async () => {
    const spec = await specFolder(
      [documentPath, "name: SpaceId", "name: Space-Id"],
      ["actiongen.yaml", "brand: Dezai\n", ""],
    );
    const out = join(await temporaryFolder(), "out");
    const { code, err, out: printed } = await actiongen(["generate", "--spec", spec, "--out", out]);
    expect([code, printed]).toEqual([1, ""]);
    expect(err.trim().split("\n")).toEqual([
      expect.stringMatching(/actiongen\.yaml:1: the configuration lacks the required key "brand"$/),
      "  help: spec/README.md of actiongen describes each key.",
      expect.stringMatching(
        /DescribeUMemBackupURL\.openapi\.yaml:58: parameter "Space-Id" is not a valid identifier$/,
      ),
      expect.stringMatching(/^ {2}help: Use letters/),
    ]);
    expect(await readdir(join(out, ".."))).toEqual([]);
  });

  test("reports an output folder that cannot be written, without a stack trace", async () => {
    const folder = await temporaryFolder();
    await writeFile(join(folder, "file"), "");
    const { code, err } = await actiongen(["generate", "--out", join(folder, "file/out")]);
    expect(code).toBe(1);
    expect(err).toMatch(/help: /);
    expect(err).not.toMatch(isTrace);
  });
});

test("reports a specification folder that does not exist", async () => {
  expect(await actiongen(["generate", "--spec", "nowhere"])).toEqual({
    code: 1,
    out: "",
    err: "nowhere: does not exist\n  help: Check the path.\n",
  });
});

test("the configuration has every name of the brand: the output of another brand contains none of this one", async () => {
  const spec = await specFolder();
  const config = join(spec, "actiongen.yaml");
  for (const [from, to] of [
    ["brand: Dezai", "brand: Sister"],
    ["https://api.dezai.com/", "https://api.sister.example/"],
    ["environmentPrefix: DEZAI", "environmentPrefix: SISTER"],
    ['"@dezai"', '"@sister"'],
    ["X-UCLOUD-REQUEST-UUID", "X-Sister-Request"],
  ] as const)
    await edit(config, from, to);
  const out = join(await temporaryFolder(), "out");
  expect(await actiongen(["generate", "--spec", spec, "--out", out])).toMatchObject({ code: 0, err: "" });
  for (const [path, text] of Object.entries(await contents(out))) {
    // Links in descriptions come from the document, and the key pair is the vendor's.
    const own = text
      .replaceAll(/https:\/\/(www|console)\.dezai\.com[\w/.-]*/g, "")
      .replaceAll("ucloudsomeone", "");
    expect(own.match(/dezai|ucloud/gi), path).toBeNull();
  }
});
