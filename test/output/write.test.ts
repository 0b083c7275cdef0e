import { execFileSync } from "node:child_process";
import { mkdir, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import { describe, expect, test, vi } from "vitest";
import { InputError } from "../../scripts/diagnostic.js";
import { checkFinished, finishChanges } from "../../scripts/output/journal.js";
import { manifestName, outputHash } from "../../scripts/output/manifest.js";
import { writeGenerated } from "../../scripts/output/write.js";
import { contents } from "../support/contents.js";
import { temporaryFolder } from "../support/spec-folder.js";

/** Makes the n-th move from now on fail, as on a full disk. */
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

const write = (folder: string, record: Readonly<Record<string, string>>, check = false) => {
  const files = Object.entries(record).map(([path, content]) => ({ path, content }));
  const shared = { input: "", output: outputHash(files), files };
  return writeGenerated(
    folder,
    { specification: "../spec", products: {}, shared, upToDate: {} },
    { check, allowRemoving: false },
  );
};

/** The files that a manifest in the folder lists. */
async function listed(folder: string): Promise<string[]> {
  return JSON.parse(await readFile(join(folder, manifestName), "utf8")).shared.files;
}

/** Writes a manifest that lists files. */
async function putManifest(folder: string, files: readonly string[]): Promise<void> {
  const shared = { input: "", output: "", files };
  await put(folder, { [manifestName]: JSON.stringify({ products: {}, shared }) });
}

/** The contents of a folder without its manifest. */
async function filesIn(folder: string): Promise<Record<string, string>> {
  const { [manifestName]: _, ...files } = await contents(folder);
  return files;
}

/** The message of a write that has to fail, with the folder's own name left out. */
async function rejection(folder: string, record: Readonly<Record<string, string>>): Promise<string> {
  const error = await write(folder, record).then(
    () => expect.fail("nothing was rejected"),
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(InputError);
  return (error as Error).message.replaceAll(relative(process.cwd(), folder), "out");
}

test("writes files and lists them in the manifest", async () => {
  const folder = join(await temporaryFolder(), "new/out");
  expect(await write(folder, { "b/c.ts": "c", "a.ts": "a" })).toEqual({
    written: [manifestName, "a.ts", "b/c.ts"],
    removed: [],
    unchanged: 0,
  });
  expect(await filesIn(folder)).toEqual({ "a.ts": "a", "b/c.ts": "c" });
  expect(await listed(folder)).toEqual(["a.ts", "b/c.ts"]);
});

test("a second run changes nothing, and only a changed file is written", async () => {
  const folder = await temporaryFolder();
  await write(folder, { a: "1", b: "1" });
  expect(await write(folder, { a: "1", b: "1" })).toEqual({ written: [], removed: [], unchanged: 2 });
  expect(await write(folder, { a: "1", b: "2" })).toEqual({ written: ["b"], removed: [], unchanged: 1 });
  expect(await contents(folder)).toMatchObject({ a: "1", b: "2" });
});

test("removes what is no longer generated, with folders that become empty, and nothing else", async () => {
  const folder = await temporaryFolder();
  await write(folder, { a: "1", "old/deep/b": "1", "shared/c": "1" });
  await put(folder, { "shared/mine": "mine", "dist/mine": "mine" });
  expect((await write(folder, { a: "1" })).removed).toEqual(["old/deep/b", "shared/c"]);
  expect(await filesIn(folder)).toEqual({ a: "1", "shared/mine": "mine", "dist/mine": "mine" });
  expect(await listed(folder)).toEqual(["a"]);
  expect((await readdir(folder)).sort()).toEqual([manifestName, "a", "dist", "shared"]);
});

test("restores generated files that were edited or deleted", async () => {
  const folder = await temporaryFolder();
  await write(folder, { a: "1", b: "1" });
  await put(folder, { a: "edited" });
  await rm(join(folder, "b"));
  expect((await write(folder, { a: "1", b: "1" })).written).toEqual(["a", "b"]);
});

test("check touches nothing and reports what would change", async () => {
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
    expect(await rejection(folder, { a: "1", b: "1", c: "1" })).toBe(
      `out/b: exists, and ${manifestName} does not list it as generated\n  help: Move or delete it, or restore ${manifestName} from version control. Nothing was written.`,
    );
    expect(await contents(folder)).toEqual({ b: "mine" });
  });

  test("not adopted if it happens to have the same content", async () => {
    const folder = await temporaryFolder();
    await put(folder, { a: "1" });
    expect(await rejection(folder, { a: "1" })).toContain(
      `out/a: exists, and ${manifestName} does not list it`,
    );
  });

  test("not through a symbolic link", async () => {
    const folder = await temporaryFolder();
    const elsewhere = await temporaryFolder();
    await put(elsewhere, { b: "mine" });
    await symlink(elsewhere, join(folder, "a"));
    expect(await rejection(folder, { "a/b": "1" })).toContain("out/a/b: has the path of a generated file");
    expect(await contents(elsewhere)).toEqual({ b: "mine" });
  });

  test("not through a manifest that lists it", async () => {
    const folder = await temporaryFolder();
    await put(folder, { victim: "mine", "out/x": "1" });
    await putManifest(join(folder, "out"), ["../victim", "x"]);
    expect(await rejection(join(folder, "out"), { x: "2" })).toContain(
      `out/${manifestName}: "../victim" is not a path inside the output folder`,
    );
    expect(await contents(folder)).toMatchObject({ victim: "mine", "out/x": "1" });
  });
});

