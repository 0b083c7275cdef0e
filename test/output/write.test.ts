import { mkdir, readdir, rm, symlink, utimes, writeFile } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import { describe, expect, test, vi } from "vitest";
import { InputError } from "../../scripts/diagnostic.js";
import { hashOf } from "../../scripts/incremental/hash.js";
import { manifestName } from "../../scripts/output/plan.js";
import { openStaging, stageInto, writeGenerated } from "../../scripts/output/write.js";
import { contents } from "../support/contents.js";
import { temporaryFolder } from "../support/spec-folder.js";

/** A disk that can be full: the n-th move from now on fails. */
const renames = vi.hoisted(() => ({ failAt: 0 }));
vi.mock("node:fs", async (importOriginal) => {
  const actual = await importOriginal<typeof import("node:fs")>();
  const renameSync: typeof actual.renameSync = (from, to) => {
    if (renames.failAt > 0 && --renames.failAt === 0) throw new Error("no space left");
    actual.renameSync(from, to);
  };
  return { ...actual, renameSync };
});
vi.mock("node:fs/promises", async (importOriginal) => {
  const actual = await importOriginal<typeof import("node:fs/promises")>();
  const rename: typeof actual.rename = async (from, to) => {
    if (renames.failAt > 0 && --renames.failAt === 0) throw new Error("no space left");
    return await actual.rename(from, to);
  };
  return { ...actual, rename };
});

async function put(folder: string, files: Readonly<Record<string, string>>): Promise<void> {
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
}

const files = (record: Readonly<Record<string, string>>) =>
  Object.entries(record).map(([path, content]) => ({ path, content }));
const write = (folder: string, record: Readonly<Record<string, string>>, check = false) =>
  writeGenerated(folder, files(record), { check });

