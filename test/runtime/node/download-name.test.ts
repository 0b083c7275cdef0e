import { ConfigurationError } from "@dezai/core";
import type { DownloadItem } from "@dezai/core/node";
import { expect, test } from "vitest";
import { countingSource, download, expectFiles } from "../../support/downloads.js";
import { fileServer } from "../../support/file-server.js";
import { temporaryFolder } from "../../support/spec-folder.js";

const origin = "http://files.test";

test("`fileName` names the files", async () => {
  const server = await fileServer(({ path, serve }) => serve(Buffer.from(path)));
  const directory = await temporaryFolder();
  const items: DownloadItem[] = [];
  const links = ["/0/dump.rdb", "/1/dump.rdb"].map((path) => `${server.origin}${path}?Signature=abcd`);
  const fileName = (item: DownloadItem) => {
    items.push(item);
    return `2026-11-27 备份 ${item.shard}.rdb`;
  };
  await download(links, { directory, fileName });
  expect(items).toEqual([
    { shard: 0, name: "shard-0-dump.rdb", path: "/0/dump.rdb" },
    { shard: 1, name: "shard-1-dump.rdb", path: "/1/dump.rdb" },
  ]);
  await expectFiles(directory, {
    "2026-11-27 备份 0.rdb": Buffer.from("/0/dump.rdb"),
    "2026-11-27 备份 1.rdb": Buffer.from("/1/dump.rdb"),
  });
  expect(await download(links, { directory, fileName })).toMatchObject([
    { skipped: true },
    { skipped: true },
  ]);
});

test.each<[name: unknown, problem: string]>([
  ["../a.rdb", 'which is not a file name on every system, "__a.rdb" is'],
  ["a/b.rdb", 'which is not a file name on every system, "a_b.rdb" is'],
  ["C:\\b.rdb", 'which is not a file name on every system, "C__b.rdb" is'],
  ["/etc/passwd", 'which is not a file name on every system, "_etc_passwd" is'],
  ["con", 'which is not a file name on every system, "_con" is'],
  ["NUL", 'which is not a file name on every system, "_NUL" is'],
  ["nul.rdb", 'which is not a file name on every system, "_nul.rdb" is'],
  ["LPT1 .txt", 'which is not a file name on every system, "_LPT1 .txt" is'],
  [".hidden", 'which is not a file name on every system, "_hidden" is'],
  ["a.rdb.part", 'which is not a file name on every system, "a.rdb.part_" is'],
  ["a.rdb.", 'which is not a file name on every system, "a.rdb" is'],
  ["a\0b", 'which is not a file name on every system, "a_b" is'],
  ["a".repeat(300), "which is not a file name on every system"],
  ["..", "which is not a file name on every system."],
  ["", "which is not a file name on every system."],
  [7, "which is not a string"],
  [undefined, "which is not a string"],
])("the name %j is refused before anything is downloaded", async (name, problem) => {
  let requests = 0;
  const fetch = async () => {
    requests += 1;
    return new Response("");
  };
  const fileName = () => name as string;
  const work = download([`${origin}/a.rdb`], { directory: await temporaryFolder(), fetch, fileName });
  await expect(work).rejects.toBeInstanceOf(ConfigurationError);
  await expect(work).rejects.toThrow(problem);
  expect(requests).toBe(0);
});

test("names that a file system may treat as equal are refused, all at once", async () => {
  const links = ["a", "b", "c", "d"].map((name) => `${origin}/${name}`);
  const names = ["x.rdb", "X.rdb", "_é", "_e\u0301"];
  const work = download(links, {
    directory: await temporaryFolder(),
    fileName: ({ shard }) => names[shard] as string,
  });
  await expect(work).rejects.toThrow(
    'fileName returned "X.rdb" for link 1, which is the name of an earlier file; ' +
      'fileName returned "_e\u0301" for link 3, which is the name of an earlier file. Nothing was downloaded.',
  );
});

test("an error of `fileName` is passed on", async () => {
  const mistake = new Error("a bug");
  const source = countingSource(() => [`${origin}/a.rdb`]);
  const work = download(source.request, {
    directory: await temporaryFolder(),
    fileName: () => {
      throw mistake;
    },
  });
  await expect(work).rejects.toBe(mistake);
});