describe("a conflict is reported, and nothing is written", () => {
  test("a folder with the path of a file", async () => {
    const folder = await temporaryFolder();
    await mkdir(join(folder, "b"));
    expect(await rejection(folder, { a: "1", b: "1" })).toContain("out/b: has the path of a generated file");
    expect(await readdir(folder)).toEqual(["b"]);
  });

  test.skipIf(process.platform === "win32")("a named pipe with the path of a file", async () => {
    const folder = await temporaryFolder();
    execFileSync("mkfifo", [join(folder, "b")]);
    expect(await rejection(folder, { b: "" })).toContain(
      "out/b: has the path of a generated file, and it is not a regular file",
    );
  });

  test("a file with the path of the output folder", async () => {
    const folder = await temporaryFolder();
    await put(folder, { out: "a file" });
    expect((await rejection(join(folder, "out"), { a: "1", b: "2" })).replace(/^out:/, "out/out:")).toBe(
      "out/out: is not a folder\n  help: Move it away, or choose another folder with --out. Nothing was written.",
    );
    expect(await contents(folder)).toEqual({ out: "a file" });
  });

  test.each(["../a", "/etc/a", "a/../../b", "a//b", ".", "a/\nb", "a\\b", "C:/a"])(
    "a path outside the folder: %j",
    async (path) => {
      const folder = await temporaryFolder();
      expect(await rejection(folder, { ok: "1", [path]: "1" })).toContain(
        "is not a path inside the output folder",
      );
      expect(await readdir(folder)).toEqual([]);
    },
  );
});

test("a run that fails leaves complete files and its journal, and the next one finishes it", async () => {
  const folder = await temporaryFolder();
  await write(folder, { a: "old a", b: "old b", gone: "old" });
  await put(folder, { mine: "mine" });
  const wanted = { a: "new a", b: "new b", "c/d": "new d" };
  // The journal and the manifest are moved first, then a; the disk is full before b.
  renames.failAt = 4;
  expect(await rejection(folder, wanted)).toMatch(
    /^out: cannot be written to: no space left\n {2}help: .*running again finishes the changes/,
  );
  expect(await filesIn(folder)).toMatchObject({ a: "new a", b: "old b", gone: "old", mine: "mine" });
  expect(() => checkFinished(folder)).toThrow("contains a part of the changes of a run that was interrupted");

  await finishChanges(folder);
  expect(await filesIn(folder)).toEqual({ ...wanted, mine: "mine" });
  expect(await listed(folder)).toEqual(["a", "b", "c/d"]);
  expect(await write(folder, wanted)).toEqual({ written: [], removed: [], unchanged: 3 });
});

