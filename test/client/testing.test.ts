import { readFile } from "node:fs/promises";
import {
  createClient,
  createUMemBackupOperation,
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
  httpAnswer,
  networkError,
  testCredentials,
  throttled,
} from "@dezai/umem/testing";
import { describeUMemBackupExample } from "@dezai/umem/testing/DescribeUMemBackup";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readRecordings } from "../../scripts/contract/recording.js";
import { createGateway } from "../../scripts/mock/gateway.js";
import { params } from "../support/failure.js";
import { api } from "../support/seed-action.js";
import { expectedSignature } from "../support/signed.js";

const links = { BackupURL: ["https://backup.example.com/0"] };

describe("a fake gateway", () => {
  test("answers from values, and says what it was asked", async () => {
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
        headers: { "User-Agent": expect.any(String) },
        attempt: 1,
        retCode: 0,
      },
    ]);
    expect(JSON.stringify(gateway.calls)).not.toMatch(/Signature|PublicKey|key-for-tests/);
    gateway.verify();
  });

  test("answers from functions of the parameters, which are of their types again", async () => {
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

  test("takes a form as well", async () => {
    const gateway = createFakeGateway().on(describeUMemBackupURLOperation, links);
    const given = { ...params, BackupId: "ü & = +" };
    await createClient({ ...gateway.clientOptions, method: "POST" }).describeUMemBackupURL(given);
    expect(gateway.calls).toMatchObject([{ method: "POST", params: given }]);
  });

  test("answers from the documented example", async () => {
    const gateway = createFakeGateway().onExample(describeUMemBackupExample);
    const body = await describeUMemBackup(
      createClient(gateway.clientOptions),
      describeUMemBackupExample.params,
    );
    expect(body).toEqual(describeUMemBackupExample.answer);
  });

  test("answers from a recording, request by request", async () => {
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

describe("failures", () => {
  test.each<[what: string, reply: ReturnType<typeof fail>, attempts: number]>([
    ["a throttle", throttled(0), 2],
    ["a network that fails", networkError(), 2],
    ["a proxy's page", httpAnswer(502, "<html>"), 2],
    ["an outcome that is unknown", fail(130, "try later"), 2],
  ])("%s once, then success", async (_, reply, attempts) => {
    const gateway = createFakeGateway().on(describeUMemBackupURLOperation, reply, links);
    const outcome = await createClient(gateway.clientOptions).describeUMemBackupURL(params).withResponse();
    expect(outcome.attempts).toBe(attempts);
    expect(gateway.calls.map(({ attempt }) => attempt)).toEqual([1, 2]);
    await createClient(gateway.clientOptions).describeUMemBackupURL(params);
    expect(gateway.calls.at(-1)?.attempt).toBe(1);
  });

  test("are those that the client knows from the gateway", async () => {
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

describe("what the gateway would refuse", () => {
  const credentials = { publicKey: "p", privateKey: "k" };
  const answering = () => createFakeGateway({ credentials }).on(describeUMemBackupURLOperation, links);
  const url = (parameters: object) => `https://api.dezai.com/?${new URLSearchParams(parameters as never)}`;
  const init = {
    method: "GET",
    headers: {},
    redirect: "manual",
    signal: new AbortController().signal,
  } as const;

  test.each<[what: string, sent: object, retCode: number]>([
    ["no action", params, 160],
    ["an action without an answer", { Action: "DescribeUMemSpace", ...params }, 161],
    ["no signature", { Action: "DescribeUMemBackupURL", ...params, PublicKey: "p" }, 170],
    ["another key", { Action: "DescribeUMemBackupURL", ...params, PublicKey: "q", Signature: "s" }, 172],
    [
      "a wrong signature",
      { Action: "DescribeUMemBackupURL", ...params, PublicKey: "p", Signature: "s" },
      171,
    ],
    [
      "a token",
      { Action: "DescribeUMemBackupURL", ...params, PublicKey: "p", SecurityToken: "t", Signature: "s" },
      174,
    ],
  ])("%s", async (_, sent, retCode) => {
    const gateway = answering();
    expect(await (await gateway.fetch(url(sent), init)).json()).toMatchObject({ RetCode: retCode });
    expect(gateway.calls[0]?.retCode).toBe(retCode);
  });

  test("is refused as the mock gateway refuses it, whatever is missing or changed", async () => {
    const { exampleCredentials } = api.brand;
    const mock = createGateway(api, await readRecordings("test/recordings"));
    const fake = createFakeGateway({ credentials: exampleCredentials }).on(
      describeUMemBackupURLOperation,
      links,
    );
    const whole = { Action: "DescribeUMemBackupURL", ...params, ProjectId: "p", ...exampleCredentials };
    const { privateKey, ...sound } = whole;
    const names = Object.keys(sound);
    const changes = fc.record({
      without: fc.subarray(names, { maxLength: 2 }),
      other: fc.option(fc.constantFrom(...names, "Signature")),
      isSigned: fc.boolean(),
    });
    const seen = new Set<number>();
    await fc.assert(
      fc.asyncProperty(changes, async ({ without, other, isSigned }) => {
        const sent = new Map(Object.entries(sound).filter(([name]) => !without.includes(name)));
        sent.delete("publicKey");
        if (!without.includes("publicKey")) sent.set("PublicKey", exampleCredentials.publicKey);
        if (isSigned) sent.set("Signature", expectedSignature(sent, privateKey));
        if (other !== null) sent.set(other, "another");
        const answer = await fake.fetch(url(Object.fromEntries(sent)), init);
        const { RetCode } = await answer.json();
        seen.add(RetCode);
        expect({ sent, RetCode }).toEqual({ sent, RetCode: JSON.parse(mock(sent).body).RetCode });
      }),
      { numRuns: 1_000 },
    );
    expect([...seen].sort()).toEqual([0, 160, 161, 170, 171, 172, 220]);
  });

  test("what is required and not there, or of another type, wherever a middleware left it", async () => {
    const gateway = answering()
      .on(createUMemBackupOperation, { BackupId: "b" })
      .on(describeUMemSpaceOperation, {});
    const without = createClient({
      ...gateway.clientOptions,
      middleware: [
        (request, next) => {
          const parameters = new Map(request.parameters);
          for (const name of ["Zone", "SpaceId"]) parameters.delete(name);
          return next({ ...request, parameters });
        },
      ],
    });
    await expect(without.describeUMemBackupURL(params)).rejects.toMatchObject({
      retCode: 220,
      serverMessage: "Missing params [Zone, SpaceId]",
    });
    const mistyped = createClient({
      ...gateway.clientOptions,
      middleware: [
        (request, next) => next({ ...request, parameters: new Map(request.parameters).set("Limit", "ten") }),
      ],
    });
    await expect(mistyped.describeUMemSpace(params)).rejects.toMatchObject({
      retCode: 230,
      serverMessage: "Params not available: Limit has to be of type integer",
    });
  });

  test("a call that no answer was given for fails at once, says so, and fails the test that hides it", async () => {
    const gateway = answering();
    const call = createClient(gateway.clientOptions).describeUMemSpace(params);
    await expect(call).rejects.toThrow(
      "No answer was given for DescribeUMemSpace: use `on` of the fake gateway. Answered are: DescribeUMemBackupURL",
    );
    expect(gateway.calls).toHaveLength(1);
    expect(() => gateway.verify()).toThrow("No answer was given for DescribeUMemSpace");
  });

  test("so does a function that throws, such as an assertion of the test", async () => {
    const gateway = createFakeGateway().on(describeUMemBackupURLOperation, ({ BackupId }) => {
      expect(BackupId).toBe("another");
      return links;
    });
    const call = createClient(gateway.clientOptions).describeUMemBackupURL(params);
    await expect(call).rejects.toThrow(
      "The answer to DescribeUMemBackupURL threw: expected 'backup' to be 'another'",
    );
    expect(gateway.calls).toHaveLength(1);
    expect(() => gateway.verify()).toThrow("to be 'another'");
  });

  test("what is no request of a client", async () => {
    const gateway = answering();
    for (const [sent, other, message] of [
      [url(params), { method: "PUT" }, /is a PUT/],
      [url(params), { method: "POST", body: "{}" }, /is no form/],
      [`${url(params)}&Region=other`, {}, /Region is sent twice/],
    ] as const) {
      const answer = await gateway.fetch(sent, { ...init, ...other });
      expect((await answer.json()).Message).toMatch(message);
    }
    expect(() => gateway.verify()).toThrow(/PUT.*no form.*twice/s);
  });
});

test("credentials with a token are told from others", async () => {
  const credentials = { ...testCredentials, securityToken: "token" };
  const gateway = createFakeGateway({ credentials }).on(describeUMemBackupURLOperation, links);
  const client = createClient(gateway.clientOptions);
  expect((await client.describeUMemBackupURL(params)).BackupURL).toEqual(links.BackupURL);
  await expect(client.describeUMemBackupURL(params, { credentials: testCredentials })).rejects.toMatchObject({
    retCode: 174,
  });
});
