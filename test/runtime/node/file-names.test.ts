import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { fileNames, nameProblem } from "../../../templates/runtime/node/file-names.js";
import { download, expectFiles } from "../../support/downloads.js";
import { fileServer } from "../../support/file-server.js";
import { temporaryFolder } from "../../support/spec-folder.js";

test.each<[path: string, name: string]>([
  ["/backup/shard-0.rdb", "shard-0.rdb"],
  ["/%E5%A4%87%E4%BB%BD.rdb", "备份.rdb"],
  ["/a%20b.rdb", "a b.rdb"],
  ["/", "shard-0"],
  ["/folder/", "shard-0"],
  ["/..%2F..%2Fetc%2Fpasswd", "__.._etc_passwd"],
  ["/..%5C..%5Cwindows%5Cwin.ini", "__.._windows_win.ini"],
  ["/%2e%2e", "shard-0"],
  ["/...", "shard-0"],
  ["/%2Fetc%2Fshadow", "_etc_shadow"],
  ["/C:%5Cboot.ini", "C__boot.ini"],
  ["/.bashrc", "_bashrc"],
  ["/-rf", "_rf"],
  ["/a%00b.rdb", "a_b.rdb"],
  ["/a%0Ab.rdb", "a_b.rdb"],
  ["/txt.%E2%80%AEbdr", "txt._bdr"],
  ["/CON", "_CON"],
  ["/nul.rdb", "_nul.rdb"],
  ["/com1.tar.gz", "_com1.tar.gz"],
  ["/console.rdb", "console.rdb"],
  ["/dots...", "dots"],
  ["/blank%20", "blank"],
  ["/a.rdb.part", "a.rdb.part_"],
  ["/a.rdb.PART", "a.rdb.PART_"],
  ["/broken%E0%A4.rdb", "broken%E0%A4.rdb"],
  ["/what%3F.rdb", "what_.rdb"],
])("the file of the path %s is named %s", (path, name) => {
  expect(fileNames([path])).toEqual([name]);
});

test("a long name is cut before its extension and keeps a hash of what is cut", () => {
  const long = "备".repeat(200);
  const [one = "", other = ""] = fileNames([`/${long}1.rdb`, `/${long}2.rdb`]);
  expect(Buffer.byteLength(one)).toBeLessThanOrEqual(200);
  expect(one).toMatch(/^备+~[0-9a-f]{8}\.rdb$/);
  expect(one).not.toBe(other);
});

test.each<[what: string, paths: string[], names: string[]]>([
  [
    "the same name",
    ["/0/dump.rdb", "/1/dump.rdb", "/x.rdb"],
    ["shard-0-dump.rdb", "shard-1-dump.rdb", "x.rdb"],
  ],
  ["names that differ only in case", ["/A.rdb", "/a.rdb"], ["shard-0-A.rdb", "shard-1-a.rdb"]],
  ["names that differ only in Unicode form", ["/e%CC%81", "/%C3%A9"], ["shard-0-é", "shard-1-é"]],
  [
    "names equal to a disambiguated one",
    ["/0/a", "/1/a", "/shard-1-a"],
    ["shard-0-a", "shard-1-shard-1-a", "shard-2-shard-1-a"],
  ],
])("%s are disambiguated by the index of the link", (_, paths, names) => {
  expect(fileNames(paths)).toEqual(names);
});

test("every name is a single file in the directory and unique, for any links", async () => {
  const piece = fc.oneof(
    fc.constantFrom("..", "/", "\\", "%2f", "%2E", "%00", "CON", ".", " ", ".part", ".json", "a", "A", ":"),
    fc.string({ unit: "binary", maxLength: 4 }),
  );
  const path = fc.array(piece, { maxLength: 8 }).map((pieces) => {
    const url = `http://files.test/${pieces.join("")}`;
    return URL.canParse(url) ? new URL(url).pathname : "/";
  });
  await fc.assert(
    fc.asyncProperty(fc.array(path, { minLength: 1, maxLength: 6 }), async (paths) => {
      const names = fileNames(paths);
      expect(names.map((name, shard) => nameProblem(name, names.slice(0, shard)))).toEqual(
        names.map(() => undefined),
      );
      const folder = await mkdtemp(join(tmpdir(), "actiongen-test-"));
      try {
        for (const name of names) {
          expect(name).not.toMatch(/[/\\\0]|^\.|\.part$/i);
          await writeFile(join(folder, name), name, { flag: "wx" });
          await writeFile(join(folder, `${name}.part`), name, { flag: "wx" });
        }
        expect(await readdir(folder)).toHaveLength(2 * paths.length);
      } finally {
        await rm(folder, { recursive: true });
      }
    }),
    { numRuns: 100 },
  );
});

test("files of links with hostile names stay in the directory", async () => {
  const server = await fileServer(({ request, serve }) => serve(Buffer.from(request.url ?? "")));
  const folder = await temporaryFolder();
  const paths = ["/..%2F..%2Foutside", "/x/dump.rdb", "/y/dump.rdb", "/nul"];
  const directory = join(folder, "inside");
  await download(
    paths.map((path) => server.origin + path),
    { directory },
  );
  expect(await readdir(folder)).toEqual(["inside"]);
  await expectFiles(directory, {
    "__.._outside": Buffer.from("/..%2F..%2Foutside"),
    "shard-1-dump.rdb": Buffer.from("/x/dump.rdb"),
    "shard-2-dump.rdb": Buffer.from("/y/dump.rdb"),
    _nul: Buffer.from("/nul"),
  });
});
