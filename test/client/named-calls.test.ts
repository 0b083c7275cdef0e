import { createClient, createLogger, RetCodeError } from "@dezai/umem";
import { describe, expect, test, vi } from "vitest";
import { byRequest } from "../support/by-request.js";
import { params } from "../support/failure.js";
import { expectedSignature, keys, queryOf } from "../support/signed.js";

function clientOf(respond: (query: Map<string, string>) => object, options: object = {}) {
  const sent: Map<string, string>[] = [];
  const fetch = byRequest(async (request) => {
    sent.push(queryOf(request));
    return Response.json(respond(queryOf(request)));
  });
  return { sent, client: createClient({ credentials: keys, fetch, retryDelay: () => 1, ...options }) };
}

describe("an action by name", () => {
  test("is signed and sent with nested parameters, and the client's location", async () => {
    const { sent, client } = clientOf(() => ({ RetCode: 0, TotalCount: 2 }), { region: "cn-bj2" });
    const body = await client.call("DescribeUHostInstance", { Limit: 10, UHostIds: ["a", "b"] });
    expect(body).toEqual({ RetCode: 0, TotalCount: 2 });
    const [query] = sent as [Map<string, string>];
    expect(Object.fromEntries(query)).toEqual({
      Action: "DescribeUHostInstance",
      Region: "cn-bj2",
      Limit: "10",
      "UHostIds.0": "a",
      "UHostIds.1": "b",
      PublicKey: keys.publicKey,
      Signature: expectedSignature(query, keys.privateKey),
    });
  });

  test.each([
    ["DescribeUHostInstance", 3],
    ["GetBalance", 3],
    ["TerminateUHostInstance", 1],
    ["Getaway", 1],
  ])("%s is sent %d times if its outcome is unknown", async (action, times) => {
    const { sent, client } = clientOf(() => ({ RetCode: 150 }), { maxRetries: 2 });
    await expect(client.call(action)).rejects.toMatchObject({ action, retCode: 150, attempts: times });
    expect(sent).toHaveLength(times);
  });

  test("fails with the same errors, which show no parameter", async () => {
    const { client } = clientOf((query) => ({ RetCode: 230, Message: `bad ${query.get("AdminPin")}` }));
    const error = await client.call("CreateThing", { AdminPin: "hunter22" }).catch((thrown) => thrown);
    expect(error).toBeInstanceOf(RetCodeError);
    expect(error.message).toMatch(/^CreateThing: RetCode 230 \(InvalidParameter\): "bad <redacted>"/);
  });

  test("refuses values that cannot be sent, and reserved names", async () => {
    const { sent, client } = clientOf(() => ({ RetCode: 0 }));
    const { error } = await client.call("GetThing", { At: new Date(), Signature: "mine" }).result();
    expect(error?.message).toBe(
      "GetThing: At (Date) cannot be sent; Signature is already set. Nothing was sent.",
    );
    expect(sent).toEqual([]);
  });
});

describe("extraParams", () => {
  test("are sent beside the parameters, and hidden in logs and errors", async () => {
    const { sent, client } = clientOf((query) => ({ RetCode: 230, Message: `no ${query.get("NewFlag")}` }), {
      logger: createLogger(new Proxy({}, { get: () => log }), "debug"),
    });
    function log(...all: unknown[]) {
      logged.push(JSON.stringify(all));
    }
    const logged: string[] = [];
    const extraParams = { NewFlag: "very-new", Deep: { List: [1] } };
    const { error } = await client.describeUMemBackupURL(params, { extraParams }).result();
    expect(sent[0]?.get("NewFlag")).toBe("very-new");
    expect(sent[0]?.get("Deep.List.0")).toBe("1");
    expect(error?.message).toContain("no <redacted>");
    expect(logged.join()).toContain("NewFlag");
    expect(logged.join()).not.toContain("very-new");
  });

  test("do not replace a parameter", async () => {
    const { client } = clientOf(() => ({ RetCode: 0 }));
    const { error } = await client.describeUMemBackupURL(params, { extraParams: { Zone: "other" } }).result();
    expect(error?.message).toMatch(/Zone is already set/);
  });

  test("satisfy middleware, which sees all parameters", async () => {
    const seen = vi.fn();
    const { client } = clientOf(() => ({ RetCode: 0 }), {
      middleware: [
        (request: never, next: (request: never) => unknown) => {
          seen((request as { parameters: Map<string, string> }).parameters.get("New"));
          return next(request);
        },
      ],
    });
    await client.describeUMemBackupURL(params, { extraParams: { New: "x" } });
    expect(seen).toHaveBeenCalledWith("x");
  });
});
