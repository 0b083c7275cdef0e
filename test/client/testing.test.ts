import { readFile } from "node:fs/promises";
import {
  createClient,
  describeUMemBackup,
  describeUMemBackupOperation,
  describeUMemBackupURLOperation,
  describeUMemSpaceOperation,
  NetworkError,
  RetCodeError,
} from "@dezai/umem";
import {
  createFakeGateway,
  delayed,
  fail,
  fromRecording,
  httpResponse,
  networkError,
  testCredentials,
  throttled,
} from "@dezai/umem/testing";
import { describeUMemBackupExample } from "@dezai/umem/testing/DescribeUMemBackup";
import { describe, expect, test } from "vitest";
import { params } from "../support/failure.js";

const links = { BackupURL: ["https://backup.example.com/0"] };

describe("a fake gateway", () => {
  test("responds with values, and records its calls", async () => {
    const gateway = createFakeGateway().on(describeUMemBackupURLOperation, links);
    const client = createClient({ fetch: gateway.fetch, credentials: testCredentials });
    const { data, requestId } = await client.describeUMemBackupURL(params).withResponse();
    expect(data).toEqual({ RetCode: 0, Action: "DescribeUMemBackupURLResponse", ...links });
    expect(requestId).toBe("fake-1");
    expect(gateway.calls).toEqual([
      {
        action: "DescribeUMemBackupURL",
        params,
        parameters: params,
        method: "GET",
        headers: { "user-agent": expect.any(String) },
        attempt: 1,
        retCode: 0,
      },
    ]);
    expect(JSON.stringify(gateway.calls)).not.toMatch(/Signature|PublicKey|key-for-tests/);
    gateway.verify();
  });

  test("responds with functions of the typed parameters", async () => {
    const gateway = createFakeGateway().on(describeUMemBackupOperation, async ({ Offset = 0, Limit = 2 }) => {
      const names = ["a", "b", "c"].slice(Offset, Offset + Limit);
      const DataSet = names.map((BackupId) => ({
        BackupId,
        BackupName: BackupId,
        BackupType: "auto",
        BlockCount: 1,
        CreateTime: 1,
        State: "Done",
      }));
      return { DataSet, TotalCount: 3 };
    });
    const client = createClient(gateway.clientOptions);
    const found: string[] = [];
    for await (const { BackupId } of client.describeUMemBackup({ ...params, Limit: 2 })) found.push(BackupId);
    expect(found).toEqual(["a", "b", "c"]);
    expect(gateway.callsOf(describeUMemBackupOperation).map((call) => call.params.Offset)).toEqual([
      undefined,
      2,
    ]);
  });

  test("accepts a form", async () => {
    const gateway = createFakeGateway().on(describeUMemBackupURLOperation, links);
    const call = { ...params, BackupId: "ü & = +" };
    await createClient({ ...gateway.clientOptions, method: "POST" }).describeUMemBackupURL(call);
    expect(gateway.calls).toMatchObject([{ method: "POST", params: call }]);
  });

  test("accepts a value that an enumeration of the specification does not list", async () => {
    const gateway = createFakeGateway().on(describeUMemSpaceOperation, { DataSet: [] });
    await createClient(gateway.clientOptions).describeUMemSpace({ Region: "r", Protocol: "valkey" });
    expect(gateway.calls).toMatchObject([{ params: { Protocol: "valkey" } }]);
  });

  test("responds with the documented example", async () => {
    const gateway = createFakeGateway().onExample(describeUMemBackupExample);
    const body = await describeUMemBackup(
      createClient(gateway.clientOptions),
      describeUMemBackupExample.params,
    );
    expect(body).toEqual(describeUMemBackupExample.response);
  });

  test("responds from a recording of the same call", async () => {
    const file = "test/recordings/umem/DescribeUMemBackupURL.success-one-shard.har";
    const archive = JSON.parse(await readFile(file, "utf8"));
    const gateway = createFakeGateway().on(describeUMemBackupURLOperation, fromRecording(archive));
    const client = createClient(gateway.clientOptions);
    const query = new URL(archive.log.entries[0].request.url).searchParams;
    const recorded = Object.fromEntries(
      [...query].filter(([name]) => !/^(Action|PublicKey|Signature)$/.test(name)),
    );
    expect(await client.describeUMemBackupURL(recorded as typeof params)).toEqual(
      JSON.parse(archive.log.entries[0].response.content.text),
    );
    await expect(client.describeUMemBackupURL(params)).rejects.toThrow(
      /was recorded with \{.*\}, and is called with \{"BackupId":"backup"/,
    );
    expect(() => gateway.verify()).toThrow(/was recorded with/);

    gateway.on(describeUMemBackupURLOperation, fromRecording(archive, { match: "action" }));
    expect((await client.describeUMemBackupURL(params)).BackupURL).toHaveLength(1);
  });
});

test("responds with the closest of several recordings", async () => {
  const archives = await Promise.all(
    ["success-all-shards", "success-one-shard", "error-153-throttled"].map(async (name) =>
      JSON.parse(await readFile(`test/recordings/umem/DescribeUMemBackupURL.${name}.har`, "utf8")),
    ),
  );
  const gateway = createFakeGateway().on(
    describeUMemBackupURLOperation,
    fromRecording(archives, { match: "closest" }),
  );
  const client = createClient({ ...gateway.clientOptions, maxRetries: 0 });
  expect((await client.describeUMemBackupURL(params)).BackupURL).toHaveLength(3);
  expect(
    (await client.describeUMemBackupURL({ ...params, ProjectId: "p", BlockId: "b" })).BackupURL,
  ).toHaveLength(1);
  const throttled = client.describeUMemBackupURL({ ...params, SpaceId: "space-throttled" });
  await expect(throttled).rejects.toMatchObject({ retCode: 153 });
});

test("a recording without a response is a network error", async () => {
  const request = { method: "GET", url: "https://api.example.com/?Action=DescribeUMemBackupURL" };
  const archive = { log: { entries: [{ request, response: { status: 0, headers: [], content: {} } }] } };
  const gateway = createFakeGateway().on(
    describeUMemBackupURLOperation,
    fromRecording(archive, { match: "action" }),
  );
  const client = createClient({ ...gateway.clientOptions, maxRetries: 0 });
  await expect(client.describeUMemBackupURL(params)).rejects.toBeInstanceOf(NetworkError);
});

test("a gateway that several tests share forgets calls and errors", async () => {
  const gateway = createFakeGateway();
  await expect(createClient(gateway.clientOptions).describeUMemBackupURL(params)).rejects.toThrow();
  gateway.on(describeUMemBackupURLOperation, links).reset();
  gateway.verify();
  expect(gateway.calls).toEqual([]);
  expect((await createClient(gateway.clientOptions).describeUMemBackupURL(params)).RetCode).toBe(0);
});

describe("failures", () => {
  test.each<[what: string, reply: ReturnType<typeof fail>, attempts: number]>([
    ["a throttle", throttled(0), 2],
    ["a network that fails", networkError(), 2],
    ["a proxy's page", httpResponse(502, "<html>"), 2],
    ["an unknown outcome", fail(130, "try later"), 2],
  ])("%s once, then a success", async (_, reply, attempts) => {
    const gateway = createFakeGateway().on(describeUMemBackupURLOperation, reply, links);
    const outcome = await createClient(gateway.clientOptions).describeUMemBackupURL(params).withResponse();
    expect(outcome.attempts).toBe(attempts);
    expect(gateway.calls.map(({ attempt }) => attempt)).toEqual([1, 2]);
    await createClient(gateway.clientOptions).describeUMemBackupURL(params);
    expect(gateway.calls.at(-1)?.attempt).toBe(1);
  });

  test("are those of the real gateway", async () => {
    const gateway = createFakeGateway().on(
      describeUMemBackupURLOperation,
      fail(230, "Params [BackupId] not available"),
    );
    const error = await createClient(gateway.clientOptions)
      .describeUMemBackupURL(params)
      .catch((thrown) => thrown);
    expect(error).toBeInstanceOf(RetCodeError);
    expect(error).toMatchObject({
      retCode: 230,
      codeName: "InvalidParameter",
      attempts: 1,
      requestId: "fake-1",
    });
    gateway.verify();
    await createClient(gateway.clientOptions).describeUMemBackupURL(params).result();
    expect(gateway.calls.map(({ attempt }) => attempt)).toEqual([1, 1]);

    gateway.on(describeUMemBackupURLOperation, networkError("ENOTFOUND"));
    const broken = createClient({ ...gateway.clientOptions, maxRetries: 0 }).describeUMemBackupURL(params);
    await expect(broken).rejects.toMatchObject({ name: "NetworkError", code: "ENOTFOUND" });
    await expect(broken).rejects.toBeInstanceOf(NetworkError);
  });

  test("a delay ends with the call", async () => {
    const gateway = createFakeGateway().on(describeUMemBackupURLOperation, delayed(60_000, links));
    const client = createClient({ ...gateway.clientOptions, timeout: 20 });
    await expect(client.describeUMemBackupURL(params)).rejects.toMatchObject({ name: "TimeoutError" });
    const controller = new AbortController();
    const call = client.describeUMemBackupURL(params, { signal: controller.signal, timeout: 0 });
    setTimeout(() => controller.abort(), 5);
    await expect(call).rejects.toMatchObject({ name: "AbortError" });

    gateway.on(describeUMemBackupURLOperation, delayed(5, delayed(5, links)));
    const start = performance.now();
    await client.describeUMemBackupURL(params, { timeout: 1_000 });
    expect(performance.now() - start).toBeGreaterThan(8);
  });
});
