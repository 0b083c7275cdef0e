import {
  createClient,
  createUMemBackupOperation,
  describeUMemBackupURLOperation,
  describeUMemSpaceOperation,
} from "@dezai/umem";
import { createFakeGateway, testCredentials } from "@dezai/umem/testing";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { params } from "../support/failure.js";
import { expectedSignature } from "../support/signed.js";

const links = { BackupURL: ["https://backup.example.com/0"] };

describe("the fake gateway rejects", () => {
  const credentials = { publicKey: "p", privateKey: "k" };
  const responding = () => createFakeGateway({ credentials }).on(describeUMemBackupURLOperation, links);
  const url = (parameters: object) => `https://api.dezai.com/?${new URLSearchParams(parameters as never)}`;
  const init = {
    method: "GET",
    headers: {},
    redirect: "manual",
    signal: new AbortController().signal,
  } as const;

  test.each<[what: string, sent: object, retCode: number]>([
    ["no action", params, 160],
    ["an action without a response", { Action: "DescribeUMemSpace", ...params }, 161],
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
    const gateway = responding();
    expect(await (await gateway.fetch(url(sent), init)).json()).toMatchObject({ RetCode: retCode });
    expect(gateway.calls[0]?.retCode).toBe(retCode);
  });

  test("with the RetCode of the first check that fails, whatever is missing or changed", async () => {
    const { publicKey, privateKey } = credentials;
    const gateway = responding();
    const complete = { Action: "DescribeUMemBackupURL", ...params, ProjectId: "p", PublicKey: publicKey };
    const names = Object.keys(complete);
    const changes = fc.record({
      removed: fc.subarray(names, { maxLength: 2 }),
      changed: fc.option(fc.constantFrom(...names, "SecurityToken", "Signature")),
      isSigned: fc.boolean(),
    });
    /** Computed without the project's own code. */
    const expectedCode = (sent: ReadonlyMap<string, string>) => {
      if (!sent.has("Action")) return 160;
      if (sent.get("Action") !== complete.Action) return 161;
      if (!sent.has("Signature")) return 170;
      if (sent.get("PublicKey") !== publicKey) return 172;
      if (sent.has("SecurityToken")) return 174;
      if (sent.get("Signature") !== expectedSignature(sent, privateKey)) return 171;
      return Object.keys(params).every((name) => sent.has(name)) ? 0 : 220;
    };
    const seen = new Set<number>();
    await fc.assert(
      fc.asyncProperty(changes, async ({ removed, changed, isSigned }) => {
        const sent = new Map(Object.entries(complete).filter(([name]) => !removed.includes(name)));
        if (isSigned) sent.set("Signature", expectedSignature(sent, privateKey));
        if (changed !== null) sent.set(changed, "another");
        const response = await gateway.fetch(url(Object.fromEntries(sent)), init);
        const { RetCode } = await response.json();
        seen.add(RetCode);
        expect({ sent, RetCode }).toEqual({ sent, RetCode: expectedCode(sent) });
      }),
      { numRuns: 1_000 },
    );
    expect([...seen].sort()).toEqual([0, 160, 161, 170, 171, 172, 174, 220]);
  });

  test("a parameter that a middleware removed, or changed to another type", async () => {
    const gateway = responding()
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
      serverMessage: "Params not available: Limit must be of type integer",
    });
  });

  test("a call without a response, which `verify` reports too", async () => {
    const gateway = responding();
    const call = createClient(gateway.clientOptions).describeUMemSpace(params);
    await expect(call).rejects.toThrow(
      "Action [DescribeUMemSpace] not found: the fake gateway has responses for DescribeUMemBackupURL. Set one with `on`.",
    );
    expect(gateway.calls).toHaveLength(1);
    expect(() => gateway.verify()).toThrow("Action [DescribeUMemSpace] not found");
  });

  test("a call whose response function throws, such as an assertion of the test", async () => {
    const gateway = createFakeGateway().on(describeUMemBackupURLOperation, ({ BackupId }) => {
      expect(BackupId).toBe("another");
      return links;
    });
    const call = createClient(gateway.clientOptions).describeUMemBackupURL(params);
    await expect(call).rejects.toThrow(
      "The response function of DescribeUMemBackupURL threw: expected 'backup' to be 'another'",
    );
    expect(gateway.calls).toHaveLength(1);
    expect(() => gateway.verify()).toThrow("to be 'another'");
  });

  test("a request that no client sends", async () => {
    const gateway = responding();
    for (const [sent, other, message] of [
      [url(params), { method: "PUT" }, /is PUT/],
      [url(params), { method: "POST", body: "{}" }, /is not a form/],
      [`${url(params)}&Region=other`, {}, /Region is duplicated/],
      // Far less than a second, although each name has as many keys.
      [`${url(params)}&A${".a".repeat(500_000)}=1`, {}, /nested too deeply/],
    ] as const) {
      const response = await gateway.fetch(sent, { ...init, ...other });
      expect((await response.json()).Message).toMatch(message);
    }
    expect(() => gateway.verify()).toThrow(/PUT.*not a form.*duplicated/s);
  });
});

test("credentials with a token differ from those without", async () => {
  const credentials = { ...testCredentials, securityToken: "token" };
  const gateway = createFakeGateway({ credentials }).on(describeUMemBackupURLOperation, links);
  const client = createClient(gateway.clientOptions);
  expect((await client.describeUMemBackupURL(params)).BackupURL).toEqual(links.BackupURL);
  await expect(client.describeUMemBackupURL(params, { credentials: testCredentials })).rejects.toMatchObject({
    retCode: 174,
  });
});
