import { expect, test } from "vitest";
import { madeUpProduct } from "../support/made-up-product.js";

const enumeration = (name: string, ...values: (string | number)[]) => ({
  name,
  in: "query",
  schema: { type: typeof values[0], enum: values },
});

test("each enumeration has a type, whose name no other export of the package has", async () => {
  const { product } = await madeUpProduct({
    CreatePot: { parameters: [enumeration("LidType", "flat", "dome"), enumeration("Params", "a")] },
    CreatePotLid: { parameters: [enumeration("Type", "flat", "round"), enumeration("Size", 1, 2)] },
  });
  const found = product.actions.flatMap(({ knownValues }) => knownValues);
  expect(found).toEqual([
    { name: "CreatePotLidType", field: "LidType", values: ["flat", "dome"] },
    { name: "CreatePotParams2", field: "Params", values: ["a"] },
    { name: "CreatePotLidType2", field: "Type", values: ["flat", "round"] },
    { name: "CreatePotLidSize", field: "Size", values: [1, 2] },
  ]);
});

test("enumerations in arrays, in a response and in its models have types as well", async () => {
  const number = (name: string) => ({ name, in: "query", schema: { type: "integer" } });
  const text = (...values: string[]) => ({ type: "string", enum: values });
  const { action } = await madeUpProduct({
    DescribePot: {
      operation: {
        "x-actiongen-paging": { offset: "Offset", limit: "Limit", total: "Total", items: "Pots" },
      },
      parameters: [number("Offset"), number("Limit")],
      response: {
        Total: { type: "integer" },
        Mode: text("fast"),
        Pots: { type: "array", items: { $ref: "#/components/schemas/Pot" } },
      },
      schemas: {
        Pot: {
          type: "object",
          properties: {
            State: { type: ["string", "null"], enum: ["Hot", "Cold", null] },
            Lids: { type: "array", items: { $ref: "#/components/schemas/Lid" } },
          },
        },
        Lid: { type: "object", properties: { Colors: { type: "array", items: text("red", "blue") } } },
      },
    },
  });
  expect(action("DescribePot").knownValues.map(({ name, values }) => [name, ...values])).toEqual([
    ["DescribePotResponseMode", "fast"],
    ["DescribePotItemState", "Hot", "Cold"],
    ["DescribePotLidColors", "red", "blue"],
  ]);
});
