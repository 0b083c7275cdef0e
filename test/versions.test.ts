import { cp, mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { Diagnostics } from "../scripts/diagnostic.js";
import { printHistory, readHistory } from "../scripts/history.js";
import { load } from "../scripts/load.js";
import type { Release, ReleasedChange } from "../scripts/model/release.js";
import { printVersions, readVersions } from "../scripts/versions.js";
import { actiongen, isTrace } from "./support/actiongen.js";
import { generated } from "./support/generated.js";
import { specFolder, temporaryFolder } from "./support/spec-folder.js";

async function specWith(files: Readonly<Record<string, string>>): Promise<string> {
  const spec = await specFolder();
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(spec, path)), { recursive: true });
    await writeFile(join(spec, path), text);
  }
  return spec;
}

const change: ReleasedChange = {
  rule: "param-renamed",
  action: "DescribeUMemBackupURL",
  path: "Zone",
  before: "Zone",
  after: "ZoneId",
  bump: "major",
  review: false,
  message: "parameter Zone was renamed to ZoneId",
};
const history = (release: object) => JSON.stringify({ releases: [release] }, null, 2);
const manifestOf = async (spec: string, name: string) =>
  JSON.parse((await generated(spec)).get(`packages/${name}/package.json`) ?? "");

describe("versions and history", () => {
  test("without them, packages have the version of the configuration, and were never released", async () => {
    const spec = await specFolder();
    expect(await manifestOf(spec, "core")).toMatchObject({ version: "0.1.0" });
    expect(await manifestOf(spec, "umem")).toMatchObject({
      version: "0.1.0",
      dependencies: { "@dezai/core": "^0.1.0" },
    });
    expect((await load(spec)).history).toEqual({});
  });

  test("versions are those of the packages", async () => {
    const spec = await specWith({
      "versions.json": '{ "core": "1.2.3", "products": { "umem": "2.0.0-next.1" } }',
    });
    expect(await manifestOf(spec, "core")).toMatchObject({ version: "1.2.3" });
    const umem = await manifestOf(spec, "umem");
    expect(umem).toMatchObject({ version: "2.0.0-next.1", dependencies: { "@dezai/core": "^1.2.3" } });
  });

  test("a package keeps the range on core of its last release, so that it does not change with core", async () => {
    const release = { version: "1.0.0", date: "2026-11-27", core: "1.2.0", changes: [] };
    const spec = await specWith({
      "versions.json": '{ "core": "1.3.0", "products": { "umem": "1.0.0" } }',
      "history/umem.json": history(release),
    });
    expect(await manifestOf(spec, "umem")).toMatchObject({ dependencies: { "@dezai/core": "^1.2.0" } });
  });

  test("the history is loaded with the model, also with the products, and that of a product that is gone", async () => {
    const release = { version: "0.2.0", date: "2026-11-27", core: "0.1.0", changes: [change] };
    const files = { "history/umem.json": history(release), "history/gone.json": history(release) };
    const model = await load(await specWith(files));
    expect(model.history).toEqual({ gone: [release], umem: [release] });
    expect(model.products[0]?.history).toEqual([release]);
  });
});

describe("printed", () => {
  test("versions are sorted, and read as they were", async () => {
    const text = printVersions({ umem: "0.1.0", core: "1.0.0", "uhost-2": "2.0.0" });
    expect(text).toBe(
      '{\n  "core": "1.0.0",\n  "products": {\n    "uhost-2": "2.0.0",\n    "umem": "0.1.0"\n  }\n}\n',
    );
    const spec = await specWith({ "versions.json": text });
    expect(printVersions(await readVersions(spec, new Diagnostics()))).toBe(text);
  });

  test("a history is read as it was", async () => {
    const releases: Release[] = [
      { version: "0.2.0", date: "2026-11-27", core: "0.1.0", changes: [change] },
      { version: "0.1.0", date: "2026-11-26", core: "", changes: [] },
    ];
    const spec = await specWith({ "history/umem.json": printHistory(releases) });
    expect(await readHistory(spec, new Diagnostics())).toEqual({ umem: releases });
  });
});

test("a product may be called as what every object inherits", async () => {
  const spec = await specFolder();
  await cp(join(spec, "umem"), join(spec, "constructor"), { recursive: true });
  const out = join(await temporaryFolder(), "out");
  for (const check of [[], ["--check"]]) {
    const { code, err } = await actiongen(["generate", "--spec", spec, "--out", out, ...check]);
    expect([code, err]).toEqual([0, ""]);
  }
});

describe("problems", () => {
  test("history is a file instead of a folder", async () => {
    const spec = await specWith({ history: "" });
    const { code, err } = await actiongen(["generate", "--spec", spec, "--out", await temporaryFolder()]);
    expect([code, err]).toEqual([1, expect.stringMatching(/\/history: cannot be read: ENOTDIR/)]);
    expect(err).not.toMatch(isTrace);
  });

  test.each([
    ["[]", "1: the file must be of type object, but is of type array"],
    ['{\n "core": "1.2"\n}', '2: core must be a version such as 1.2.3, but is "1.2"'],
    ['{\n "core": "01.2.3"\n}', '2: core must be a version such as 1.2.3, but is "01.2.3"'],
    ['{\n "core": "1.2.3+a"\n}', '2: core must be a version such as 1.2.3, but is "1.2.3+a"'],
    ['{\n "cores": "1.2.3"\n}', '2: the file has the unknown key "cores" (did you mean core?)'],
    ['{\n "products": {\n  "umem": 1\n }\n}', "3: products › umem must be of type string, but is 1"],
    ['{\n "products": {\n  "../x": "1.0.0"\n }\n}', "3: products › ../x is not the name of a product"],
    ['{\n "core": "1.2.3",\n "core": "1.2.4"\n}', "3: a key appears twice in one object"],
    ['{\n "core": "1.2.3",', "2: is not JSON"],
  ])("versions.json is %j", async (text, problem) => {
    const diagnostics = new Diagnostics();
    await readVersions(await specWith({ "versions.json": text }), diagnostics);
    expect(diagnostics.list.map(({ line, message }) => `${line}: ${message}`)).toEqual([problem]);
  });

  test.each([
    [{ version: "1.0.0", changes: [] }, '3: releases › 0 lacks the required key "date"'],
    [
      { version: "1.0.0", date: "2026-02-30", changes: [] },
      '5: releases › 0 › date must be a date such as 2026-11-27, but is "2026-02-30"',
    ],
    [
      { version: "1.0.0", date: "2026-11-27", changes: [{ ...change, bump: "huge" }] },
      '13: releases › 0 › changes › 0 › bump must be "major", "minor" or "patch", but is "huge"',
    ],
  ])("history/umem.json has %j", async (release, problem) => {
    const diagnostics = new Diagnostics();
    const spec = await specWith({ "history/umem.json": history(release) });
    await readHistory(spec, diagnostics);
    expect(diagnostics.list.map(({ line, message }) => `${line}: ${message}`)).toEqual([problem]);
  });
});
