import { inspect } from "node:util";
import { ConfigurationError, createClient } from "@dezai/umem";
import { describe, expect, test, vi } from "vitest";
import { byRequest } from "../support/by-request.js";
import { params } from "../support/failure.js";
import { keys } from "../support/signed.js";

const fetch = vi.fn(async () => Response.json({ RetCode: 0 }));
const make = (options: unknown) => createClient(options as object);

describe("in plain JavaScript, a client reports", () => {
  test.each<[what: string, options: unknown, message: string]>([
    ["options that are null", null, "options must be an object."],
    ["a misspelt option", { timout: 5 }, "timout is unknown (did you mean timeout?)"],
    ["an option in other capitals", { baseURL: "x" }, "baseURL is unknown (did you mean baseUrl?)"],
    ["a shortened option", { retries: 5 }, "retries is unknown (did you mean maxRetries?)"],
    ["a misspelt option of a location", { regoin: "x" }, "regoin is unknown (did you mean region?)"],
    ["an unknown option", { apiVersion: 5 }, "apiVersion is unknown."],
    ["every problem", { foo: 1, maxRetries: -1 }, "foo is unknown; maxRetries must be an integer from 0."],
  ])("%s", (_, options, message) => {
    const given = options && { credentials: keys, fetch, ...options };
    expect(() => make(given)).toThrow(ConfigurationError);
    expect(() => make(given)).toThrow(message);
  });
});

describe("in plain JavaScript, a call reports", () => {
  const call = (given: unknown, options?: unknown) =>
    createClient({ credentials: keys, fetch }).describeUMemBackupURL(
      given as typeof params,
      options as object,
    );

  test.each<[what: string, options: unknown, message: string]>([
    ["options that are null", null, "DescribeUMemBackupURL: options must be an object."],
    ["a misspelt option", { singal: 1 }, "DescribeUMemBackupURL: singal is unknown (did you mean signal?)"],
    ["an option of clients", { fetch }, "DescribeUMemBackupURL: fetch is unknown"],
  ])("%s", async (_, options, message) => {
    const { error } = await call(params, options).result();
    expect(error).toBeInstanceOf(ConfigurationError);
    expect(error?.message).toContain(message);
  });

  test.each<[what: string, given: object, message: string]>([
    ["nothing about one that is not similar, which can belong to another action", { Colour: "x" }, ""],
    ["swapped letters", { BlcokId: "x" }, "BlcokId is unknown (did you mean BlockId?)"],
    ["other capitals", { blockID: "x" }, "blockID is unknown (did you mean BlockId?)"],
  ])("%s", async (_, given, message) => {
    const { error } = await call({ ...params, ...given }).result();
    expect(error?.message ?? "").toContain(message);
    expect(error === undefined).toBe(message === "");
  });

  test("a misspelt required parameter twice: as unknown and as missing", async () => {
    const { BackupId, ...others } = params;
    const { error } = await call({ ...others, BackupID: BackupId }).result();
    expect(error?.message).toMatch(/BackupID is unknown \(did you mean BackupId\?\).*BackupId is required/);
  });

  test("options that are undefined not at all", async () => {
    expect((await call(params, { timeout: undefined, other: undefined }).result()).ok).toBe(true);
  });
});

test("headers are merged without regard to case", async () => {
  const seen: (string | null)[] = [];
  const client = createClient({
    credentials: keys,
    fetch: byRequest(async ({ headers }) => {
      seen.push(headers.get("User-Agent"), headers.get("X-Trace"), headers.get("Content-Type"));
      return Response.json({ RetCode: 0 });
    }),
    headers: { "User-agent": "mine/1", "X-TRACE": "client" },
    method: "POST",
  });
  const headers = { "x-trace": "call", "content-type": "text/plain" };
  await client.describeUMemBackupURL(params, { headers });
  expect(seen).toEqual(["mine/1", "call", "application/x-www-form-urlencoded"]);
});

test("console.log shows the state of a call, and none of its parameters", async () => {
  let respond = (_: Response) => {};
  const pending = new Promise<Response>((resolve) => {
    respond = resolve;
  });
  const client = createClient({ credentials: keys, fetch: () => pending });
  const call = client.describeUMemBackupURL(params);
  expect(inspect(call)).toBe("ActionCall { DescribeUMemBackupURL pending, attempts: 0 }");
  respond(Response.json({ RetCode: 230 }));
  await call.result();
  expect(inspect(call)).toBe("ActionCall { DescribeUMemBackupURL failed with RetCodeError, attempts: 1 }");
  const invalid = client.describeUMemBackupURL({} as typeof params);
  await invalid.result();
  expect(inspect(invalid)).toBe("ActionCall { DescribeUMemBackupURL failed, attempts: 0 }");
  const paged = createClient({ credentials: keys, fetch }).describeUMemSpace({ Region: "secret-region" });
  await paged;
  expect(inspect(paged)).toBe("ActionCall { DescribeUMemSpace succeeded, attempts: 1 }");
});
