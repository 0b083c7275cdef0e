import { setTimeout as delay } from "node:timers/promises";
import { createClient, describeUMemSpace } from "@dezai/umem";
import { describe, expect, onTestFinished, test } from "vitest";
import { byRequest } from "../support/by-request.js";
import { keys, queryOf } from "../support/signed.js";

interface PageRequest {
  readonly offset: number;
  readonly limit: number;
}

type Respond = (page: PageRequest, count: number) => object;

/** A gateway that returns pages of a list, and the offsets and limits of its requests. */
function gateway(respond: Respond) {
  const requests: (string | undefined)[][] = [];
  const fetch = byRequest(async (request) => {
    const query = queryOf(request);
    requests.push([query.get("Offset"), query.get("Limit")]);
    const [offset, limit] = [Number(query.get("Offset") ?? 0), Number(query.get("Limit") ?? 20)];
    return Response.json({ RetCode: 0, ...respond({ offset, limit }, requests.length) });
  });
  return { requests, client: createClient({ credentials: keys, fetch, region: "cn-zj", maxRetries: 0 }) };
}

const item = (index: number) => ({ SpaceId: `space-${index}` });
const list = (from: number, to: number) =>
  Array.from({ length: Math.max(0, to - from) }, (_, i) => item(from + i));

/** The correct response of a gateway with `length` items. */
const page =
  (length: number, total: unknown = length, maxLimit = 1_000): Respond =>
  ({ offset, limit }) => ({
    DataSet: list(offset, Math.min(length, offset + Math.min(limit, maxLimit))),
    TotalCount: total,
  });

async function all<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const found: Item[] = [];
  for await (const one of items) found.push(one);
  return found;
}

describe("iteration yields every item once, with no more requests than necessary", () => {
  test.each<[what: string, respond: Respond, given: object, offsets: (string | undefined)[], count: number]>([
    ["a short last page", page(5), { Limit: 2 }, [undefined, "2", "4"], 5],
    ["a full last page, and a total", page(4), { Limit: 2 }, [undefined, "2"], 4],
    ["a full last page, then an empty one, no total", page(4, null), { Limit: 2 }, [undefined, "2", "4"], 4],
    ["a short page, no total", page(3, null), { Limit: 2 }, [undefined, "2"], 3],
    ["a total that is a string", page(4, "4"), { Limit: 2 }, [undefined, "2"], 4],
    ["an empty list", page(0), {}, [undefined], 0],
    ["no list", () => ({}), {}, [undefined], 0],
    ["no limit", page(45), {}, [undefined, "20", "40"], 45],
    ["an offset to start at", page(5), { Limit: 2, Offset: 3 }, ["3"], 2],
    ["an offset beyond the end", page(5), { Limit: 2, Offset: 9 }, ["9"], 0],
    [
      "a gateway that returns fewer items than requested",
      page(250, 250, 100),
      { Limit: 1_000 },
      [undefined, "100", "200"],
      250,
    ],
    ["a total that is too large", page(3, 9), { Limit: 2 }, [undefined, "2", "3"], 3],
  ])("%s", async (_, respond, given, offsets, count) => {
    const { requests, client } = gateway(respond);
    const found = await all(client.describeUMemSpace(given));
    const start = Number(offsets[0] ?? 0);
    expect(found).toEqual(list(start, start + count));
    expect(requests.map(([offset]) => offset)).toEqual(offsets);
    const { Limit: limit } = given as { Limit?: number };
    for (const [, sent] of requests) expect(sent).toBe(limit === undefined ? undefined : `${limit}`);
  });

  test("pages are the success bodies", async () => {
    const { client } = gateway(page(3));
    expect(await all(client.describeUMemSpace({ Limit: 2 }).pages())).toEqual([
      { RetCode: 0, DataSet: list(0, 2), TotalCount: 3 },
      { RetCode: 0, DataSet: list(2, 3), TotalCount: 3 },
    ]);
  });

  test("the standalone function returns the same", async () => {
    const { requests, client } = gateway(page(3));
    expect(await all(describeUMemSpace(client, { Limit: 2 }))).toEqual(list(0, 3));
    expect(requests).toHaveLength(2);
  });
});

