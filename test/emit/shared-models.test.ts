import { expect, test } from "vitest";
import { sharedModels } from "../../scripts/emit/docs/shared-models.js";
import type { ActionParts } from "../support/action-document.js";
import { madeUpProduct } from "../support/made-up-product.js";

/** An action that returns a pot, whose lid has this field. */
function returnsPot(field: string): ActionParts {
  return {
    response: { Pot: { $ref: "#/components/schemas/Pot" } },
    schemas: {
      Pot: { type: "object", properties: { Lid: { $ref: "#/components/schemas/Lid" } } },
      Lid: { type: "object", properties: { [field]: { type: "string" } } },
    },
  };
}

async function shared(actions: Readonly<Record<string, ActionParts>>): Promise<string[]> {
  const { product } = await madeUpProduct(actions);
  return sharedModels(product).map(({ model, usedBy }) => `${model.name}: ${usedBy.join(" ")}`);
}

test("lists the objects that several actions use, without bodies of responses", async () => {
  const actions = { CreatePot: returnsPot("Size"), DescribePot: returnsPot("Size"), DeletePot: {} };
  expect(await shared(actions)).toEqual(["Lid: CreatePot DescribePot", "Pot: CreatePot DescribePot"]);
});

test("distinguishes objects of one name by their content, that of their objects included", async () => {
  const actions = {
    CreatePot: returnsPot("Size"),
    DescribePot: returnsPot("Size"),
    CreatePan: returnsPot("Width"),
    DescribePan: returnsPot("Width"),
    CreateCup: returnsPot("Depth"),
  };
  expect(await shared(actions)).toEqual([
    "Lid: CreatePan DescribePan",
    "Lid: CreatePot DescribePot",
    "Pot: CreatePan DescribePan",
    "Pot: CreatePot DescribePot",
  ]);
});
