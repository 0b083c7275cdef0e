import { AbortError, connect, createClient, RetCodeError, TimeoutError } from "@dezai/umem";
import {
  DownloadError,
  type DownloadItem,
  downloadBackup,
  downloadRedisBackup,
  type SinkItem,
} from "@dezai/umem/node";
import { expect, test } from "vitest";
import { byRequest } from "../support/by-request.js";
import { expectFiles, randomFile } from "../support/downloads.js";
import { params } from "../support/failure.js";
import { cut, fileServer } from "../support/file-server.js";
import { expectedSignature, keys, queryOf } from "../support/signed.js";
import { temporaryFolder } from "../support/spec-folder.js";

const shards = [randomFile(150_000), randomFile(80_000)];

/** A gateway that returns links to a server which accepts only the newest ones. */
async function backup() {
  const calls: ReadonlyMap<string, string>[] = [];
  const server = await fileServer((visit) => {
    const { turn, path, request, response, serve } = visit;
    const bytes = shards[Number(path.at(-5))] as Buffer;
    if (!request.url?.endsWith(`=number-${calls.length}`)) response.writeHead(403).end();
    else if (turn === 1) cut(visit, bytes, 50_000);
    else serve(bytes);
  });
  const gateway = byRequest(async (request) => {
    const query = queryOf(request);
    calls.push(query);
    const links = shards.map(
      (_, index) => `${server.origin}/b/shard-${index}.rdb?Signature=number-${calls.length}`,
    );
    return Response.json({ RetCode: 0, Action: "", BackupURL: links, BackupPath: links[0] });
  });
  return { server, gateway, calls };
}

test("downloadBackup signs the call and downloads every linked file", async () => {
  const { gateway, calls, server } = await backup();
  const client = createClient({ credentials: keys, fetch: gateway, region: "cn-zj" });
  const directory = await temporaryFolder();
  const shown: string[] = [];
  const { Region: _, ...others } = params;
  const files = await downloadBackup(client, others, {
    directory,
    retryDelay: () => 1,
    onProgress: ({ shard, received, total }) => shown.push(`${shard}: ${received} of ${total}`),
  });
  expect(files.map(({ size }) => size)).toEqual([150_000, 80_000]);
  await expectFiles(directory, { "shard-0.rdb": shards[0] as Buffer, "shard-1.rdb": shards[1] as Buffer });
  expect(shown).toContain("1: 80000 of 80000");
  const [call = new Map()] = calls;
  expect(Object.fromEntries(call)).toMatchObject({ Action: "DescribeUMemBackupURL", ...params });
  expect(call.get("Signature")).toBe(expectedSignature(call, keys.privateKey));
  // The file server gets the link, but nothing of the key pair.
  const sent = JSON.stringify(server.visits.map(({ request }) => [request.url, request.headers]));
  expect(sent).not.toContain(keys.publicKey);
});

test("an expired link is renewed by a call with the same parameters", async () => {
  const { gateway, calls } = await backup();
  const connection = connect({ credentials: keys, fetch: gateway });
  const directory = await temporaryFolder();
  let isFirst = true;
  await downloadBackup(connection, params, {
    directory,
    concurrency: 1,
    retryDelay: () => 1,
    // Makes the first links expire during the first download.
    fetch: async (url, init) => {
      if (isFirst) calls.push(new Map());
      isFirst = false;
      return await fetch(url, init as RequestInit);
    },
  });
  const [first, , second] = calls;
  expect(second).toEqual(first);
  expect(calls).toHaveLength(3);
  await expectFiles(directory, { "shard-0.rdb": shards[0] as Buffer, "shard-1.rdb": shards[1] as Buffer });
});

test("options of the call apply, and replace location parameters", async () => {
  const { gateway, calls } = await backup();
  const client = createClient({ credentials: keys, fetch: gateway });
  const { Region: _, Zone: __, ...others } = params;
  await downloadBackup(client, others, {
    directory: await temporaryFolder(),
    region: "hk",
    zone: "hk-01",
    retryDelay: () => 1,
  });
  expect(calls[0]?.get("Region")).toBe("hk");
  const work = downloadBackup(client, others, { directory: await temporaryFolder() });
  await expect(work).rejects.toThrow("Region is required");
});

test("a single link is downloaded", async () => {
  const { gateway } = await backup();
  const client = createClient({ credentials: keys, fetch: gateway });
  const directory = await temporaryFolder();
  const redisParams = { Region: "cn-zj", BackupId: "b" };
  const [file] = await downloadRedisBackup(client, redisParams, { directory, retryDelay: () => 1 });
  expect(file?.size).toBe(150_000);
});

