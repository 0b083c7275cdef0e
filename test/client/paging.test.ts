import { createClient } from "@dezai/umem";
import { describe, expect, test } from "vitest";
import { byRequest } from "../support/by-request.js";
import { keys, queryOf } from "../support/signed.js";

interface Asked {
  readonly offset: number;
  readonly limit: number;
}

type Answer = (asked: Asked, count: number) => object;

/** A gateway that gives parts of a list, and the requests that it had. */
function gateway(answer: Answer) {
  const asked: (string | undefined)[][] = [];
  const fetch = byRequest(async (request) => {
    const query = queryOf(request);
    asked.push([query.get("Offset"), query.get("Limit")]);
    const [offset, limit] = [Number(query.get("Offset") ?? 0), Number(query.get("Limit") ?? 20)];
    return Response.json({ RetCode: 0, ...answer({ offset, limit }, asked.length) });
  });
  return { asked, client: createClient({ credentials: keys, fetch, region: "cn-zj", maxRetries: 0 }) };
}

const item = (index: number) => ({ SpaceId: `space-${index}` });
const list = (from: number, to: number) =>
  Array.from({ length: Math.max(0, to - from) }, (_, i) => item(from + i));

/** The right answer of a gateway that has so many. */
const part =
  (length: number, total: unknown = length, mostAtOnce = 1_000): Answer =>
  ({ offset, limit }) => ({
    DataSet: list(offset, Math.min(length, offset + Math.min(limit, mostAtOnce))),
    TotalCount: total,
  });

async function all<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const found: Item[] = [];
  for await (const one of items) found.push(one);
  return found;
}

describe("every item comes once, and no more is asked than it takes", () => {
  test.each<[what: string, answer: Answer, given: object, offsets: string[], count: number]>([
    ["a short last part", part(5), { Limit: 2 }, ["0", "2", "4"], 5],
    ["a last part that is full, and a total", part(4), { Limit: 2 }, ["0", "2"], 4],
    [
      "a last part that is full, and no total: an empty one follows",
      part(4, null),
      { Limit: 2 },
      ["0", "2", "4"],
      4,
    ],
    ["a short part, and no total", part(3, null), { Limit: 2 }, ["0", "2"], 3],
    ["a total as a text", part(4, "4"), { Limit: 2 }, ["0", "2"], 4],
    ["nothing at all", part(0), {}, ["0"], 0],
    ["no list at all", () => ({}), {}, ["0"], 0],
    ["no limit", part(45), {}, ["0", "20", "40"], 45],
    ["an offset to start at", part(5), { Limit: 2, Offset: 3 }, ["3"], 2],
    ["an offset beyond the end", part(5), { Limit: 2, Offset: 9 }, ["9"], 0],
    [
      "a gateway that gives less at once than was asked for",
      part(250, 250, 100),
      { Limit: 1_000 },
      ["0", "100", "200"],
      250,
    ],
    ["a total that promises more than there is", part(3, 9), { Limit: 2 }, ["0", "2", "3"], 3],
  ])("%s", async (_, answer, given, offsets, count) => {
    const { asked, client } = gateway(answer);
    const found = await all(client.describeUMemSpaceItems(given));
    const start = Number(offsets[0]);
    expect(found).toEqual(list(start, start + count));
    expect(asked.map(([offset]) => offset)).toEqual(offsets);
    const { Limit: limit } = given as { Limit?: number };
    for (const [, sent] of asked) expect(sent).toBe(limit === undefined ? undefined : `${limit}`);
  });

  test("pages are the bodies of the answers", async () => {
    const { client } = gateway(part(3));
    const pages = await all(client.describeUMemSpacePages({ Limit: 2 }));
    expect(pages).toEqual([
      { RetCode: 0, DataSet: list(0, 2), TotalCount: 3 },
      { RetCode: 0, DataSet: list(2, 3), TotalCount: 3 },
    ]);
  });
});

describe("nothing is asked", () => {
  test("before somebody wants an item", async () => {
    const { asked, client } = gateway(part(5));
    const items = client.describeUMemSpaceItems({ Limit: 2 });
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(asked).toHaveLength(0);
    await items.next();
    expect(asked).toHaveLength(1);
  });

  test("after a break", async () => {
    const { asked, client } = gateway(part(50));
    let seen = 0;
    for await (const _ of client.describeUMemSpaceItems({ Limit: 2 })) if (++seen === 3) break;
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(asked).toHaveLength(2);
  });
});

describe("a gateway that does not heed the offset ends in an error, not in a loop", () => {
  test.each<[what: string, answer: Answer]>([
    ["the same part again and again", () => ({ DataSet: list(0, 2) })],
    ["the same part, and a total that is never reached", () => ({ DataSet: list(0, 2), TotalCount: 1_000 })],
    [
      "the same part from some place on",
      (_, count) => ({ DataSet: list(Math.min(count, 5), Math.min(count, 5) + 2) }),
    ],
    ["two parts in turns", (_, count) => ({ DataSet: list(count % 2, (count % 2) + 2) })],
    ["seven parts in turns", (_, count) => ({ DataSet: list(count % 7, (count % 7) + 2) })],
  ])("%s", async (_, answer) => {
    const { asked, client } = gateway(answer);
    const error = await all(client.describeUMemSpaceItems({ Limit: 2 })).catch((thrown) => thrown);
    expect(error).toMatchObject({ name: "InvalidResponseError", action: "DescribeUMemSpace" });
    expect(error.message).toMatch(/the same DataSet from Offset \d+ as in a part before/);
    expect(asked.length).toBeLessThan(30);
  });
});

test("an error passes, after the items before it", async () => {
  const { asked, client } = gateway((given, count) =>
    count === 2 ? { RetCode: 230, Message: "no" } : part(9)(given, count),
  );
  const found: unknown[] = [];
  const read = async () => {
    for await (const one of client.describeUMemSpaceItems({ Limit: 2 })) found.push(one);
  };
  await expect(read()).rejects.toMatchObject({ name: "RetCodeError", retCode: 230 });
  expect([found, asked.length]).toEqual([list(0, 2), 2]);
});

test("a signal ends it between two parts", async () => {
  const { asked, client } = gateway(part(9));
  const controller = new AbortController();
  const read = async () => {
    for await (const _ of client.describeUMemSpacePages({ Limit: 2 }, { signal: controller.signal }))
      controller.abort();
  };
  await expect(read()).rejects.toMatchObject({ name: "AbortError" });
  expect(asked).toHaveLength(1);
});
