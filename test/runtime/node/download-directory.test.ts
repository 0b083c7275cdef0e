import { lstat, mkdir, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
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
import { cut, fileServer } from "../../support/file-server.js";
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
    const links = ["a", "b"].map((name) => `${server.origin}/${name}.rdb`);
    const error = await failedDownload(links, { directory });
    expect(error.failures).toMatchObject([{ shard: 0, reason: "disk", code: "EISDIR" }]);
    expect(server.visits.filter(({ path }) => path === "/a.rdb")).toHaveLength(1);
    expect(bytes.equals(await readFile(join(directory, "b.rdb")))).toBe(true);
  });

  test.each(["a.rdb.part", ".a.rdb.download.json", "a.rdb"])(
    "in which %s is a symbolic link is left without writing through it",
    async (name) => {
      const server = await fileServer((visit) =>
        visit.turn === 1 ? cut(visit, bytes, 1000) : visit.serve(bytes),
      );
      const folder = await temporaryFolder();
      const victim = join(folder, "victim");
      await writeFile(victim, "precious");
      const directory = join(folder, "backup");
      await mkdir(directory);
      await symlink(victim, join(directory, name));
      const links = [`${server.origin}/a.rdb`];
      if (name === "a.rdb")
        expect(summary(await failedDownload(links, { directory }))[0]?.[2]).toBe("exists");
      await download(links, { directory, existing: "replace" });
      expect(await readFile(victim, "utf8")).toBe("precious");
      await expectFiles(directory, { "a.rdb": bytes });
      expect((await lstat(join(directory, "a.rdb"))).isFile()).toBe(true);
    },
  );

  test("in which a symbolic link has replaced the partial file of an earlier download starts over", async () => {
    const server = await fileServer((visit) =>
      visit.turn === 1 ? cut(visit, bytes, 1000) : visit.serve(bytes),
    );
    const folder = await temporaryFolder();
    const victim = join(folder, "victim");
    await writeFile(victim, "precious");
    const directory = join(folder, "backup");
    const links = [`${server.origin}/a.rdb`];
    await failedDownload(links, { directory, maxRetries: 0 });
    await rm(join(directory, "a.rdb.part"));
    await symlink(victim, join(directory, "a.rdb.part"));
    await download(links, { directory });
    expect(server.visits.at(-1)?.range).toBeUndefined();
    expect(await readFile(victim, "utf8")).toBe("precious");
    await expectFiles(directory, { "a.rdb": bytes });
  });

  test("in which a download fails keeps no empty file", async () => {
    const server = await fileServer((visit) => {
      if (visit.path === "/a.rdb") visit.response.writeHead(451).end();
      else if (visit.path === "/b.rdb") {
        const headers = { "Content-Length": 10, "Content-Type": "application/octet-stream", ETag: '"one"' };
        visit.response.writeHead(200, headers).flushHeaders();
        setTimeout(() => visit.response.destroy(), 50);
      }
    });
    const directory = await temporaryFolder();
    const links = ["a", "b", "c"].map((name) => `${server.origin}/${name}.rdb`);
    const error = await failedDownload(links, { directory, stallTimeout: 200, maxRetries: 1 });
    expect(error.failures.map(({ reason }) => reason)).toEqual(["http", "network", "stalled"]);
    expect(await readdir(directory)).toEqual([]);
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
