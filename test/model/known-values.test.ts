import { expect, test } from "vitest";
import { builtProduct } from "../support/built-product.js";

const enumeration = (name: string, ...values: (string | number)[]) => ({
  name,
  in: "query",
  schema: { type: typeof values[0], enum: values },
});

test("each enumeration has a type, whose name no other export of the package has", () => {
  const { product } = builtProduct({
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

test("enumerations in arrays, in a response and in its models have types as well", () => {
  const number = (name: string) => ({ name, in: "query", schema: { type: "integer" } });
  const text = (...values: string[]) => ({ type: "string", enum: values });
  const { action } = builtProduct({
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

test("a type of known values has no name that another export of the package has", () => {
  const string = { type: "string" };
  const { action } = builtProduct({
    ListPots: {
      operation: {
        "x-actiongen-wait": {
          function: "listPotsLid",
          items: "Pots",
          id: "Id",
          state: "Id",
          done: ["a"],
          failed: [],
        },
      },
      parameters: [enumeration("LidParams", "a"), enumeration("State", "a"), enumeration("Size", "a")],
      response: { Pots: { type: "array", items: { $ref: "#/components/schemas/ListPotsState" } } },
      schemas: { ListPotsState: { type: "object", properties: { Id: string } } },
    },
  });
  expect(action("ListPots").knownValues.map(({ name }) => name)).toEqual([
    "ListPotsLidParams2",
    "ListPotsState2",
    "ListPotsSize",
  ]);
});

test("enumerations in maps, choices and objects that contain themselves have one type each", () => {
  const text = (...values: string[]) => ({ type: "string", enum: values });
  const number = (name: string) => ({ name, in: "query", schema: { type: "integer" } });
  const { action } = builtProduct({
    ListPots: {
      operation: {
        "x-actiongen-paging": { offset: "Offset", limit: "Limit", total: "Total", items: "Pots" },
      },
      parameters: [number("Offset"), number("Limit")],
      response: {
        Total: { type: "integer" },
        Map: { type: "object", additionalProperties: text("a", "b") },
        Choice: { oneOf: [text("c", "d"), text("d"), { type: "integer" }] },
        Pots: { type: "array", items: { type: "object", properties: { State: text("e") } } },
        Pan: { type: "object", properties: { State: text("f") } },
        Again: { $ref: "#/components/schemas/Response" },
      },
    },
  });
  expect(action("ListPots").knownValues.map(({ name, values }) => [name, ...values])).toEqual([
    ["ListPotsResponseMap", "a", "b"],
    ["ListPotsResponseChoice", "c", "d"],
    ["ListPotsItemState", "e"],
    ["ListPotsResponsePanState", "f"],
  ]);
});
