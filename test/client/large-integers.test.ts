import {
  ConfigurationError,
  type ConnectionOptions,
  createClient,
  createLogger,
  InvalidResponseError,
  RetCodeError,
} from "@dezai/umem";
import { createOpenApiFetchClient } from "@dezai/umem/openapi-fetch";
import { validate } from "@dezai/umem/validate";
import { describe, expect, test } from "vitest";
import { params, rejection } from "../support/failure.js";
import { keys } from "../support/signed.js";

const body =
  '{"RetCode":0,"Action":"X","Id":9007199254740993,"Lists":[[[-9007199254740993],[1]]],"Text":"9007199254740993"}';
const responding = (text: string) => ({
  credentials: keys,
  maxRetries: 0,
  fetch: async () => new Response(text),
});
const call = (options: ConnectionOptions = {}, text = body) =>
  createClient({ ...responding(text), ...options }).call("DescribeThing");

describe("an integer beyond 2^53 in a response", () => {
  test("is a bigint", async () => {
    expect(await call()).toEqual({
      RetCode: 0,
      Action: "X",
      Id: 9007199254740993n,
      Lists: [[[-9007199254740993n], [1]]],
      Text: "9007199254740993",
    });
  });

  test('is a string with `largeIntegers: "string"`', async () => {
    const value = await call({ largeIntegers: "string" });
    expect(value).toMatchObject({ Id: "9007199254740993", Lists: [[["-9007199254740993"], [1]]] });
    expect(value.RetCode).toBe(0);
  });

  test.each(["number", "Bigint", 1])("%j is not a value of the option", (largeIntegers) => {
    const create = () => createClient({ credentials: keys, largeIntegers: largeIntegers as "bigint" });
    expect(create).toThrow(ConfigurationError);
    expect(create).toThrow("largeIntegers must be bigint or string");
  });

  test("can be sent as a parameter", async () => {
    const sent: string[] = [];
    const fetch = async (url: string) => {
      sent.push(new URL(url).searchParams.get("Id") ?? "");
      return new Response(body);
    };
    const client = createClient({ credentials: keys, fetch });
    await client.call("DescribeThing", { Id: (await client.call<{ Id: bigint }>("DescribeThing")).Id });
    expect(sent[1]).toBe("9007199254740993");
  });

  test("is logged with all digits", async () => {
    const seen: unknown[] = [];
    await call({ logger: createLogger({ debug: (_, details) => seen.push(details) }, "debug") });
    expect(JSON.stringify(seen)).toContain('"Id":"9007199254740993"');
  });

  test("is quoted in the message of an error", async () => {
    const error = await rejection(call({}, '{"RetCode":299,"Message":{"id":9007199254740993}}'));
    expect(error).toBeInstanceOf(RetCodeError);
    expect(error.serverMessage).toBe('{"id":"9007199254740993"}');
  });

  test("is no RetCode", async () => {
    expect(await rejection(call({}, '{"RetCode":9007199254740993}'))).toBeInstanceOf(InvalidResponseError);
  });

  test.each(["bigint", "string"] as const)(
    "is valid where the specification has an integer: %s",
    async (type) => {
      const backup =
        '{"BackupName":"n","CreateTime":9007199254740993,"BackupId":"b","BlockCount":1,"State":"Done","BackupType":"Manual"}';
      const text = `{"RetCode":0,"Action":"DescribeUMemBackupResponse","DataSet":[${backup}]}`;
      const client = createClient({ ...responding(text), validate, largeIntegers: type });
      const { DataSet } = await client.describeUMemBackup(params);
      expect(String(DataSet?.[0]?.CreateTime)).toBe("9007199254740993");
      const wrong = text.replace('"BackupName":"n"', '"BackupName":9007199254740993');
      const error = await rejection(
        createClient({ ...responding(wrong), validate, largeIntegers: type }).describeUMemBackup(params),
      );
      expect(error.violations).toEqual([
        { path: "DataSet[0].BackupName", problem: "must be of type string, and is of type integer" },
      ]);
    },
  );

  test("that JSON.parse has rounded is a violation", () => {
    const DataSet = [JSON.parse('{"CreateTime":9007199254740993}')];
    const found = validate("DescribeUMemBackup", {
      RetCode: 0,
      Action: "DescribeUMemBackupResponse",
      DataSet,
    });
    expect(found).toContainEqual({
      path: "DataSet[0].CreateTime",
      problem: "must be within 2^53 to be exact as a number, and may have lost digits",
    });
  });

  test("is in the items of pages, two of which would be the same if rounded", async () => {
    const ids = ["9007199254740992", "9007199254740993", "9007199254740994"];
    const fetch = async (url: string) => {
      const offset = Number(new URL(url).searchParams.get("Offset") ?? 0);
      return new Response(`{"RetCode":0,"DataSet":[{"SpaceId":${ids[offset]}}],"TotalCount":3}`);
    };
    for (const largeIntegers of ["bigint", "string"] as const) {
      const client = createClient({ credentials: keys, fetch, largeIntegers, region: "r" });
      const found: string[] = [];
      for await (const { SpaceId } of client.describeUMemSpace({ Limit: 1 })) found.push(String(SpaceId));
      expect(found).toEqual(ids);
    }
  });

  test("is a string in an openapi-fetch client, which parses responses itself", async () => {
    for (const headers of [{}, { "Content-Length": `${body.length}` }] as Record<string, string>[]) {
      const api = createOpenApiFetchClient({
        credentials: keys,
        fetch: async () => new Response(body, { headers }),
      });
      const query = { Region: "r", Zone: "z", SpaceId: "s", BackupId: "b" };
      const { data } = await api.GET("/DescribeUMemBackupURL", { params: { query } });
      expect(data).toMatchObject({ Id: "9007199254740993", Lists: [[["-9007199254740993"], [1]]] });
    }
  });
});
