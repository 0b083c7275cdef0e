import { readFile } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readRecordings } from "../../scripts/contract/recording.js";
import { operationOf } from "../../scripts/emit/operation-fields.js";
import { startMock } from "../../scripts/mock/server.js";
import { serializeParameters } from "../../templates/runtime/parameters.js";
import { signParameters } from "../../templates/runtime/signature.js";
import { createFakeGateway, fromRecording } from "../../templates/runtime/testing.js";
import { api, product } from "../support/seed-action.js";

type Parameters = ReadonlyMap<string, string>;
type Respond = (parameters: Parameters) => Promise<{ body: string; [name: string]: unknown }>;

const recordings = await readRecordings("test/recordings");
const credentials = api.brand.exampleCredentials;
const call = {
  Action: "DescribeUMemBackupURL",
  Region: "cn-zj",
  Zone: "cn-zj-01",
  ProjectId: "lIDfEOmM",
  SpaceId: "WfTAPwME",
  BackupId: "HnsnJnXX",
};
const listCall = { Action: "DescribeUMemSpace", Region: "cn-zj", Zone: "cn-zj-01" };

const signed = (parameters: Record<string, string>, keys = credentials) =>
  signParameters(new Map(Object.entries(parameters)), keys);
const without = (parameters: Parameters, name: string) =>
  new Map([...parameters].filter(([key]) => key !== name));
const callWithout = (name: string) =>
  Object.fromEntries(Object.entries(call).filter(([key]) => key !== name));

/** Fake gateway of the entry `testing`, with the recordings of every action. */
async function fakeGateway(): Promise<Respond> {
  const archives = await Promise.all(
    recordings.map(async ({ file }) => JSON.parse(await readFile(file, "utf8"))),
  );
  const gateway = createFakeGateway({ credentials, requestIdHeader: api.brand.requestIdHeader });
  for (const action of product.actions)
    gateway.on(operationOf(action), fromRecording(archives, { match: "closest" }));
  return async (parameters) => {
    const { signal } = new AbortController();
    const url = `https://api.example.com/?${serializeParameters(parameters)}`;
    const response = await gateway.fetch(url, { method: "GET", headers: {}, redirect: "manual", signal });
    return { status: response.status, body: await response.text() };
  };
}

const server = await startMock(api, recordings, { port: 0, log: () => {} });
afterAll(() => server.close());

async function overHttp(parameters: Parameters) {
  const response = await fetch(`${server.baseUrl}?${serializeParameters(parameters)}`);
  return { status: response.status, body: await response.text() };
}

describe.each<[what: string, create: () => Promise<Respond>]>([
  ["fake gateway", fakeGateway],
  ["mock server", async () => overHttp],
])("the %s", (_, create) => {
  let respond: Respond;
  beforeAll(async () => {
    respond = await create();
  });
  const bodyOf = async (parameters: Parameters) => JSON.parse((await respond(parameters)).body);

  describe("checks a request as the real gateway does:", () => {
    test.each<[what: string, parameters: () => Promise<Parameters>, code: number]>([
      ["no parameter at all", async () => new Map(), 160],
      ["no Action", async () => without(await signed(call), "Action"), 160],
      ["an unknown Action", async () => signed({ ...call, Action: "Nothing" }), 161],
      ["an unknown Action before a wrong signature", async () => new Map([["Action", "Nothing"]]), 161],
      ["no Signature", async () => without(await signed(call), "Signature"), 170],
      ["no PublicKey", async () => without(await signed(call), "PublicKey"), 172],
      ["an unknown PublicKey", async () => signed(call, { ...credentials, publicKey: "unknown" }), 172],
      ["another private key", async () => signed(call, { ...credentials, privateKey: "another" }), 171],
      [
        "a parameter that was changed after signing",
        async () => new Map([...(await signed(call)), ["BackupId", "other"]]),
        171,
      ],
      [
        "a parameter that was added after signing",
        async () => new Map([...(await signed(call)), ["BlockId", "b"]]),
        171,
      ],
      [
        "a signature in capitals",
        async () => {
          const good = await signed(call);
          return good.set("Signature", good.get("Signature")?.toUpperCase() ?? "");
        },
        171,
      ],
      [
        "an unknown token",
        async () => signParameters(new Map(Object.entries(call)), { ...credentials, securityToken: "bogus" }),
        174,
      ],
      ["a required parameter missing", async () => signed(callWithout("SpaceId")), 220],
      ["a parameter of another type", async () => signed({ ...listCall, Limit: "abc" }), 230],
      [
        "a list in place of a string",
        async () => signed({ ...callWithout("SpaceId"), "SpaceId.0": "s" }),
        230,
      ],
      ["everything right", async () => signed(call), 0],
    ])("%s", async (_, parameters, code) => {
      expect((await bodyOf(await parameters())).RetCode).toBe(code);
    });

    test("and names every missing parameter", async () => {
      const { Message } = await bodyOf(await signed({ Action: call.Action, Region: "r" }));
      expect(Message).toBe("Missing params [Zone, SpaceId, BackupId]");
    });
  });

  describe("responds from recordings:", () => {
    test.each(
      recordings.filter(({ body }) => ![160, 161, 170, 171, 172, 220].includes(JSON.parse(body).RetCode)),
    )("$file", async ({ parameters, status, body }) => {
      expect(await respond(parameters)).toEqual({ status, body });
    });

    test("the success with the same parameter names", async () => {
      const other = { ...call, SpaceId: "mine", BackupId: "mine" };
      expect((await bodyOf(await signed(other))).BackupURL).toHaveLength(3);
      expect((await bodyOf(await signed({ ...other, BlockId: "b" }))).BackupURL).toHaveLength(1);
    });

    test("a failure that the request provokes first, whatever the other parameters", async () => {
      const base = { Action: call.Action, Region: "r", Zone: "z", SpaceId: "s", BackupId: "b" };
      const retCode = async (parameters: object) =>
        (await bodyOf(await signed({ ...base, ...parameters }))).RetCode;
      expect(await retCode({ SpaceId: "space-throttled" })).toBe(153);
      expect(await retCode({ SpaceId: "space-unavailable", BlockId: "k" })).toBe(150);
      expect(await retCode({ BackupId: "no-such-backup" })).toBe(230);
      expect(await retCode({ ProjectId: "forbidden-project" })).toBe(299);
      expect(await retCode({})).toBe(0);
    });

    test("a success that the request provokes", async () => {
      const base = { Action: call.Action, Region: "r", Zone: "z", SpaceId: "s", BackupId: "b" };
      expect((await bodyOf(await signed({ ...base, BlockId: "NBaSDZeI" }))).BackupURL).toEqual([
        "https://backup.example.com/WfTAPwME/HnsnJnXX/shard-0.rdb",
      ]);
    });
  });
});

test("the fake gateway and the mock server respond with the same messages", async () => {
  const fake = await fakeGateway();
  const requests = [
    new Map(),
    new Map([["Action", "Nothing"]]),
    new Map([["Action", call.Action]]),
    await signed({ ...listCall, Limit: "abc" }),
    await signed(callWithout("SpaceId")),
  ];
  for (const request of requests) expect(await overHttp(request)).toEqual(await fake(request));
});
