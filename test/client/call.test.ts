import {
  connect,
  createClient,
  describeUMemBackupURL,
  InvalidParameterError,
  type Middleware,
} from "@dezai/umem";
import { describe, expect, test } from "vitest";
import { byRequest } from "../support/by-request.js";
import { expectedSignature, keys, queryOf } from "../support/signed.js";

const success = {
  RetCode: 0,
  Action: "DescribeUMemBackupURLResponse",
  BackupURL: ["https://backup.example.com/0"],
};
const params = { Region: "cn-zj", Zone: "cn-zj-01", SpaceId: "space", BackupId: "backup" };

/** A `fetch` that records requests and responds with success. */
function recorder() {
  const sent: Request[] = [];
  return {
    sent,
    fetch: byRequest(async (request) => {
      sent.push(request);
      return Response.json(success);
    }),
  };
}

test("a call is one signed GET to the configured gateway, and resolves to the success body", async () => {
  const { sent, fetch } = recorder();
  const client = createClient({ credentials: keys, fetch });
  expect(await client.describeUMemBackupURL(params)).toEqual(success);

  expect(sent).toHaveLength(1);
  const [request] = sent as [Request];
  expect(request.method).toBe("GET");
  expect(request.url.split("?")[0]).toBe("https://api.dezai.com/");
  const query = queryOf(request);
  expect(Object.fromEntries(query)).toEqual({
    Action: "DescribeUMemBackupURL",
    ...params,
    PublicKey: keys.publicKey,
    Signature: expectedSignature(query, keys.privateKey),
  });
});

test("the standalone function does the same with a client and with a connection", async () => {
  const { sent, fetch } = recorder();
  const options = { credentials: keys, fetch };
  await createClient(options).describeUMemBackupURL(params);
  await describeUMemBackupURL(createClient(options), params);
  await describeUMemBackupURL(connect(options), params);
  const [first, ...others] = sent.map(({ url }) => url);
  expect(others).toEqual([first, first]);
});

test("methods work without their object", async () => {
  const { describeUMemBackupURL: describe } = createClient({ credentials: keys, fetch: recorder().fetch });
  expect(await describe(params)).toEqual(success);
});

describe("region, zone and project", () => {
  const given = { SpaceId: "s", BackupId: "b" };

  test("can be set by the client, overridden by options of the call, and overridden by parameters", async () => {
    const { sent, fetch } = recorder();
    const location = { region: "cn-zj", zone: "cn-zj-01", project: "default" };
    const client = createClient({ credentials: keys, fetch, ...location });
    await client.describeUMemBackupURL(given);
    await client.describeUMemBackupURL({ ...given, ProjectId: "mine", Zone: "cn-zj-02" });
    await client.describeUMemBackupURL({ ...given, Zone: "cn-zj-02" }, { region: "hk", zone: "hk-01" });
    const seen = sent.map((request) =>
      ["Region", "Zone", "ProjectId"].map((name) => queryOf(request).get(name)),
    );
    expect(seen).toEqual([
      ["cn-zj", "cn-zj-01", "default"],
      ["cn-zj", "cn-zj-02", "mine"],
      ["hk", "cn-zj-02", "default"],
    ]);
  });

  test("are read when the client is created", async () => {
    const { sent, fetch } = recorder();
    const options = { credentials: keys, fetch, region: "cn-zj", zone: "cn-zj-01" };
    const client = createClient(options);
    options.region = "changed";
    await client.describeUMemBackupURL(given);
    expect(queryOf(sent[0] as Request).get("Region")).toBe("cn-zj");
  });
});

describe("missing and invalid parameters are reported together before anything is sent", () => {
  const located = (option: string) =>
    `is required: pass it, or set the "${option}" option of the client or the call`;
  test.each<[what: string, params: object, message: string]>([
    [
      "required parameters",
      { Region: "r" },
      `DescribeUMemBackupURL: Zone ${located("zone")}; SpaceId is required; BackupId is required. Nothing was sent.`,
    ],
    [
      "an empty array",
      { ...params, SpaceId: [] },
      "DescribeUMemBackupURL: SpaceId (Array) cannot be sent as string. Nothing was sent.",
    ],
    [
      "null, which counts as absent",
      { ...params, SpaceId: null },
      "DescribeUMemBackupURL: SpaceId is required. Nothing was sent.",
    ],
    [
      "a missing and an invalid one",
      { ...params, Zone: undefined, BlockId: Number.NaN },
      `DescribeUMemBackupURL: BlockId (NaN) cannot be sent as string; Zone ${located("zone")}. Nothing was sent.`,
    ],
    [
      "one that the client adds",
      { ...params, Signature: "mine" },
      "DescribeUMemBackupURL: Signature is already set. Nothing was sent.",
    ],
    [
      "no parameters",
      undefined as unknown as object,
      `DescribeUMemBackupURL: Region ${located("region")}; Zone ${located("zone")}; SpaceId is required; BackupId is required. Nothing was sent.`,
    ],
  ])("%s", async (_, given, message) => {
    const { sent, fetch } = recorder();
    const call = createClient({ credentials: keys, fetch }).describeUMemBackupURL(given as typeof params);
    const error = await call.catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(InvalidParameterError);
    expect((error as Error).message).toBe(message);
    expect(sent).toHaveLength(0);
  });
});

