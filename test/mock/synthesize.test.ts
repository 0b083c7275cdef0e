import { describe, expect, test } from "vitest";
import { synthesize } from "../../scripts/mock/synthesize.js";
import { agrees } from "../../scripts/model/agreement.js";
import { responses } from "../support/action-document.js";
import { madeUpProduct } from "../support/made-up-product.js";

const string = { type: "string" };
const integer = { type: "integer" };
const listOf = (items: object, limits: object = {}) => ({ type: "array", items, ...limits });
const tree = { $ref: "#/components/schemas/Tree" };
const schemas = {
  Tree: {
    type: "object",
    required: ["Name", "Children"],
    properties: { Name: string, Children: listOf(tree), Parent: tree },
  },
};

/** The response to a call of an action whose success body has these fields, without `RetCode`, and its origin. */
async function responseOf(response: Record<string, object>, example?: unknown) {
  const operation = example === undefined ? {} : { responses: responses("Response", example) };
  const { action } = await madeUpProduct({ Boil: { response, schemas, operation } });
  const { body, origin } = synthesize(action("Boil"), {}, "http://127.0.0.1:1/downloads/");
  const { models, responseModel } = action("Boil");
  expect(agrees(body, { kind: "object", model: responseModel, nullable: false }, models)).toBe(true);
  const { RetCode, ...rest } = body;
  expect(RetCode).toBe(0);
  return { ...rest, origin };
}

describe("a value that is made from the schema is", () => {
  test.each<[what: string, schema: object, value: unknown]>([
    ["a text with the name of the field", string, "Pot-1"],
    ["a text that is long enough", { ...string, minLength: 8 }, "Pot---" + "-1"],
    ["a text that is not too long", { ...string, maxLength: 4 }, "Po-1"],
    ["a text of one letter", { ...string, maxLength: 1 }, "1"],
    ["base64", { ...string, contentEncoding: "base64" }, "UG90LTE="],
    ["the first value of an enumeration", { ...string, enum: ["Iron", "Clay"] }, "Iron"],
    ["a constant", { const: "2.0" }, "2.0"],
    ["a number within its limits", { ...integer, minimum: 20, multipleOf: 8 }, 24],
    ["a date", { ...string, format: "date" }, "2026-01-31"],
    ["a duration", { ...string, format: "duration" }, "PT1H"],
    ["an address", { ...string, format: "ipv4" }, "192.0.2.1"],
    ["a link to the mock", { ...string, format: "uri" }, "http://127.0.0.1:1/downloads/Boil/Pot"],
    ["a list of two texts", listOf(string), ["Pot-1", "Pot-2"]],
    [
      "a list of two objects",
      listOf({ type: "object", properties: { PotId: string, Size: integer } }),
      [
        { PotId: "PotId-1", Size: 1 },
        { PotId: "PotId-2", Size: 1 },
      ],
    ],
    [
      "a list of objects that differ in their IDs and names, not in what they have in common",
      listOf({ type: "object", properties: { Zone: string, SpaceId: string, PotId: string, Name: string } }),
      [1, 2].map((n) => ({
        Zone: "Zone-1",
        SpaceId: `SpaceId-${n}`,
        PotId: `PotId-${n}`,
        Name: `Name-${n}`,
      })),
    ],
    ["as many items as a list has at least", listOf(integer, { minItems: 3, uniqueItems: true }), [1, 2, 3]],
    ["no more items than a list has at most", listOf(integer, { maxItems: 1 }), [1]],
    ["one item, if there is no other", listOf({ type: "boolean" }), [false]],
    ["an object that ends where it contains itself", tree, { Name: "Name-1", Children: [] }],
    ["a map", { type: "object", additionalProperties: integer }, { "Key-1": 1 }],
    ["a value of a union", { oneOf: [integer, string] }, 1],
  ])("%s", async (_, schema, value) => {
    expect(await responseOf({ Pot: schema })).toEqual({ Pot: value, origin: "schema" });
  });

  test("left out if it is optional and has to match a pattern", async () => {
    const schema = { type: "object", properties: { Id: { ...string, pattern: "^pot:" }, Size: integer } };
    expect(await responseOf({ Pot: schema })).toEqual({ Pot: { Size: 1 }, origin: "schema" });
  });
});

describe("the documented example is the response", () => {
  const pot = { type: "object", required: ["Size"], properties: { Size: integer, Name: string } };
  const fields = { Action: string, Pots: listOf(pot), Note: { ...string, maxLength: 3 } };

  test.each<[what: string, example: object, body: object]>([
    ["as it is", { Pots: [{ Size: 5, Name: "Kettle" }] }, { Pots: [{ Size: 5, Name: "Kettle" }] }],
    [
      "without random strings",
      { Pots: [{ Size: 5, Name: "WfTAPwME" }] },
      { Pots: [{ Size: 5, Name: "Name-1" }] },
    ],
    [
      "with a value in place of one of another type",
      { Pots: [{ Size: "5", Name: "Kettle" }] },
      { Pots: [{ Size: 1, Name: "Kettle" }] },
    ],
    ["with a value that keeps the limits", { Note: "much too long" }, { Note: "N-1" }],
    [
      "with the required fields that it lacks",
      { Pots: [{ Name: "Kettle" }] },
      { Pots: [{ Size: 1, Name: "Kettle" }] },
    ],
    [
      "without fields that are not described",
      { Pots: [{ Size: 5, Lid: true }], Stove: 1 },
      { Pots: [{ Size: 5 }] },
    ],
    ["with an object in place of what is none", { Pots: [3] }, { Pots: [{ Size: 1, Name: "Name-1" }] }],
  ])("%s", async (_, example, body) => {
    const documented = { RetCode: 0, Action: "Fry", ...example };
    const envelope = { Action: "BoilResponse", origin: "example" };
    expect(await responseOf(fields, documented)).toEqual({ ...envelope, ...body });
  });

  test.each([[{ RetCode: 230, Message: "no pot" }], [["no object"]], ["text"]])(
    "unless it is %j",
    async (example) => {
      expect(await responseOf({ Pot: string }, example)).toEqual({ Pot: "Pot-1", origin: "schema" });
    },
  );
});