test("a response without links is an error, not an empty result", async () => {
  const fetch = async () => Response.json({ RetCode: 0, Action: "" });
  const client = createClient({ credentials: keys, fetch });
  const error = await downloadBackup(client, params, { directory: await temporaryFolder() }).catch(
    (thrown) => thrown,
  );
  expect(error).toBeInstanceOf(DownloadError);
  expect(error.message).toBe(
    "DescribeUMemBackupURL: the response contains no links. Nothing was downloaded.",
  );
});

test("a failed call rejects with the error of the call", async () => {
  const fetch = async () => Response.json({ RetCode: 230, Message: "no such backup" });
  const client = createClient({ credentials: keys, fetch });
  const directory = await temporaryFolder();
  await expect(downloadBackup(client, params, { directory })).rejects.toBeInstanceOf(RetCodeError);
});

test("a failed call for fresh links is the failure of the file", async () => {
  const server = await fileServer(({ response }) => response.writeHead(403).end());
  let calls = 0;
  const fetch = async () => {
    calls += 1;
    return calls === 1
      ? Response.json({ RetCode: 0, Action: "", BackupURL: [`${server.origin}/a.rdb`] })
      : Response.json({ RetCode: 230, Message: "no such backup" });
  };
  const client = createClient({ credentials: keys, fetch });
  const error = await downloadBackup(client, params, { directory: await temporaryFolder() }).catch(
    (thrown) => thrown,
  );
  expect(error).toBeInstanceOf(DownloadError);
  expect(error.failures).toMatchObject([{ shard: 0, reason: "call" }]);
  expect(error.message).toContain("no such backup");
  expect(error.cause).toBeInstanceOf(RetCodeError);
});

test("`timeout` and `headers` apply to the call for links, not to the files", async () => {
  const server = await fileServer(({ serve }) => setTimeout(() => serve(shards[0] as Buffer), 300));
  let isSlow = false;
  const sent: unknown[] = [];
  const client = createClient({
    credentials: keys,
    fetch: async (_, { headers }) => {
      sent.push(headers);
      if (isSlow) await new Promise(() => {});
      return Response.json({ RetCode: 0, Action: "", BackupURL: [`${server.origin}/a.rdb`] });
    },
  });
  const options = { directory: await temporaryFolder(), timeout: 100, headers: { "X-Trace": "7" } };
  expect(await downloadBackup(client, params, options)).toHaveLength(1);
  expect(sent).toMatchObject([{ "x-trace": "7" }]);
  expect(server.visits[0]?.request.headers["x-trace"]).toBeUndefined();
  isSlow = true;
  await expect(downloadBackup(client, params, options)).rejects.toBeInstanceOf(TimeoutError);
});

test("files go to a sink instead of a directory, under the names of `fileName`", async () => {
  const { gateway } = await backup();
  const client = createClient({ credentials: keys, fetch: gateway });
  const sizes = new Map<string, number>();
  const sink = ({ name }: SinkItem) =>
    new WritableStream<Uint8Array>({
      write: (chunk) => void sizes.set(name, (sizes.get(name) ?? 0) + chunk.length),
    });
  const fileName = ({ shard }: DownloadItem) => `redis-${shard}.rdb`;
  await downloadBackup(client, params, { sink, fileName, retryDelay: () => 1 });
  expect(Object.fromEntries(sizes)).toEqual({ "redis-0.rdb": 150_000, "redis-1.rdb": 80_000 });
});

test("a signal aborts the call for links", async () => {
  const fetch = () => new Promise<never>(() => {});
  const client = createClient({ credentials: keys, fetch });
  const work = downloadBackup(client, params, {
    directory: await temporaryFolder(),
    signal: AbortSignal.timeout(50),
  });
  await expect(work).rejects.toBeInstanceOf(AbortError);
});

test("a misspelled option does not compile", async () => {
  const client = createClient({ credentials: keys });
  const wrong = () =>
    // @ts-expect-error: the option is `concurrency`.
    downloadBackup(client, params, { directory: "d", concurency: 2 });
  const missing = () =>
    // @ts-expect-error: the directory is missing.
    downloadBackup(client, params, {});
  const both = () =>
    // @ts-expect-error: the bytes go to a directory or to a sink.
    downloadBackup(client, params, { directory: "d", sink: () => new WritableStream() });
  await expect(both()).rejects.toThrow("omit them, or the sink");
  await expect(missing()).rejects.toThrow("directory must be a non-empty path");
  expect(wrong).toBeTypeOf("function");
});
