import { cp, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { describe, expect, test } from "vitest";
import { actiongen } from "../support/actiongen.js";
import { contents } from "../support/contents.js";
import { documentPath, edit, specFolder, temporaryFolder } from "../support/spec-folder.js";

/** A copy of the test specification with a second product, which is named `disk`. */
async function twoProducts(): Promise<string> {
  const spec = await specFolder(["actiongen.yaml", "products:\n", "products:\n  disk: Disk\n"]);
  const text = await readFile(join(spec, documentPath), "utf8");
  await mkdir(join(spec, "disk"));
  await writeFile(
    join(spec, "disk/DescribeDisk.openapi.yaml"),
    text
      .replaceAll("DescribeUMemBackupURL", "DescribeDisk")
      .replace("$ref: retcodes.yaml", "$ref: ../umem/retcodes.yaml"),
  );
  return spec;
}

async function removeDisk(spec: string): Promise<void> {
  await rm(join(spec, "disk"), { recursive: true });
  await edit(join(spec, "actiongen.yaml"), "  disk: Disk\n", "");
}

describe("the default output folder", () => {
  test("is generated, beside a folder that is named spec", async () => {
    const folder = await temporaryFolder();
    await cp("test/data/spec", join(folder, "spec"), { recursive: true });
    expect(await actiongen(["generate", "--spec", join(folder, "spec")])).toMatchObject({ code: 0, err: "" });
    expect((await readdir(folder)).sort()).toEqual(["generated", "spec"]);
  });

  test("of a folder with another name has that name, and does not depend on the working directory", async () => {
    const folder = await temporaryFolder();
    await cp("test/data/spec", join(folder, "sister"), { recursive: true });
    const cwd = join(folder, "sister");
    expect(await actiongen(["generate", "--spec", "."], { cwd })).toMatchObject({ code: 0, err: "" });
    expect((await readdir(folder)).sort()).toEqual(["generated-sister", "sister"]);
  });
});

describe("generating over other output", () => {
  test("of another specification is rejected, and writes nothing", async () => {
    const [spec, other] = [await twoProducts(), await specFolder()];
    const out = join(await temporaryFolder(), "out");
    expect(await actiongen(["generate", "--spec", spec, "--out", out])).toMatchObject({ code: 0, err: "" });
    const before = await contents(out);
    const { code, err } = await actiongen(["generate", "--spec", other, "--out", out]);
    expect([code, err.split("\n")]).toEqual([
      1,
      [
        expect.stringMatching(
          `/out: was generated from ../../${basename(spec)}, not from ../../${basename(other)}, which would remove the packages of disk$`,
        ),
        "  help: Choose another folder with --out. To replace its files, run `generate --allow-removing`. Nothing was written.",
        "",
      ],
    ]);
    expect(await contents(out)).toEqual(before);
    const allowed = await actiongen(["generate", "--spec", other, "--out", out, "--allow-removing"]);
    expect(allowed).toMatchObject({ code: 0, err: "" });
    expect(await readdir(join(out, "packages"))).toEqual(["core", "umem"]);
    expect(await actiongen(["generate", "--spec", other, "--out", out])).toMatchObject({ code: 0, err: "" });
  });

  test("of the same specification, which lost a product, is rejected", async () => {
    const spec = await twoProducts();
    const out = join(await temporaryFolder(), "out");
    expect(await actiongen(["generate", "--spec", spec, "--out", out])).toMatchObject({ code: 0, err: "" });
    await removeDisk(spec);
    const { code, err } = await actiongen(["generate", "--spec", spec, "--out", out]);
    expect([code, err.split("\n")]).toEqual([
      1,
      [
        expect.stringMatching(
          "/out: disk has no documents any more, so its package and its pages would be removed$",
        ),
        "  help: Restore its documents. To remove them, run `generate --allow-removing`. Nothing was written.",
        "",
      ],
    ]);
    const check = await actiongen(["generate", "--spec", spec, "--out", out, "--check"]);
    expect(check.code).toBe(1);
    expect(check.out).toMatch(/^would remove .*\/packages\/disk\//m);
    expect(await readdir(join(out, "packages"))).toEqual(["core", "disk", "umem"]);
    const allowed = await actiongen(["generate", "--spec", spec, "--out", out, "--allow-removing"]);
    expect(allowed.out).toMatch(/^removed .*\/packages\/disk\//m);
    expect(await readdir(join(out, "packages"))).toEqual(["core", "umem"]);
  });

  test("of the same specification is accepted in a copy of both folders elsewhere", async () => {
    const folder = await temporaryFolder();
    await cp("test/data/spec", join(folder, "one/spec"), { recursive: true });
    await actiongen(["generate", "--spec", join(folder, "one/spec")]);
    await cp(join(folder, "one"), join(folder, "two"), { recursive: true });
    const spec = join(folder, "two/spec");
    await edit(join(spec, "actiongen.yaml"), "version: ", "version: 9");
    expect(await actiongen(["generate", "--spec", spec])).toMatchObject({ code: 0, err: "" });
  });
});
