import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { createClient } from "@dezai/umem";
import { downloadBackup } from "@dezai/umem/node";
import { describe, expect, test } from "vitest";
import { load } from "../../scripts/load.js";
import { actionNamed, startMockOf } from "../support/mock.js";
import { api } from "../support/seed-action.js";
import { temporaryFolder } from "../support/spec-folder.js";

const params = { SpaceId: "space", BackupId: "backup" };

async function clientOf(baseUrl: string) {
  const { exampleCredentials: credentials } = api.brand;
  return createClient({ credentials, baseUrl, region: "cn-zj", zone: "cn-zj-01" });
}

async function contentOf(url: string): Promise<Buffer> {
  return Buffer.from(await (await fetch(url)).arrayBuffer());
}

test("the links of a response lead to files of the mock, which the generated client downloads", async () => {
  const { baseUrl, log } = await startMockOf(api);
  const directory = await temporaryFolder();
  const files = await downloadBackup(await clientOf(baseUrl), params, { directory });
  expect(files.length).toBeGreaterThan(0);
  for (const { file, size } of files) {
    const bytes = await readFile(file);
    expect(bytes).toHaveLength(size);
    expect(bytes.toString()).toContain(basename(file));
  }
  expect(log).toContain("GET download: HTTP 200");
});

test("a download that was interrupted is resumed", async () => {
  const { baseUrl, log } = await startMockOf(api);
  const directory = await temporaryFolder();
  const client = await clientOf(baseUrl);
  const controller = new AbortController();
  const onProgress = ({ received }: { received: number }) => received > 0 && controller.abort();
  const stop = { directory, signal: controller.signal, onProgress };
  await expect(downloadBackup(client, params, stop)).rejects.toThrow(/abort/i);
  const files = await downloadBackup(client, params, { directory });
  for (const { file } of files) {
    const whole = await contentOf(`${baseUrl}downloads/DescribeUMemBackupURL/${basename(file)}`);
    expect((await readFile(file)).equals(whole)).toBe(true);
  }
  expect(log).toContain("GET download: HTTP 206");
});

test("every link of a page is another one", async () => {
  const paged = await load("test/golden/paging/spec");
  const { call, baseUrl } = await startMockOf(paged);
  const { Images } = await call(actionNamed(paged, "ListDisks"), { Region: "eu-1" });
  expect(Images).toEqual([1, 2].map((number) => `${baseUrl}downloads/ListDisks/Images-${number}`));
});

describe("a file of the mock", () => {
  test.each<[headers: Record<string, string>, status: number, length: number, range: string | null]>([
    [{}, 200, 262_144, null],
    [{ Range: "bytes=0-0" }, 206, 1, "bytes 0-0/262144"],
    [{ Range: "bytes=262000-" }, 206, 144, "bytes 262000-262143/262144"],
    [{ Range: "bytes=262000-999999" }, 206, 144, "bytes 262000-262143/262144"],
    [{ Range: "bytes=-36" }, 206, 36, "bytes 262108-262143/262144"],
    [{ Range: "bytes=262144-" }, 416, 0, "bytes */262144"],
    [{ Range: "bytes=-0" }, 416, 0, "bytes */262144"],
    [{ Range: "bytes=9-3" }, 200, 262_144, null],
    [{ Range: "bytes=0-1,5-6" }, 200, 262_144, null],
    [{ Range: "bytes=5-", "If-Range": '"another"' }, 200, 262_144, null],
  ])("responds to a request with %j with %i", async (headers, status, length, range) => {
    const { baseUrl } = await startMockOf(api);
    const whole = await contentOf(`${baseUrl}downloads/a/b`);
    const response = await fetch(`${baseUrl}downloads/a/b`, { headers });
    const [start] = /\d+/.exec(range?.replace("*", "0") ?? "0") ?? ["0"];
    const part = Buffer.from(await response.arrayBuffer());
    expect(part.equals(whole.subarray(+start, +start + length))).toBe(true);
    expect([response.status, response.headers.get("Content-Range")]).toEqual([status, range]);
    expect(response.headers.get("Content-Length")).toBe(`${length}`);
  });

  test("has an entity tag of its own, which confirms a range of it", async () => {
    const { baseUrl } = await startMockOf(api);
    const [one, two] = await Promise.all(
      ["one", "two"].map((name) => fetch(`${baseUrl}downloads/a/${name}`, { method: "HEAD" })),
    );
    const etag = one?.headers.get("ETag") ?? "";
    expect(etag).toMatch(/^"[0-9a-f]{32}"$/);
    expect(two?.headers.get("ETag")).not.toBe(etag);
    const headers = { Range: "bytes=5-", "If-Range": etag };
    expect((await fetch(`${baseUrl}downloads/a/one`, { headers })).status).toBe(206);
  });
});
