import { expect, test } from "vitest";
import type { Type } from "../../scripts/model/api-model.js";
import { fieldAt, modelsOf, responseFields } from "../../scripts/model/fields.js";
import { summarize } from "../../scripts/model/summary.js";
import { builtProduct, retCode } from "../support/built-product.js";

const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const object = (properties: object, more: object = {}) => ({ type: "object", properties, ...more });
const kinds = {
  DescribePot: {
    parameters: [
      { name: "Lid", in: "query", required: true, schema: ref("Lid") },
      { name: "Names", in: "query", schema: { type: "array", items: { type: "string" } } },
    ],
    response: {
      Action: { type: "string" },
      Plain: ref("Plain"),
      List: { type: "array", items: ref("Item") },
      Map: { type: "object", additionalProperties: ref("Value") },
      Choice: { oneOf: [ref("One"), { type: "string" }, ref("Two")] },
    },
    schemas: {
      Lid: object({ Size: { type: "integer" }, Lid: ref("Lid") }),
      Plain: object({ Inner: ref("Inner") }),
      Inner: object({ Plain: ref("Plain") }),
      Item: object({ A: {} }, { additionalProperties: ref("Other") }),
      Other: object({ B: {} }),
      Value: object({ C: {} }),
      One: object({ D: {} }),
      Two: object({ E: {}, Plain: {} }),
    },
  },
};

test("the models that fields refer to are found in every kind of type, in the order of the action's", () => {
  const action = builtProduct(kinds).action("DescribePot");
  const fields = responseFields(action);
  const names = (...listed: string[]) =>
    modelsOf(
      action,
      fields.filter(({ name }) => listed.includes(name)),
    ).map(({ name }) => name);
  expect(names("Action")).toEqual([]);
  expect(names("Plain")).toEqual(["Plain", "Inner"]);
  expect(names("List")).toEqual(["Item", "Other"]);
  expect(names("Map")).toEqual(["Value"]);
  expect(names("Choice")).toEqual(["One", "Two"]);
  expect(names("Choice", "List")).toEqual(["Item", "Other", "One", "Two"]);
  const missing: Type = { kind: "object", model: "Missing", nullable: false };
  expect(modelsOf(action, [{ type: missing }])).toEqual([]);
  expect(responseFields({ ...action, responseModel: "Missing" })).toEqual([]);
});

test("a field is found by its path, with the type of the items or values that the path leads to", () => {
  const action = builtProduct(kinds).action("DescribePot");
  const found = (direction: "param" | "resp", path: string) => {
    const { field, type } = fieldAt(action, direction, path) ?? {};
    return field && [field.name, type?.kind];
  };
  expect(found("param", "Lid")).toEqual(["Lid", "object"]);
  expect(found("param", "Lid.Lid.Size")).toEqual(["Size", "integer"]);
  expect(found("param", "Names.N")).toEqual(["Names", "string"]);
  expect(found("resp", "List.N")).toEqual(["List", "object"]);
  expect(found("resp", "List.N.A")).toEqual(["A", "json"]);
  expect(found("resp", "List.N.*.B")).toEqual(["B", "json"]);
  expect(found("resp", "Map.*.C")).toEqual(["C", "json"]);
  expect(found("resp", "Plain.Inner.Plain")).toEqual(["Plain", "object"]);
  for (const path of [
    "",
    "Plain",
    "Lid.N",
    "Lid.*",
    "Lid.Names",
    "Names",
    "Names.*",
    "Names.A",
    "Lid.Size.A",
    "N",
    "*",
  ])
    expect(found("param", path), path).toEqual(path === "Names" ? ["Names", "array"] : undefined);
  for (const path of [
    "Lid",
    "List.A",
    "List.*",
    "Map.N",
    "Map.C",
    "Plain.*",
    "Plain.N",
    "Action.N",
    "Action.*",
  ])
    expect(found("resp", path), path).toBeUndefined();
});

test("the summary of a product lists names at any depth once, and its own RetCodes", () => {
  const gateway = [retCode(1)];
  const own = { operation: { "x-actiongen-retcodes": [[retCode(2)]], summary: "Stir it", deprecated: true } };
  const { product } = builtProduct({ ...kinds, BakePot: own }, gateway);
  const brand = { retCodes: gateway } as unknown as Parameters<typeof summarize>[1];
  expect(summarize(product, brand)).toEqual({
    name: "pots",
    title: "Pots",
    actions: [
      {
        name: "BakePot",
        summary: "Stir it",
        retrySafe: false,
        deprecated: true,
        required: [],
        parameters: [],
        fields: [],
      },
      {
        name: "DescribePot",
        summary: "",
        retrySafe: true,
        deprecated: false,
        required: ["Lid"],
        parameters: ["Lid", "Size", "Names"],
        fields: ["Plain", "Inner", "List", "A", "Map", "C", "Choice", "D", "E"],
      },
    ],
    retCodes: [retCode(2)],
  });
});
