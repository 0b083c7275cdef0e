import { describe, expect, test } from "vitest";
import { UsageError } from "../../scripts/diagnostic.js";
import { startMock } from "../../scripts/mock/server.js";
import { HttpError, NetworkError, RetCodeError } from "../../templates/runtime/errors.js";
import { actionNamed, startMockOf } from "../support/mock.js";
import { api } from "../support/seed-action.js";

const space = actionNamed(api, "DescribeUMemSpace");
const link = actionNamed(api, "DescribeUMemBackupURL");

/** A mock with failures, and a client that does not retry. */
const failing = (...fail: string[]) => startMockOf(api, { fail, client: { maxRetries: 0 } });

async function retCodeOf(call: PromiseLike<Readonly<Record<string, unknown>>>): Promise<unknown> {
  try {
    return (await call).RetCode;
  } catch (error) {
    return (error as RetCodeError).retCode;
  }
}

describe("a call fails as asked for:", () => {
  test("with a RetCode and its documented meaning", async () => {
    const { call, log } = await failing("DescribeUMemSpace=retcode:150");
    const error = await call(space).catch((one: unknown) => one);
    expect(error).toBeInstanceOf(RetCodeError);
    expect(error).toMatchObject({ retCode: 150, serverMessage: expect.stringMatching(/\w/) });
    expect((await call(link)).RetCode).toBe(0);
    expect(log).toEqual(["GET DescribeUMemSpace: retcode:150", "GET DescribeUMemBackupURL: example"]);
  });

  test("with an HTTP status", async () => {
    const { call } = await failing("DescribeUMemSpace=http:503");
    const error = await call(space).catch((one: unknown) => one);
    expect(error).toBeInstanceOf(HttpError);
    expect(error).toMatchObject({ status: 503 });
  });

  test("with a body that is cut off, in the middle of the announced length", async () => {
    const { call, log } = await failing("DescribeUMemSpace=broken");
    await expect(call(space)).rejects.toBeInstanceOf(NetworkError);
    expect(log).toEqual(["GET DescribeUMemSpace: broken"]);
  });

  test("after a delay", async () => {
    const delayed = await startMockOf(api, {
      fail: ["DescribeUMemSpace=delay:60000"],
      client: { timeout: 50 },
    });
    await expect(delayed.call(space)).rejects.toThrow(/TimeoutError|timed out|50 ms/);
    const { call } = await failing("DescribeUMemSpace=delay:1");
    expect((await call(space)).RetCode).toBe(0);
  });

  test("as often as asked for, then with the next failure, then not at all", async () => {
    const { call } = await failing("DescribeUMemSpace=retcode:153x2", "DescribeUMemSpace=retcode:150x1");
    const codes: unknown[] = [];
    for (let number = 0; number < 4; number += 1) codes.push(await retCodeOf(call(space)));
    expect(codes).toEqual([153, 153, 150, 0]);
  });

  test("for every action, of which each counts for itself, after its own failures", async () => {
    const { call } = await failing("*=retcode:150x1", "DescribeUMemSpace=retcode:153x1");
    const codes: unknown[] = [];
    for (const action of [space, space, space, link, link]) codes.push(await retCodeOf(call(action)));
    expect(codes).toEqual([153, 150, 0, 150, 0]);
  });

  test("but not if the request is invalid", async () => {
    const { call } = await failing("*=http:503");
    const invalid = call({ ...link, parameters: [] }, {});
    await expect(invalid).rejects.toMatchObject({ retCode: 220 });
  });
});

test("a client that retries gets over two throttled calls", async () => {
  const { call, log } = await startMockOf(api, { fail: ["*=retcode:153x2"] });
  expect((await call(space)).RetCode).toBe(0);
  expect(log).toHaveLength(3);
});

test("each response comes after the latency", async () => {
  const { call } = await startMockOf(api, { latency: 60_000, client: { timeout: 50 } });
  await expect(call(space)).rejects.toThrow(/50 ms/);
  const fast = await startMockOf(api, { latency: 1 });
  expect((await fast.call(space)).RetCode).toBe(0);
});

describe("reports the failure", () => {
  test.each([
    ["DescribeUMemSpac=broken", 'no action is named "DescribeUMemSpac" (did you mean DescribeUMemSpace?)'],
    ["DescribeUMemSpace", "use <Action>=retcode:<n>, http:<status>"],
    ["*=explode:3", '"explode" is not a failure; use <Action>=retcode:<n>'],
    ["*=retcode", '"" is not a RetCode, an integer from 1 to 2147483647'],
    ["*=retcode:0", '"0" is not a RetCode'],
    ["*=http:200", '"200" is not an HTTP status of a failure, an integer from 400 to 599'],
    ["*=delay:1.5", '"1.5" is not a number of milliseconds'],
    ["*=broken:5", 'broken takes no value; remove "5"'],
    ["*=retcode:153x0", "the number of times is 0"],
    ["*=\u001b[2J", '"\\u001b[2J" is not a failure'],
  ])("%s", async (fail, message) => {
    const started = startMock(api, [], { port: 0, log: () => {}, fail: [fail] });
    await expect(started).rejects.toThrow(UsageError);
    await expect(started).rejects.toThrow(message);
  });

  test("and all others that are wrong", async () => {
    const started = startMock(api, [], {
      port: 0,
      log: () => {},
      fail: ["A=broken", "*=broken", "B=broken"],
    });
    await expect(started).rejects.toThrow(/--fail "A=broken": .*\n.*--fail "B=broken": [^\n]*$/);
  });
});