describe("middleware", () => {
  test("runs in order, sees the unsigned request, and its changes are signed", async () => {
    const { sent, fetch } = recorder();
    const seen: string[] = [];
    const note =
      (name: string): Middleware =>
      async (request, next) => {
        const names = [...request.parameters.keys()];
        const isSigned = names.includes("Signature") || names.includes("PublicKey");
        seen.push(`${name} sees ${request.parameters.get("BlockId")}, signed: ${isSigned}`);
        const response = await next({
          ...request,
          parameters: new Map(request.parameters).set("BlockId", name),
          headers: { ...request.headers, "X-Seen": name },
        });
        seen.push(`${name} sees the response from ${JSON.stringify(response.url)}`);
        return response;
      };
    const client = createClient({ credentials: keys, fetch, middleware: [note("first"), note("second")] });
    await client.describeUMemBackupURL({ ...params, BlockId: "caller" });
    expect(seen).toEqual([
      "first sees caller, signed: false",
      "second sees first, signed: false",
      'second sees the response from ""',
      'first sees the response from ""',
    ]);
    const [request] = sent as [Request];
    const query = queryOf(request);
    expect(request.headers.get("X-Seen")).toBe("second");
    expect(query.get("BlockId")).toBe("second");
    expect(query.get("Signature")).toBe(expectedSignature(query, keys.privateKey));
  });

  test("can return a response without sending a request", async () => {
    const { sent, fetch } = recorder();
    const respond: Middleware = async () => Response.json({ ...success, BackupURL: [] });
    const client = createClient({ credentials: keys, fetch, middleware: [respond] });
    expect((await client.describeUMemBackupURL(params)).BackupURL).toEqual([]);
    expect(sent).toHaveLength(0);
  });

  test("its own error is passed on unchanged and without a retry", async () => {
    const own = new Error("not today");
    let calls = 0;
    const refuse: Middleware = async () => {
      calls += 1;
      throw own;
    };
    const client = createClient({ credentials: keys, fetch: recorder().fetch, middleware: [refuse] });
    await expect(client.describeUMemBackupURL(params)).rejects.toBe(own);
    await expect(client.describeUMemBackupURL(params).result()).rejects.toBe(own);
    expect(calls).toBe(2);
  });
});

describe("createClient rejects", () => {
  test.each<[what: string, make: () => unknown, message: RegExp]>([
    ["missing credentials", () => createClient(), /DEZAI_PUBLIC_KEY and DEZAI_PRIVATE_KEY/],
    [
      "an empty key",
      () => createClient({ credentials: { publicKey: "p", privateKey: "" } }),
      /privateKey must be a non-empty string/,
    ],
    [
      "an invalid base URL",
      () => createClient({ credentials: keys, baseUrl: "api.dezai.com" }),
      /baseUrl must be an http or https URL/,
    ],
    [
      "a base URL of another scheme",
      () => createClient({ credentials: keys, baseUrl: "file:///etc/" }),
      /baseUrl/,
    ],
    [
      "a base URL with a bare fragment",
      () => createClient({ credentials: keys, baseUrl: "https://a.example/#" }),
      /baseUrl/,
    ],
    [
      "a fetch that is not a function",
      () => createClient({ credentials: keys, fetch: "fetch" as never }),
      /fetch must be a function/,
    ],
    [
      "middleware that is not an array",
      () => createClient({ credentials: keys, middleware: {} as never }),
      /middleware must be an array/,
    ],
    [
      "a base URL with a query",
      () => createClient({ credentials: keys, baseUrl: "https://a.example/?b=c" }),
      /baseUrl/,
    ],
    [
      "a base URL with a password",
      () => createClient({ credentials: keys, baseUrl: "https://u:secret@a.example/" }),
      /^(?!.*secret).*baseUrl/,
    ],
  ])("%s", (_, make, message) => {
    expect(make).toThrow(message);
  });
});

test("key pair and base URL default to the environment", async () => {
  const variables = {
    DEZAI_PUBLIC_KEY: "env-public",
    DEZAI_PRIVATE_KEY: "env-private",
    DEZAI_SECURITY_TOKEN: "env-token",
    DEZAI_BASE_URL: "http://127.0.0.1:1/api/",
  };
  Object.assign(process.env, variables);
  try {
    const { sent, fetch } = recorder();
    await createClient({ fetch }).describeUMemBackupURL(params);
    const [request] = sent as [Request];
    const query = queryOf(request);
    expect(request.url.split("?")[0]).toBe("http://127.0.0.1:1/api/");
    expect([query.get("PublicKey"), query.get("SecurityToken")]).toEqual(["env-public", "env-token"]);
    expect(query.get("Signature")).toBe(expectedSignature(query, "env-private"));
  } finally {
    for (const name of Object.keys(variables)) delete process.env[name];
  }
});

test("headers and signal of a call reach the request", async () => {
  const controller = new AbortController();
  const seen: unknown[] = [];
  const fetch = byRequest(async ({ headers, signal }) => {
    seen.push(headers.get("X-Trace"), headers.get("User-Agent"), signal.aborted);
    controller.abort();
    seen.push(signal.aborted);
    return Response.json(success);
  });
  const client = createClient({ credentials: keys, fetch });
  const call = client.describeUMemBackupURL(params, {
    headers: { "X-Trace": "7" },
    signal: controller.signal,
  });
  await expect(call).rejects.toMatchObject({ name: "AbortError", attempts: 1 });
  expect(seen).toEqual(["7", "dezai-umem/0.1.0", false, true]);
});
