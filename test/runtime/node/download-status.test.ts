import { basename } from "node:path";
import { describe, expect, test } from "vitest";
import { download, expectFiles, failedDownload, randomFile, summary } from "../../support/downloads.js";
import { fileServer } from "../../support/file-server.js";
import { temporaryFolder } from "../../support/spec-folder.js";

const bytes = randomFile(300_000);

describe("an error status", () => {
  test.each([429, 500, 503])("%i is retried after a wait", async (status) => {
    const server = await fileServer(({ turn, response, serve }) =>
      turn < 3 ? response.writeHead(status, { "Retry-After": "7" }).end() : serve(bytes),
    );
    const waits: unknown[] = [];
    const directory = await temporaryFolder();
    await download([`${server.origin}/a.rdb`], {
      directory,
      retryDelay: (wait) => {
        waits.push(wait);
        return 0;
      },
    });
    const throttled = status !== 500;
    expect(waits).toEqual([
      { attempt: 1, throttled, retryAfter: 7000 },
      { attempt: 2, throttled, retryAfter: 7000 },
    ]);
    await expectFiles(directory, { "a.rdb": bytes });
  });

  test("of one file does not stop the others, and the error names every incomplete file", async () => {
    const server = await fileServer(({ path, response, serve }) =>
      /[13]/.test(path) ? response.writeHead(path === "/1.rdb" ? 500 : 451).end() : serve(bytes),
    );
    const directory = await temporaryFolder();
    const links = Array.from({ length: 5 }, (_, index) => `${server.origin}/${index}.rdb`);
    const error = await failedDownload(links, { directory, concurrency: 2, maxRetries: 1 });
    expect(summary(error)).toEqual([
      [1, "1.rdb", "http"],
      [3, "3.rdb", "http"],
    ]);
    expect(error.failures.map(({ status }) => status)).toEqual([500, 451]);
    expect(error.message).toContain(
      "2 of 5 files are incomplete. shard 1 (1.rdb): HTTP 500; shard 3 (3.rdb): HTTP 451.",
    );
    expect(error.files.map(({ file }) => basename(file))).toEqual(["0.rdb", "2.rdb", "4.rdb"]);
    expect(error.retryable).toBe(false);
    expect(JSON.parse(JSON.stringify(error))).toMatchObject({
      name: "DownloadError",
      action: "DescribeBackup",
    });
  });
});
