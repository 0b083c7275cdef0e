import { cp, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { actiongen } from "../support/actiongen.js";
import { documentPath, type Edit, edit, specFolder, temporaryFolder } from "../support/spec-folder.js";

const required = [
  documentPath,
  "- name: BlockId\n          in: query\n          required: false",
  "- name: BlockId\n          in: query\n          required: true",
] as const;
const description = [documentPath, "summary: ", "summary: New. "] as const;

describe("diff", () => {
  test("prints what changed between two folders, and the versions that it needs", async () => {
    const { code, out, err } = await actiongen(["diff", await specFolder(), await specFolder(required)]);
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(out).toMatch(
      /^Breaking changes\n {2}umem\/DescribeUMemBackupURL: parameter BlockId became required \(line \d+\)$/m,
    );
    expect(out).toMatch(/^Versions: umem major$/m);
  });

  test("says that nothing changed for programs", async () => {
    const folder = await specFolder();
    const { code, out } = await actiongen(["diff", folder, folder]);
    expect(code).toBe(0);
    expect(out).toMatch(/^Changes from .*\n\nNothing changes for programs that use the packages\.\n$/);
  });

  test("prints Markdown for a pull request", async () => {
    const [old, current] = [await specFolder(), await specFolder(required)];
    const { out } = await actiongen(["diff", old, current, "--format", "markdown"]);
    expect(out).toContain("| `umem` | major |");
    expect(out).toContain("- `umem/DescribeUMemBackupURL`: parameter BlockId became required");
  });

  test("prints names of folders in Markdown as they are", async () => {
    const folder = join(await temporaryFolder(), "__old__");
    await cp(await specFolder(), folder, { recursive: true });
    const { out } = await actiongen(["diff", folder, folder, "--format", "markdown"]);
    expect(out).toMatch(/^## Changes from .*\\_\\_old\\_\\_ to /);
  });

  test("compares two documents, whose RetCodes may be those of other actions", async () => {
    const [old, current, spec] = [await specFolder(), await specFolder(required), await specFolder()];
    for (const folder of [old, current])
      await edit(
        join(folder, "umem/retcodes.yaml"),
        "name: ReadFailed",
        "name: ReadFailed\n  actions: [DescribeUMemBackupURL, DescribeUMem]",
      );
    const { out } = await actiongen([
      "diff",
      join(old, documentPath),
      join(current, documentPath),
      "--spec",
      spec,
    ]);
    expect(out).toContain("parameter BlockId became required");
  });

  test("does not take a revision for an option of Git", async () => {
    const { code, err } = await actiongen(["diff", "--", "--output=stolen"]);
    expect(code).toBe(1);
    expect(err).toContain("--output=stolen: is no folder, document or Git revision");
  });
});

describe("diff --fail-on", () => {
  const failOn = async (kind: string, ...edits: Edit[]) =>
    await actiongen(["diff", await specFolder(), await specFolder(...edits), "--fail-on", kind]);

  test("major exits with 1 for a breaking change", async () => {
    const { code, err } = await failOn("major", required);
    expect(code).toBe(1);
    expect(err).toMatch(/^1 change not accepted \(breaking\): c[0-9a-f]{11}\n$/);
  });

  test("major does not for others", async () => {
    expect((await failOn("major", description)).code).toBe(0);
  });

  test("review exits with 1 for a change that no compiler reports", async () => {
    const unsafe = [documentPath, "x-actiongen-retry-safe: true", "x-actiongen-retry-safe: false"] as const;
    expect((await failOn("review", unsafe)).code).toBe(1);
    expect((await failOn("major", unsafe)).code).toBe(0);
  });

  test("passes over accepted changes, and reports entries for changes that do not exist", async () => {
    const [old, current, file] = [
      await specFolder(),
      await specFolder(required),
      join(await temporaryFolder(), "accepted.yaml"),
    ];
    const { out } = await actiongen(["diff", old, current, "--format", "json"]);
    const [change] = JSON.parse(out).changes;
    await writeFile(
      file,
      `- {fingerprint: ${change.fingerprint}, reason: agreed}\n- {fingerprint: c00000000000, reason: none}\n`,
    );
    const { code, err } = await actiongen(["diff", old, current, "--fail-on", "major", "--accepted", file]);
    expect(code).toBe(0);
    expect(err).toMatch(/accepted\.yaml:2: c00000000000 is the fingerprint of no change/);
  });

  test("reports an accepted change without a reason", async () => {
    const file = join(await temporaryFolder(), "accepted.yaml");
    await writeFile(
      file,
      "- {fingerprint: c0123456789a}\n- wrong\n- {fingerprint: {toString: 1}, reason: none}\n",
    );
    const { code, err } = await actiongen(["diff", "spec", "--accepted", file]);
    expect(code).toBe(1);
    expect(err).toMatch(/accepted\.yaml:1: c0123456789a has no reason/);
    expect(err).toMatch(/accepted\.yaml:2: fingerprint is missing/);
    expect(err).toMatch(/accepted\.yaml:3: fingerprint is {"toString":1}/);
  });
});