/** The report of a write that has to fail, with the folder's own name left out. */
async function refusal(folder: string, record: Readonly<Record<string, string>>): Promise<string> {
  const error = await write(folder, record).then(
    () => expect.fail("nothing was refused"),
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(InputError);
  return (error as Error).message.replaceAll(relative(process.cwd(), folder), "out");
}

test("files are written, and listed in the manifest", async () => {
  const folder = join(await temporaryFolder(), "new/out");
  expect(await write(folder, { "b/c.ts": "c", "a.ts": "a" })).toEqual({
    written: [manifestName, "a.ts", "b/c.ts"],
    removed: [],
    unchanged: 0,
  });
  expect(await contents(folder)).toEqual({ "a.ts": "a", "b/c.ts": "c", [manifestName]: "a.ts\nb/c.ts\n" });
});

test("a second run changes nothing, a changed file alone is written", async () => {
  const folder = await temporaryFolder();
  await write(folder, { a: "1", b: "1" });
  expect(await write(folder, { a: "1", b: "1" })).toEqual({ written: [], removed: [], unchanged: 2 });
  expect(await write(folder, { a: "1", b: "2" })).toEqual({ written: ["b"], removed: [], unchanged: 1 });
  expect(await contents(folder)).toMatchObject({ a: "1", b: "2" });
});

test("what is no longer generated is removed, with folders that are empty then; all else stays", async () => {
  const folder = await temporaryFolder();
  await write(folder, { a: "1", "old/deep/b": "1", "shared/c": "1" });
  await put(folder, { "shared/mine": "mine", "dist/mine": "mine" });
  expect((await write(folder, { a: "1" })).removed).toEqual(["old/deep/b", "shared/c"]);
  expect(await contents(folder)).toEqual({
    a: "1",
    "shared/mine": "mine",
    "dist/mine": "mine",
    [manifestName]: "a\n",
  });
  expect((await readdir(folder)).sort()).toEqual([manifestName, "a", "dist", "shared"]);
});

test("a generated file that was edited by hand is written anew, one that is gone is written again", async () => {
  const folder = await temporaryFolder();
  await write(folder, { a: "1", b: "1" });
  await put(folder, { a: "edited" });
  await rm(join(folder, "b"));
  expect((await write(folder, { a: "1", b: "1" })).written).toEqual(["a", "b"]);
});

test("check touches nothing and says what would change", async () => {
  const folder = await temporaryFolder();
  await write(folder, { a: "1", b: "1" });
  const before = await contents(folder);
  expect(await write(folder, { a: "2", c: "1" }, true)).toEqual({
    written: [manifestName, "a", "c"],
    removed: ["b"],
    unchanged: 0,
  });
  expect(await contents(folder)).toEqual(before);
  const missing = join(folder, "none");
  expect((await write(missing, { a: "1" }, true)).written).toEqual([manifestName, "a"]);
  expect(await readdir(folder)).not.toContain("none");
});

describe("a file that was not generated is never touched, and nothing is written then", () => {
  test("not replaced", async () => {
    const folder = await temporaryFolder();
    await put(folder, { b: "mine" });
    expect(await refusal(folder, { a: "1", b: "1", c: "1" })).toBe(
      `out/b: exists, and ${manifestName} does not list it as generated\n  help: Move or delete it, or restore ${manifestName} from version control. Nothing was written.`,
    );
    expect(await contents(folder)).toEqual({ b: "mine" });
  });

  test("not taken over where it happens to hold the same", async () => {
    const folder = await temporaryFolder();
    await put(folder, { a: "1" });
    expect(await refusal(folder, { a: "1" })).toContain(
      "out/a: exists, and .actiongen-files does not list it",
    );
  });

  test("not by way of a link that leads elsewhere", async () => {
    const folder = await temporaryFolder();
    const elsewhere = await temporaryFolder();
    await put(elsewhere, { b: "mine" });
    await symlink(elsewhere, join(folder, "a"));
    expect(await refusal(folder, { "a/b": "1" })).toContain("out/a/b: stands where a generated file belongs");
    expect(await contents(elsewhere)).toEqual({ b: "mine" });
  });

  test("not by way of a manifest that names it", async () => {
    const folder = await temporaryFolder();
    await put(folder, { victim: "mine", "out/x": "1" });
    await put(join(folder, "out"), { [manifestName]: "../victim\nx\n" });
    expect(await refusal(join(folder, "out"), { x: "2" })).toContain(
      `out/${manifestName}: "../victim" is no path inside the output folder`,
    );
    expect(await contents(folder)).toMatchObject({ victim: "mine", "out/x": "1" });
  });
});

describe("what stands in the way is told, and nothing is written", () => {
  test("a folder where a file belongs", async () => {
    const folder = await temporaryFolder();
    await mkdir(join(folder, "b"));
    expect(await refusal(folder, { a: "1", b: "1" })).toContain(
      "out/b: stands where a generated file belongs",
    );
    expect(await readdir(folder)).toEqual(["b"]);
  });

  test("a file where the output folder belongs", async () => {
    const folder = await temporaryFolder();
    await put(folder, { out: "a file" });
    expect((await refusal(join(folder, "out"), { a: "1", b: "2" })).replace(/^out:/, "out/out:")).toBe(
      "out/out: is not a folder\n  help: Move it away, or choose another folder with --out. Nothing was written.",
    );
    expect(await contents(folder)).toEqual({ out: "a file" });
  });

  test.each(["../a", "/etc/a", "a/../../b", "a//b", ".", "a/\nb", "a\\b", "C:/a"])(
    "a path that leads out: %j",
    async (path) => {
      const folder = await temporaryFolder();
      expect(await refusal(folder, { ok: "1", [path]: "1" })).toContain(
        "is no path inside the output folder",
      );
      expect(await readdir(folder)).toEqual([]);
    },
  );
});

test("a run that fails half-way leaves whole files and nothing else, and the next one completes it", async () => {
  const folder = await temporaryFolder();
  await write(folder, { a: "old a", b: "old b", gone: "old" });
  await put(folder, { mine: "mine" });
  const wanted = { a: "new a", b: "new b", "c/d": "new d" };
  // The manifest is moved in first, then a; the disk is full before b.
  renames.failAt = 3;
  expect(await refusal(folder, wanted)).toMatch(
    /^out: cannot be written to: no space left\n {2}help: .*running again completes/,
  );
  const left = await contents(folder);
  expect(left).toMatchObject({ a: "new a", b: "old b", gone: "old", mine: "mine" });
  expect(Object.keys(left).sort()).toEqual([manifestName, "a", "b", "gone", "mine"].sort());

  expect(await write(folder, wanted)).toEqual({
    written: [manifestName, "b", "c/d"],
    removed: ["gone"],
    unchanged: 1,
  });
  expect(await contents(folder)).toEqual({ ...wanted, mine: "mine", [manifestName]: "a\nb\nc/d\n" });
});

test("a manifest that was lost, mixed or doubled is no reason to touch more or to fail half-way", async () => {
  const folder = await temporaryFolder();
  await write(folder, { a: "1", b: "1" });
  await put(folder, { [manifestName]: `b\r\na\r\nb\r\ngone\r\n${manifestName}\r\n` });
  expect(await write(folder, { a: "1" }, true)).toEqual({
    written: [manifestName],
    removed: ["b"],
    unchanged: 1,
  });
  expect(await write(folder, { a: "1" })).toEqual({ written: [manifestName], removed: ["b"], unchanged: 1 });
  await rm(join(folder, manifestName));
  expect(await refusal(folder, { a: "1" })).toContain(`restore ${manifestName} from version control`);
});

test("what a killed run left is removed once it is old, and another run's work is left alone", async () => {
  const folder = await temporaryFolder();
  await put(folder, {
    ".actiongen-staging-0123456789ab/0": "old",
    ".actiongen-staging-ba9876543210/0": "new",
  });
  await utimes(join(folder, ".actiongen-staging-0123456789ab"), 0, 0);
  await write(folder, { a: "1" });
  expect((await readdir(folder)).sort()).toEqual(
    [manifestName, ".actiongen-staging-ba9876543210", "a"].sort(),
  );
});

describe("text that was written aside", () => {
  const staged = (staging: string, path: string, content: string) => {
    const place = stageInto(staging)(content);
    expect(place).toBeDefined();
    return { path, hash: hashOf(content), staged: place ?? "" };
  };

  test("is moved to its place, where that has another text", async () => {
    const folder = await temporaryFolder();
    await write(folder, { a: "1", b: "1", c: "1" });
    const staging = openStaging(folder);
    const all = [staged(staging.folder, "a", "2"), staged(staging.folder, "b", "1")];
    expect(await writeGenerated(folder, [...all, { path: "c", content: "3" }], { check: false })).toEqual({
      written: ["a", "c"],
      removed: [],
      unchanged: 1,
    });
    staging.remove();
    expect(await contents(folder)).toEqual({ a: "2", b: "1", c: "3", [manifestName]: "a\nb\nc\n" });
  });

  test("leaves nothing where it is not wanted, not even the folders that were made for it", async () => {
    const folder = await temporaryFolder();
    await put(folder, { mine: "mine" });
    for (const out of ["", "new", "new/deep/out"]) {
      const staging = openStaging(join(folder, out));
      staged(staging.folder, "a", "1");
      staging.remove();
      expect(await readdir(folder)).toEqual(["mine"]);
    }
  });

  test("is kept by whoever made it where the disk refuses", async () => {
    const folder = await temporaryFolder();
    await put(folder, { file: "mine" });
    const staging = openStaging(join(folder, "file"));
    expect(stageInto(staging.folder)("1")).toBeUndefined();
    staging.remove();
    expect(await contents(folder)).toEqual({ file: "mine" });
  });
});

test("a file that was up to date and is not any more is told, not written", async () => {
  const folder = await temporaryFolder();
  await write(folder, { a: "1", b: "1" });
  const known = [
    { path: "a", hash: hashOf("other") },
    { path: "b", content: "2" },
  ];
  await expect(writeGenerated(folder, known, { check: false })).rejects.toThrow(
    "a was changed by another program; run again",
  );
  expect(await contents(folder)).toMatchObject({ a: "1", b: "1" });
});
