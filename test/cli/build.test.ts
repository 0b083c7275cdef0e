import { readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { generate } from "../../scripts/generate.js";
import { actiongen } from "../support/actiongen.js";
import { temporaryFolder } from "../support/spec-folder.js";

test("build compiles one package, and core for it, where nothing is installed", async () => {
  const out = await temporaryFolder();
  await generate({ spec: "test/data/spec", out, check: false, allowRemoving: false });
  const [core, umem] = [join(out, "packages/core"), join(out, "packages/umem")];

  expect(await actiongen(["build", "--package", umem])).toMatchObject({
    code: 0,
    out: expect.stringMatching(/^Built 2 packages in \d+\.\d s\.\n$/),
    err: "",
  });
  for (const folder of [core, umem]) {
    const built = await readdir(join(folder, "dist"), { recursive: true });
    expect(built).toEqual(
      expect.arrayContaining([
        "esm/index.js",
        "esm/index.d.ts",
        "cjs/index.js",
        "cjs/index.d.ts",
        "cjs/package.json",
      ]),
    );
  }

  // The other package is as it was: a test of errors needs no second build of it.
  const before = await readFile(join(umem, "dist/esm/index.js"), "utf8");
  const source = join(umem, "src/index.ts");
  await writeFile(
    source,
    `${await readFile(source, "utf8")}export const count: number = "one";\nmissing();\n`,
  );
  const { code, err } = await actiongen(["build", "--package", umem]);
  expect(code).toBe(1);
  expect(err).toMatch(
    /umem\/src\/index\.ts:\d+: Type 'string' is not assignable to type 'number'\.\n {2}help: /,
  );
  expect(err).toMatch(/umem\/src\/index\.ts:\d+: Cannot find name 'missing'\./);
  expect(await readFile(join(umem, "dist/esm/index.js"), "utf8")).toBe(before);
  await rm(join(umem, "tsconfig.json"));
  expect(await actiongen(["build", "--package", umem])).toMatchObject({
    code: 1,
    err: expect.stringContaining("is not a generated package"),
  });
}, 120_000);

test("build reports an output folder without packages", async () => {
  const { code, err } = await actiongen(["build", "--out", await temporaryFolder()]);
  expect(code).toBe(1);
  expect(err).toMatch(/packages: contains no packages\n {2}help: Check the path, or run `generate` first\./);
});
