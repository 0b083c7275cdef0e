import { mkdir, readdir, readFile, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import {
  countingSource,
  download,
  expectFiles,
  failedDownload,
  randomFile,
  summary,
} from "../../support/downloads.js";
import { fileServer } from "../../support/file-server.js";
import { temporaryFolder } from "../../support/spec-folder.js";

const bytes = randomFile(300_000);

describe("the directory", () => {
  test("must be creatable before links are requested", async () => {
    const folder = await temporaryFolder();
    await writeFile(join(folder, "file"), "");
    const source = countingSource(() => []);
    const error = await failedDownload(source.request, { directory: join(folder, "file", "below") });
    expect(error.message).toBe("DescribeBackup: the directory cannot be created (ENOTDIR).");
    expect([error.failures, source.calls]).toEqual([[], 0]);
  });

  test("in which a file cannot be written fails that file without a retry", async () => {
    const server = await fileServer(({ serve }) => serve(bytes));
    const directory = await temporaryFolder();
    await mkdir(join(directory, "a.rdb.part"));
    await symlink(join(directory, "elsewhere"), join(directory, "b.rdb.part"));
    const links = ["a", "b", "c"].map((name) => `${server.origin}/${name}.rdb`);
    const error = await failedDownload(links, { directory });
    expect(error.failures.map(({ shard, reason, code }) => [shard, reason, code])).toEqual([
      [0, "disk", "EISDIR"],
      [1, "disk", "ELOOP"],
    ]);
    expect(await readFile(join(directory, "c.rdb"))).toEqual(bytes);
    expect(await readdir(directory)).not.toContain("elsewhere");
  });

  test("keeps an existing file unless `overwrite` is set", async () => {
    const server = await fileServer(({ serve }) => serve(bytes));
    const directory = await temporaryFolder();
    await writeFile(join(directory, "a.rdb"), "of another backup");
    const links = [`${server.origin}/a.rdb`];
    const error = await failedDownload(links, { directory });
    expect(summary(error)).toEqual([[0, "a.rdb", "exists"]]);
    expect(server.visits).toHaveLength(0);
    await expectFiles(directory, { "a.rdb": Buffer.from("of another backup") });
    await download(links, { directory, overwrite: true });
    await expectFiles(directory, { "a.rdb": bytes });
  });

  test("keeps a file that was created during the download", async () => {
    const directory = await temporaryFolder();
    const server = await fileServer(async ({ serve }) => {
      await writeFile(join(directory, "a.rdb"), "of another program");
      serve(bytes);
    });
    const error = await failedDownload([`${server.origin}/a.rdb`], { directory });
    expect(summary(error)).toEqual([[0, "a.rdb", "exists"]]);
    expect(await readFile(join(directory, "a.rdb"), "utf8")).toBe("of another program");
  });

  test("is not written to by two downloads at once", async () => {
    let respond = () => {};
    let onRequest = () => {};
    const requested = new Promise<void>((resolve) => {
      onRequest = resolve;
    });
    const server = await fileServer(({ serve }) => {
      respond = () => serve(bytes);
      onRequest();
    });
    const directory = await temporaryFolder();
    const links = [`${server.origin}/a.rdb`];
    const first = download(links, { directory });
    await requested;
    const error = await failedDownload(links, { directory });
    expect(summary(error)).toEqual([[0, "a.rdb", "busy"]]);
    respond();
    await first;
    await expectFiles(directory, { "a.rdb": bytes });
  });
});
