import { mkdir, readdir, readFile, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { load } from "../../scripts/load.js";
import { actionDocument } from "../support/action-document.js";
import { actiongen } from "../support/actiongen.js";
import { folderOf } from "../support/bundled.js";
import { smallPage } from "../support/small-page.js";
import { temporaryFolder } from "../support/spec-folder.js";

const shapes = "test/golden/shapes/spec";
const path = "store/A.openapi.yaml";

/** A specification folder with one action, and a link at a path of it that leads to another folder or file. */
async function linked(at: string, target: string): Promise<string> {
  const folder = await folderOf(shapes, { [path]: actionDocument("A") });
  await symlink(target, join(folder, at));
  return folder;
}

/** A folder outside any specification, with a file. */
async function outside(name: string, text: string): Promise<string> {
  const folder = await temporaryFolder();
  await writeFile(join(folder, name), text);
  return folder;
}

test.each([
  ["a document", "store/B.openapi.yaml", "B.openapi.yaml"],
  ["a folder of documents", "other", ""],
])("%s that is a link out of the specification folder is reported", async (_, at, name) => {
  const folder = await linked(at, join(await outside("B.openapi.yaml", "secret: 1"), name));
  const { code, err } = await actiongen(["generate", "--spec", folder, "--out", join(folder, "out")]);
  expect(code).toBe(1);
  expect(err).toContain(`${at}: leads outside`);
});

test("a configuration that is a link out of the specification folder is reported", async () => {
  const folder = await temporaryFolder();
  await symlink(join(await outside("key", "secret"), "key"), join(folder, "actiongen.yaml"));
  const { code, err } = await actiongen(["transcribe", folder, "--out", folder]);
  expect([code, err]).toEqual([1, expect.stringContaining("actiongen.yaml: leads outside")]);
  expect(err).not.toContain("secret");
});

test("a page and an overlay that are links out of their folders are reported", async () => {
  const folder = await linked("overlays", await outside("o.yaml", "overlay: 1.0.0"));
  await mkdir(join(folder, "pages"));
  await symlink(join(await outside("p.md", "secret"), "p.md"), join(folder, "pages/p.md"));
  const { code, err } = await actiongen(["transcribe", join(folder, "pages"), "--out", folder]);
  expect(code).toBe(1);
  expect(err).toMatch(/pages\/p\.md: leads outside/);
});

test("links inside the specification folder, also in a loop, are not followed", async () => {
  const folder = await linked("loop", ".");
  const { products } = await load(folder);
  expect(products.map(({ name }) => name)).toEqual(["store"]);
});

test.each(["src/a.ts", "tsconfig.json"])(
  "%s of a package that is a link out of it is reported",
  async (name) => {
    const core = join(await temporaryFolder(), "core");
    await mkdir(join(core, "src"), { recursive: true });
    for (const file of ["tsconfig.json", "package.json"])
      if (file !== name) await writeFile(join(core, file), "{}");
    await symlink(join(await outside("a", "{}"), "a"), join(core, name));
    const { code, err } = await actiongen(["build", "--package", core]);
    expect([code, err]).toEqual([1, expect.stringMatching(`${name}: leads outside`)]);
  },
);

test("transcribe and init write nothing through a link out of their folder", async () => {
  const target = await temporaryFolder();
  const folder = await folderOf(shapes, {});
  await mkdir(join(folder, "shelf-api"));
  await writeFile(join(folder, "shelf-api/do_it.md"), smallPage({}));
  await symlink(target, join(folder, "shelf"));
  await symlink(target, join(folder, "spec"));
  const transcribed = await actiongen(["transcribe", join(folder, "shelf-api"), "--out", folder]);
  expect([transcribed.code, transcribed.err]).toEqual([1, expect.stringMatching(/shelf: leads outside/)]);
  const settings = ["--brand", "A", "--base-url", "https://a.example/", "--scope", "@a", "--prefix", "A"];
  const created = await actiongen(["init", folder, ...settings, "--yes"]);
  expect([created.code, created.err]).toEqual([1, expect.stringMatching(/spec: leads outside/)]);
  expect(await readdir(target)).toEqual([]);
});

test("a file that is a link is replaced, and what it leads to is not", async () => {
  const target = join(await outside("kept", "unchanged"), "kept");
  const folder = await folderOf(shapes, { [path]: actionDocument("A") });
  await symlink(target, join(folder, "bundle.json"));
  const args = ["bundle", "--spec", folder, "--form", "query", "--out", join(folder, "bundle.json")];
  expect((await actiongen(args)).code).toBe(0);
  expect(await readFile(target, "utf8")).toBe("unchanged");
});