describe("the first request", () => {
  test("is sent by the call, and no other before it is needed", async () => {
    const { requests, client } = gateway(page(5));
    const call = client.describeUMemSpace({ Limit: 2 });
    await delay(20);
    const items = call[Symbol.asyncIterator]();
    await items.next();
    await items.next();
    expect(requests).toHaveLength(1);
    await items.next();
    expect(requests).toHaveLength(2);
  });

  test("is shared by awaiting and by iterating, twice", async () => {
    const { requests, client } = gateway(page(3));
    const call = client.describeUMemSpace({ Limit: 2 });
    expect((await call).DataSet).toEqual(list(0, 2));
    expect((await call.withResponse()).attempts).toBe(1);
    expect(await all(call)).toEqual(list(0, 3));
    expect(await all(call)).toEqual(list(0, 3));
    expect(requests).toEqual([
      [undefined, "2"],
      ["2", "2"],
      ["2", "2"],
    ]);
  });

  test("is the only one of a call that is awaited", async () => {
    const { requests, client } = gateway(page(50));
    const outcome = await client.describeUMemSpace({ Limit: 2 }).result();
    expect(outcome.data?.DataSet).toEqual(list(0, 2));
    await delay(20);
    expect(requests).toHaveLength(1);
  });
});

test("a break ends the requests", async () => {
  const { requests, client } = gateway(page(50));
  let seen = 0;
  for await (const _ of client.describeUMemSpace({ Limit: 2 })) if (++seen === 3) break;
  await delay(20);
  expect(requests).toHaveLength(2);
});

test("parameters that change during the iteration have no effect", async () => {
  const { requests, client } = gateway(page(4));
  const params = { Limit: 2 };
  const call = client.describeUMemSpace(params);
  params.Limit = 7;
  await all(call);
  expect(requests).toEqual([
    [undefined, "2"],
    ["2", "2"],
  ]);
});

describe("a gateway that ignores the offset causes an error instead of an endless loop", () => {
  test.each<[what: string, respond: Respond]>([
    ["the same page again and again", () => ({ DataSet: list(0, 2) })],
    ["the same page, and a total that is never reached", () => ({ DataSet: list(0, 2), TotalCount: 1_000 })],
    [
      "the same page from some position on",
      (_, count) => ({ DataSet: list(Math.min(count, 5), Math.min(count, 5) + 2) }),
    ],
    ["two pages in turn", (_, count) => ({ DataSet: list(count % 2, (count % 2) + 2) })],
    ["seven pages in turn", (_, count) => ({ DataSet: list(count % 7, (count % 7) + 2) })],
  ])("%s", async (_, respond) => {
    const { requests, client } = gateway(respond);
    const error = await all(client.describeUMemSpace({ Limit: 2 })).catch((thrown) => thrown);
    expect(error).toMatchObject({ name: "InvalidResponseError", action: "DescribeUMemSpace" });
    expect(error.message).toMatch(/the same DataSet at Offset \d+ as in an earlier page/);
    expect(requests.length).toBeLessThan(30);
  });
});

test("an error is thrown after the items before it", async () => {
  const { requests, client } = gateway((request, count) =>
    count === 2 ? { RetCode: 230, Message: "no" } : page(9)(request, count),
  );
  const found: unknown[] = [];
  const read = async () => {
    for await (const one of client.describeUMemSpace({ Limit: 2 })) found.push(one);
  };
  await expect(read()).rejects.toMatchObject({ name: "RetCodeError", retCode: 230 });
  expect([found, requests.length]).toEqual([list(0, 2), 2]);
});

test("a signal ends the iteration between two pages", async () => {
  const { requests, client } = gateway(page(9));
  const controller = new AbortController();
  const read = async () => {
    for await (const _ of client.describeUMemSpace({ Limit: 2 }, { signal: controller.signal }).pages())
      controller.abort();
  };
  await expect(read()).rejects.toMatchObject({ name: "AbortError" });
  expect(requests).toHaveLength(1);
});

test("a failure of a call that is only iterated is not an unhandled rejection", async () => {
  const rejections: unknown[] = [];
  const record = (error: unknown) => rejections.push(error);
  process.on("unhandledRejection", record);
  onTestFinished(() => void process.off("unhandledRejection", record));
  const { client } = gateway(() => ({ RetCode: 230, Message: "no" }));
  await expect(all(client.describeUMemSpace())).rejects.toMatchObject({ retCode: 230 });
  const later = client.describeUMemSpace()[Symbol.asyncIterator]();
  const pages = client.describeUMemSpace().pages();
  await delay(20);
  await expect(later.next()).rejects.toMatchObject({ retCode: 230 });
  await expect(pages.next()).rejects.toMatchObject({ retCode: 230 });
  expect(rejections).toEqual([]);
});
