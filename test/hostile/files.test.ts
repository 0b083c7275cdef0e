import { execFileSync } from "node:child_process";
import { mkdir, rm, symlink, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { load } from "../../scripts/load.js";
import { actionDocument } from "../support/action-document.js";
import { actiongen } from "../support/actiongen.js";
import { folderOf } from "../support/bundled.js";
import { errorsOf, expectError } from "../support/errors.js";
import { temporaryFolder } from "../support/spec-folder.js";

const shapes = "test/golden/shapes/spec";
const path = "store/A.openapi.yaml";

/** A folder whose only action refers to a value in `store/common.yaml`, which may have other content or be missing. */
function referring(target: string, common?: object): Promise<string> {
  return folderOf(shapes, {
    [path]: actionDocument("A", { response: { X: { $ref: target } } }),
    ...(common === undefined ? {} : { "store/common.yaml": common }),
  });
}

// Windows has no named pipes among its files.
describe.skipIf(process.platform === "win32")(
  "a named pipe, whose end would never come, is reported as",
  () => {
    test("a document", async () => {
      const folder = await folderOf(shapes, { [path]: actionDocument("A") });
      execFileSync("mkfifo", [join(folder, "store/B.openapi.yaml")]);
      expect(await errorsOf(folder)).toContain(
        "store/B.openapi.yaml: cannot be read: it is not a regular file",
      );
    });

    test("the target of a reference", async () => {
      const folder = await referring("common.yaml#/A");
      execFileSync("mkfifo", [join(folder, "store/common.yaml")]);
      expect(await errorsOf(folder)).toMatch(/^store\/A\.openapi\.yaml:1: .*common\.yaml/m);
    });

    test("the target of a reference, also when its document was generated before", async () => {
      const folder = await referring("common.yaml#/A", { A: { type: "string" } });
      const args = ["generate", "--spec", folder, "--out", join(folder, "out")];
      expect(await actiongen(args)).toMatchObject({ code: 0 });
      await rm(join(folder, "store/common.yaml"));
      execFileSync("mkfifo", [join(folder, "store/common.yaml")]);
      const { code, err } = await actiongen(args);
      expect([code, err]).toEqual([1, expect.stringMatching(/store\/A\.openapi\.yaml:1: .*common\.yaml/)]);
    });

    test("the journal of an interrupted run", async () => {
      const folder = await folderOf(shapes, { [path]: actionDocument("A") });
      const out = join(folder, "out");
      await mkdir(join(out, ".actiongen-staging"), { recursive: true });
      // The owner is a process that has ended.
      await writeFile(join(out, ".actiongen-staging/owner-999999999-1"), "");
      execFileSync("mkfifo", [join(out, ".actiongen-staging/journal")]);
      const { code, err } = await actiongen(["generate", "--spec", folder, "--out", out]);
      expect([code, err]).toEqual([1, expect.stringContaining("it is not a regular file")]);
    });

    test.each(["tsconfig.json", "package.json"])("%s of a package", async (name) => {
      const core = join(await temporaryFolder(), "core");
      await mkdir(join(core, "src"), { recursive: true });
      for (const file of ["tsconfig.json", "package.json"])
        if (file !== name) await writeFile(join(core, file), "{}");
      execFileSync("mkfifo", [join(core, name)]);
      const { code, err } = await actiongen(["build", "--package", core]);
      expect(code).toBe(1);
      expect(err).toMatch(new RegExp(`core/${name}: .*it is not a regular file`));
    });

    test("a page", async () => {
      const folder = await temporaryFolder();
      execFileSync("mkfifo", [join(folder, "page.md")]);
      const { code, err } = await actiongen(["transcribe", folder, "--out", join(folder, "spec")]);
      expect(code).toBe(1);
      expect(err).toContain("page.md: cannot be read: it is not a regular file");
    });
  },
);

test("a file that is too large to be read is reported", async () => {
  const folder = await folderOf(shapes, { [path]: actionDocument("A"), "store/B.openapi.yaml": {} });
  await truncate(join(folder, "store/B.openapi.yaml"), 100 * 1024 * 1024);
  expect(await errorsOf(folder)).toContain(
    "store/B.openapi.yaml: cannot be read: it is larger than 16 MiB\n  help: Split it.",
  );
});

test("a file in place of the folder of an output file is reported", async () => {
  const [folder, spec] = [await temporaryFolder(), await folderOf(shapes, { [path]: actionDocument("A") })];
  await writeFile(join(folder, "odd"), "");
  const { code, err } = await actiongen([
    "bundle",
    "--form",
    "query",
    "--spec",
    spec,
    "--out",
    join(folder, "odd/api.json"),
  ]);
  expect([code, err]).toEqual([
    1,
    expect.stringMatching(/odd\/api\.json: cannot be written: .*\n {2}help: /),
  ]);
});

test("a symbolic link out of the specification folder is not followed by a reference", async () => {
  const folder = await referring("common.yaml#/A");
  const outside = join(await temporaryFolder(), "secret.yaml");
  await writeFile(outside, "A: {type: string}\n");
  await symlink(outside, join(folder, "store/common.yaml"));
  await expectError(
    folder,
    path,
    "$ref: common.yaml#/A",
    '$ref is "common.yaml#/A", which leads outside the specification folder by a symbolic link',
  );
});

describe("references between files", () => {
  test("that form a cycle without a value are reported", async () => {
    const folder = await folderOf(shapes, {
      [path]: actionDocument("A", { response: { X: { $ref: "a.yaml#/A" } } }),
      "store/a.yaml": { A: { $ref: "b.yaml#/B" } },
      "store/b.yaml": { B: { $ref: "a.yaml#/A" } },
    });
    await expectError(folder, path, "$ref: a.yaml#/A", '$ref is "a.yaml#/A", which refers to itself');
  });

  test("can form a cycle of values", async () => {
    const child = (target: string) => ({ type: "object", properties: { Child: { $ref: target } } });
    const folder = await folderOf(shapes, {
      [path]: actionDocument("A", { response: { X: { $ref: "a.yaml#/A" } } }),
      "store/a.yaml": { A: child("b.yaml#/B") },
      "store/b.yaml": { B: child("a.yaml#/A") },
    });
    const { products } = await load(folder);
    expect(
      products[0]?.actions[0]?.models.map(({ fields }) => fields.map(({ name }) => name)),
    ).toContainEqual(["Child"]);
  });

  test("that form a very long chain are reported", async () => {
    const links = Array.from({ length: 5000 }, (_, at) => [`A${at}`, { $ref: `#/A${at + 1}` }]);
    const folder = await referring("common.yaml#/A0", Object.fromEntries([...links, ["A5000", {}]]));
    await expectError(
      folder,
      path,
      "$ref: common.yaml#/A0",
      '$ref is "common.yaml#/A0", which leads through more than 100 references',
    );
  });
});

test.each(["CON", "nul", "Com1"])("an action with the name of a device, %s, is reported", async (name) => {
  const folder = await folderOf(shapes, { "store/many.openapi.yaml": actionDocument(name) });
  expect(await errorsOf(folder)).toContain(`the action's name "${name}" is the name of a device on Windows`);
});

test.each(["con", "nul.a"])("a product with the name of a device, %s, is reported", async (name) => {
  const folder = await folderOf(shapes, { [`${name}/A.openapi.yaml`]: actionDocument("A") });
  expect(await errorsOf(folder)).toMatch(/is not <product>\/<Action>\.openapi\.yaml/);
});
