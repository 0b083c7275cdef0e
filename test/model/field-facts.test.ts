import { expect, test } from "vitest";
import { factsAt } from "../../scripts/model/field-facts.js";
import { responseFields } from "../../scripts/model/fields.js";
import { builtProduct } from "../support/built-product.js";

const pot = {
  type: "object",
  properties: { Pin: { type: "string", "x-actiongen-sensitive": true }, Size: { type: "integer" } },
};
const action = builtProduct({
  DescribePot: { response: { Items: { type: "array", items: pot } } },
}).action("DescribePot");

test.each([0, 9999, 10_000, 123_456, "0", "9999"])(
  "the item with the index %j has the facts of all items",
  (index) => {
    const factsOf = (name: string) => factsAt(action, responseFields(action), ["Items", index, name]);
    expect(factsOf("Pin")).toMatchObject({
      name: "Pin",
      type: { kind: "string" },
      isListed: true,
      isSensitive: true,
    });
    expect(factsOf("Size")).toMatchObject({ name: "Size", type: { kind: "integer" }, isSensitive: false });
  },
);
