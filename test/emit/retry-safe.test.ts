import { expect, test } from "vitest";
import { operationOf } from "../../scripts/emit/operation-fields.js";
import { emitted } from "../support/emitted.js";
import { madeUpProduct, requires } from "../support/made-up-product.js";

/** Operation with `x-actiongen-retry-safe`, as an overlay sets it. */
const safe = (isSafe: boolean) => ({ operation: { "x-actiongen-retry-safe": isSafe } });

test.each<[action: string, parts: object, want: boolean]>([
  ["DescribePot", {}, true],
  ["DescribePot", safe(false), false],
  ["BakePot", {}, false],
  ["BakePot", safe(true), true],
])("the client retries %s with %j: %s", async (name, parts, want) => {
  const { action } = await madeUpProduct({ [name]: parts });
  expect(operationOf(action(name)).retrySafe).toBe(want);
});

test("the reference does not say of an action that is not safe to retry that it only reads, whatever its name", async () => {
  const files = await emitted({ DescribePot: safe(false), GetPan: { parameters: [requires("PanId")] } });
  const page = (path: string) => files.get(`docs/${path}`) ?? "";
  expect(page("pots/DescribePot.md")).toContain("\nchanges · not safe to retry\n");
  expect(page("pots/GetPan.md")).toContain("\nread-only · safe to retry\n");
  expect(page("pots/index.md")).toContain("- [DescribePot](DescribePot.md) (changes)");

  // The request builder sends an action that changes something only after the reader has confirmed it.
  const isRead = (name: string) => /"isRead":(\w+)/.exec(page(`pots/${name}.html`))?.[1];
  expect([isRead("DescribePot"), isRead("GetPan")]).toEqual(["false", "true"]);

  // The first call that the home page suggests changes nothing.
  expect(page("index.html")).toContain("getPan");
  expect(page("index.html")).not.toContain("describePot");
});
