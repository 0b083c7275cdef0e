import { describe, expect, test } from "vitest";
import { operationOf } from "../../scripts/emit/operation-fields.js";
import { load } from "../../scripts/load.js";
import type { Action, Paging } from "../../scripts/model/api-model.js";
import { pagedCall } from "../../templates/runtime/paging.js";
import { waitForItems } from "../../templates/runtime/wait.js";
import { responses } from "../support/action-document.js";
import { madeUpProduct } from "../support/made-up-product.js";
import { actionNamed, startMockOf } from "../support/mock.js";

const paging: Paging = { offset: "Offset", limit: "Limit", total: "Total", items: "Pots" };

/** A client of a mock with one paged action, whose response has these fields besides the total. */
async function listOf(items: object, { example, limit = {} }: { example?: unknown; limit?: object } = {}) {
  const number = { type: "integer" };
  const parameter = (name: string, more = {}) => ({ name, in: "query", schema: { ...number, ...more } });
  const { product, brand, action } = await madeUpProduct({
    ListPots: {
      operation: {
        "x-actiongen-paging": paging,
        ...(example !== undefined && { responses: responses("Response", example) }),
      },
      parameters: [parameter("Offset"), parameter("Limit", limit)],
      response: { Total: number, Pots: { type: "array", items } },
    },
  });
  const { connection, call } = await startMockOf({ brand, products: [product] });
  return {
    connection,
    action: action("ListPots"),
    page: (params: object) => call(action("ListPots"), params),
  };
}

const pot = { type: "object", properties: { PotId: { type: "string" }, Lid: { type: "boolean" } } };

async function iterate({ connection, action }: Awaited<ReturnType<typeof listOf>>, params: object) {
  const operation = { ...operationOf(action), paging };
  const found: unknown[] = [];
  for await (const item of pagedCall(connection, operation, params)) found.push(item);
  return found;
}

describe("a paged list of the mock", () => {
  test.each<[what: string, items: object, example?: unknown]>([
    ["objects", pot],
    ["texts", { type: "string" }],
    ["documented objects", pot, { RetCode: 0, Pots: [{ PotId: "pot-x1", Lid: true }], Total: 1 }],
    ["objects without a schema", {}, { RetCode: 0, Pots: [{ Lid: true, PotId: "pot-x1" }], Total: 1 }],
    ["objects that the example shows none of", pot, { RetCode: 0, Pots: [], Total: 0 }],
  ])(
    "of %s has 25 items, which iteration sees once each, for any size of a page",
    async (_, items, example) => {
      const list = await listOf(items, { example });
      for (const params of [{}, { Limit: 1 }, { Limit: 10 }, { Limit: 25 }, { Limit: 100 }]) {
        const found = await iterate(list, params);
        expect(new Set(found.map((item) => JSON.stringify(item))).size).toBe(25);
        expect(found).toHaveLength(25);
      }
      expect(await iterate(list, { Offset: 20, Limit: 3 })).toHaveLength(5);
    },
  );

  test("has the default number of items on a page, and always the same total", async () => {
    const { page } = await listOf(pot, { limit: { default: 7 } });
    const sizes = async (params: object) => {
      const { Pots, Total } = await page(params);
      return [(Pots as unknown[]).length, Total];
    };
    expect(await sizes({})).toEqual([7, 25]);
    expect(await sizes({ Limit: 10, Offset: 20 })).toEqual([5, 25]);
    expect(await sizes({ Limit: 0 })).toEqual([0, 25]);
    expect(await sizes({ Offset: 100 })).toEqual([0, 25]);
    expect(await sizes({ Offset: -5 })).toEqual([7, 25]);
  });

  test("has one item if items cannot be told apart", async () => {
    const lid = { type: "object", properties: { Lid: { type: "boolean" } } };
    expect(await iterate(await listOf(lid), {})).toEqual([{ Lid: false }]);
  });
});

describe("a wait ends with the mock", () => {
  async function waited(name: string, params: object) {
    const api = await load("test/golden/waiting/spec");
    const { connection } = await startMockOf(api);
    const { wait, ...action } = actionNamed(api, name) as Action & { wait: NonNullable<Action["wait"]> };
    return await waitForItems(
      connection,
      { ...operationOf({ ...action, wait }), ...(action.paging && { paging: action.paging }) },
      wait,
      params,
      { timeout: 5_000, interval: 1 },
    );
  }

  test("if the ID is a parameter, with that item", async () => {
    expect(await waited("DescribeDisk", { DiskId: "mine" })).toEqual([{ DiskId: "mine", State: "Gone" }]);
  });

  test("if it is not, with an item of the list", async () => {
    expect(await waited("ListDisks", { DiskId: "disk-1" })).toEqual([{ DiskId: "disk-1", Status: "In use" }]);
  });
});