test("a run that fails before it has written everything changes nothing", async () => {
  const folder = await temporaryFolder();
  await write(folder, { a: "old a" });
  renames.failAt = 1;
  await rejection(folder, { a: "new a" });
  expect(await filesIn(folder)).toEqual({ a: "old a" });
  expect(() => checkFinished(folder)).not.toThrow();
});

test("runs at the same time write one after the other", async () => {
  const folder = await temporaryFolder();
  const outputs = ["1", "2", "3"].map((value) => ({ a: value, b: value, [value]: value }));
  await Promise.all(outputs.map((output) => write(folder, output)));
  expect(outputs).toContainEqual(await filesIn(folder));
});

test.each([
  [
    "with a journal is finished",
    { journal: '{"files":["a"],"removed":["b"],"last":"c"}' },
    { a: "0", c: "1" },
  ],
  ["without a journal is removed", {}, { a: "old", b: "old" }],
])("what a killed run left %s", async (_, files, expected) => {
  const folder = await temporaryFolder();
  await put(folder, { a: "old", b: "old" });
  // No process has the largest ID.
  await put(join(folder, ".actiongen-staging"), { 0: "0", 1: "1", "owner-4194304-a": "", ...files });
  await finishChanges(folder);
  expect(await filesIn(folder)).toEqual(expected);
});

test.each(["", "null", '{"files":[1],"removed":[],"last":"c"}'])(
  "a journal that a power failure has left is reported, with what to delete: %s",
  async (journal) => {
    const folder = await temporaryFolder();
    const staging = join(folder, ".actiongen-staging");
    await put(staging, { "owner-4194304-a": "", journal });
    await expect(finishChanges(folder)).rejects.toThrow(
      /cannot be written to: its journal (?:is not JSON|lists no files)\n {2}help: Delete .*\.actiongen-staging/,
    );
    await rm(staging, { recursive: true });
    await finishChanges(folder);
  },
);

test("a journal that names a file outside the folder is reported", async () => {
  const folder = await temporaryFolder();
  const journal = '{"files":[],"removed":["../a"],"last":"c"}';
  await put(join(folder, ".actiongen-staging"), { "owner-4194304-a": "", journal });
  await expect(finishChanges(folder)).rejects.toThrow('cannot be written to: its journal names "../a"');
});

describe("a manifest", () => {
  test("that lists missing files, itself, or a file twice is corrected", async () => {
    const folder = await temporaryFolder();
    await write(folder, { a: "1", b: "1" });
    await putManifest(folder, ["b", "a", "b", "gone"]);
    expect(await write(folder, { a: "1" }, true)).toEqual({
      written: [manifestName],
      removed: ["b"],
      unchanged: 1,
    });
    expect(await write(folder, { a: "1" })).toEqual({
      written: [manifestName],
      removed: ["b"],
      unchanged: 1,
    });
    expect(await listed(folder)).toEqual(["a"]);
  });

  test.each(["", "a\nb\n", "null", "{}", '{"products":{},"shared":{"files":"a"}}'])(
    "that cannot be read is reported, and nothing is written: %j",
    async (text) => {
      const folder = await temporaryFolder();
      await write(folder, { a: "1" });
      await put(folder, { [manifestName]: text });
      expect(await rejection(folder, { a: "2" })).toContain(`out/${manifestName}: is not a manifest`);
      expect(await filesIn(folder)).toEqual({ a: "1" });
    },
  );

  test("that was deleted makes every file one that was not generated", async () => {
    const folder = await temporaryFolder();
    await write(folder, { a: "1" });
    await rm(join(folder, manifestName));
    expect(await rejection(folder, { a: "1" })).toContain(`restore ${manifestName} from version control`);
  });

  test("that was deleted is reported once, however many files it listed", async () => {
    const folder = await temporaryFolder();
    const many = Object.fromEntries(Array.from({ length: 12 }, (_, index) => [`f${10 + index}`, "1"]));
    await write(folder, many);
    await rm(join(folder, manifestName));
    expect(await rejection(folder, many)).toBe(
      `out/f10: exists, like 11 other files, and ${manifestName} does not list it as generated\n  help: Move or delete it, or restore ${manifestName} from version control. Nothing was written.`,
    );
  });
});
