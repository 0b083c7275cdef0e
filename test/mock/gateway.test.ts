import { describe, expect, test } from "vitest";
import { readRecordings } from "../../scripts/contract/recording.js";
import { InputError } from "../../scripts/diagnostic.js";
import { createGateway } from "../../scripts/mock/gateway.js";
import { listen, type MockServer } from "../../scripts/mock/server.js";
import { load } from "../../scripts/load.js";
import { serializeParameters } from "../../templates/runtime/parameters.js";
import { signParameters } from "../../templates/runtime/signature.js";

const api = await load("spec");
const recordings = await readRecordings("test/recordings");
const gateway = createGateway(api, recordings);
const credentials = api.brand.exampleCredentials;
const call = {
  Action: "DescribeUMemBackupURL",
  Region: "cn-zj",
  Zone: "cn-zj-01",
  ProjectId: "lIDfEOmM",
  SpaceId: "WfTAPwME",
  BackupId: "HnsnJnXX",
};

const signed = (parameters: Record<string, string>, keys = credentials) =>
  signParameters(new Map(Object.entries(parameters)), keys);
const without = (parameters: ReadonlyMap<string, string>, name: string) =>
  new Map([...parameters].filter(([key]) => key !== name));
const callWithout = (name: string) =>
  Object.fromEntries(Object.entries(call).filter(([key]) => key !== name));
const retCode = (parameters: ReadonlyMap<string, string>) => JSON.parse(gateway(parameters).body).RetCode;

describe("a request is checked as the real gateway checks it", () => {
  test.each<[what: string, parameters: () => Promise<ReadonlyMap<string, string>>, code: number]>([
    ["no parameter at all", async () => new Map(), 160],
    ["no Action", async () => without(await signed(call), "Action"), 160],
    ["an unknown Action", async () => signed({ ...call, Action: "Nothing" }), 161],
    ["an unknown Action before a wrong signature", async () => new Map([["Action", "Nothing"]]), 161],
    ["no Signature", async () => without(await signed(call), "Signature"), 170],
    ["no PublicKey", async () => without(await signed(call), "PublicKey"), 172],
    ["an unknown PublicKey", async () => signed(call, { ...credentials, publicKey: "somebody" }), 172],
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
    ["a required parameter missing", async () => signed(callWithout("SpaceId")), 220],
    ["everything right", async () => signed(call), 0],
    [
      "everything right, with a token",
      async () => signParameters(new Map(Object.entries(call)), { ...credentials, securityToken: "token" }),
      0,
    ],
  ])("%s", async (_, parameters, code) => {
    expect(retCode(await parameters())).toBe(code);
  });

  test("and every missing parameter is named", async () => {
    const { body } = gateway(await signed({ Action: call.Action, Region: "r" }));
    expect(JSON.parse(body).Message).toBe("Missing params [Zone, SpaceId, BackupId]");
  });
});

describe("an answer comes from the recordings", () => {
  test.each(
    recordings.filter(({ body }) => ![160, 161, 170, 171, 172, 220].includes(JSON.parse(body).RetCode)),
  )("$file answers its own request", (recording) => {
    const answer = gateway(recording.parameters);
    expect([answer.status, answer.body]).toEqual([recording.status, recording.body]);
  });

  test("the success with the same parameters' names answers other values", async () => {
    const other = { ...call, SpaceId: "mine", BackupId: "mine" };
    expect(JSON.parse(gateway(await signed(other)).body).BackupURL).toHaveLength(3);
    expect(JSON.parse(gateway(await signed({ ...other, BlockId: "b" })).body).BackupURL).toHaveLength(1);
  });

  test("a failure that the request provokes comes before that, whatever the other parameters", async () => {
    const asked = { Action: call.Action, Region: "r", Zone: "z", SpaceId: "s", BackupId: "b" };
    expect(retCode(await signed({ ...asked, SpaceId: "space-throttled" }))).toBe(153);
    expect(retCode(await signed({ ...asked, SpaceId: "space-unavailable", BlockId: "k" }))).toBe(150);
    expect(retCode(await signed({ ...asked, BackupId: "no-such-backup" }))).toBe(230);
    expect(retCode(await signed({ ...asked, ProjectId: "forbidden-project" }))).toBe(299);
    expect(retCode(await signed(asked))).toBe(0);
  });

  test("a success is chosen in the same way", async () => {
    const asked = {
      Action: call.Action,
      Region: "r",
      Zone: "z",
      SpaceId: "s",
      BackupId: "b",
      BlockId: "NBaSDZeI",
    };
    expect(JSON.parse(gateway(await signed(asked)).body).BackupURL).toEqual([
      "https://backup.example.com/WfTAPwME/HnsnJnXX/shard-0.rdb",
    ]);
  });

  test("each with a request id of its own, and a note without parameters", async () => {
    const [first, second] = [gateway(await signed(call)), gateway(await signed(call))];
    const ids = [first, second].map(({ headers }) => headers["X-UCLOUD-REQUEST-UUID"]);
    expect(new Set(ids).size).toBe(2);
    expect(first.note).toMatch(
      /^DescribeUMemBackupURL: from test\/recordings\/umem\/DescribeUMemBackupURL\.\S+\.har$/,
    );
    expect(gateway(new Map([["Action", "\u001b[2Jhidden"]])).note).toBe("(unknown action): RetCode 161");
  });
});

describe("over HTTP", () => {
  async function withServer<Result>(
    use: (server: MockServer, log: string[]) => Promise<Result>,
  ): Promise<Result> {
    const log: string[] = [];
    const server = await listen(gateway, { port: 0, log: (line) => log.push(line) });
    try {
      return await use(server, log);
    } finally {
      await server.close();
    }
  }

  test.each<[what: string, request: (baseUrl: string, query: string) => Promise<Response>]>([
    ["GET with a query", (baseUrl, query) => fetch(`${baseUrl}?${query}`)],
    [
      "POST with a form",
      (baseUrl, query) => fetch(baseUrl, { method: "POST", body: new URLSearchParams(query) }),
    ],
    [
      "POST with JSON",
      (baseUrl, query) =>
        fetch(baseUrl, {
          method: "POST",
          body: JSON.stringify(Object.fromEntries(new URLSearchParams(query))),
          headers: { "Content-Type": "application/json" },
        }),
    ],
  ])("it takes %s, and logs no parameter", async (_, request) => {
    await withServer(async (server, log) => {
      const answer = await request(server.baseUrl, serializeParameters(await signed(call)));
      expect(answer.status).toBe(200);
      expect(answer.headers.get("Content-Type")).toBe("application/json");
      expect((await answer.json()).RetCode).toBe(0);
      expect(log.join()).toMatch(/^(GET|POST) DescribeUMemBackupURL: from test\/recordings/);
      expect(log.join()).not.toMatch(/[0-9a-f]{40}|WfTAPwME/);
    });
  });

  test("a recording that is not the gateway's answer is given as it is", async () => {
    const [recording] = recordings.filter(({ file }) => file.includes("success-all"));
    if (recording === undefined) throw new Error("no recording");
    const page = { ...recording, status: 502, body: "<html>" };
    const answer = createGateway(api, [page])(recording.parameters);
    expect([answer.status, answer.body]).toEqual([502, "<html>"]);
  });

  test.each(["{", "null", '"text"'])("it refuses the body %s, and goes on", async (body) => {
    await withServer(async ({ baseUrl }) => {
      const bad = await fetch(baseUrl, {
        method: "POST",
        body,
        headers: { "Content-Type": "application/json" },
      });
      expect(bad.status).toBe(400);
      expect((await (await fetch(baseUrl)).json()).RetCode).toBe(160);
    });
  });

  test("pages of other origins may ask, and read every header, where that is wanted", async () => {
    const server = await listen(gateway, { port: 0, log: () => {}, cors: true });
    try {
      const asked = await fetch(server.baseUrl, { method: "OPTIONS" });
      expect([asked.status, asked.headers.get("Access-Control-Allow-Headers")]).toEqual([204, "*"]);
      const answer = await fetch(server.baseUrl);
      expect(answer.headers.get("Access-Control-Allow-Origin")).toBe("*");
      expect(answer.headers.get("Access-Control-Expose-Headers")).toBe("*");
    } finally {
      await server.close();
    }
    await withServer(async ({ baseUrl }) => {
      expect((await fetch(baseUrl)).headers.get("Access-Control-Allow-Origin")).toBeNull();
    });
  });

  test("a port that is taken is told", async () => {
    await withServer(async ({ baseUrl }) => {
      const port = Number(new URL(baseUrl).port);
      const second = listen(gateway, { port, log: () => {} });
      await expect(second).rejects.toThrow(InputError);
      await expect(second).rejects.toThrow(
        /cannot listen on port \d+: .*EADDRINUSE.*\n {2}help: Choose another one/,
      );
    });
  });
});
