import { describe, expect, test } from "vitest";
import { InputError } from "../../scripts/diagnostic.js";
import { load } from "../../scripts/load.js";
import type { ActionParts } from "../support/action-document.js";
import { madeUpProduct } from "../support/made-up-product.js";

const string = { type: "string" };
const integer = (name: string) => ({ name, in: "query", schema: { type: "integer" } });
const wait = {
  function: "waitUntilBaked",
  items: "Pots",
  id: "PotId",
  state: "State",
  done: ["Baked"],
  failed: [],
};

/** An action that lists pots, with an extension. */
function lists(extension: object, more: ActionParts = {}): ActionParts {
  const Pot = {
    type: "object",
    properties: {
      PotId: string,
      Size: { type: "integer" },
      State: { type: "string", enum: ["Raw", "Baked", "Broken"] },
    },
  };
  return {
    ...more,
    operation: { "x-actiongen-wait": extension, ...more.operation },
    response: {
      Names: { type: "array", items: string },
      Pots: { type: "array", items: { $ref: "#/components/schemas/Pot" } },
    },
    schemas: { Pot },
  };
}

/** The report of the problems of actions. */
async function report(actions: Readonly<Record<string, ActionParts>>): Promise<string> {
  const error: unknown = await madeUpProduct(actions).then(
    () => expect.fail("no error was reported"),
    (thrown) => thrown,
  );
  if (!(error instanceof InputError)) throw error;
  return error.message;
}

test("is in the model", async () => {
  const { action } = await madeUpProduct({ ListPots: lists(wait) });
  expect(action("ListPots").wait).toEqual(wait);
});

test("the overlays of this repository name the final states of backups", async () => {
  const { products } = await load("spec");
  const waits = products.flatMap(({ actions }) => actions.flatMap((action) => action.wait ?? []));
  expect(waits.map((one) => [one.function, ...one.done, ...one.failed])).toEqual([
    ["waitUntilBackupComplete", "Done"],
    ["waitUntilRedisBackupComplete", "Success", "Error", "Expired"],
  ]);
});

const rename = "Correct the name, or the overlay that it comes from.";

describe("reports with the value seen and what to do", () => {
  test.each<[what: string, extension: object, message: string, help: string]>([
    ["items that do not exist", { ...wait, items: "Pans" }, 'items is "Pans", which does not exist', rename],
    [
      "items that are no objects",
      { ...wait, items: "Names" },
      'items is "Names", which is of type array',
      rename,
    ],
    ["an ID that does not exist", { ...wait, id: "PanId" }, 'id is "PanId", which does not exist', rename],
    ["an ID that is a number", { ...wait, id: "Size" }, 'id is "Size", which is of type integer', rename],
    [
      "a state that does not exist",
      { ...wait, state: "Status" },
      'state is "Status", which does not exist',
      rename,
    ],
    [
      "a final state that is not known",
      { ...wait, done: ["Done"] },
      'done of x-actiongen-wait lists "Done", which State does not',
      "Use values of State: Raw, Baked, Broken.",
    ],
    [
      "a state that is done and failed",
      { ...wait, failed: ["Baked"] },
      'failed of x-actiongen-wait lists "Baked", as done does',
      "Remove it from one of them.",
    ],
    ["no final state", { ...wait, done: [] }, '"done":[]', "lists of states of which done is not empty"],
    ["a key that is not known", { ...wait, until: "" }, '"until":""', "It must be function, an unused name"],
    [
      "a function with a reserved name",
      { ...wait, function: "waitFor" },
      '"function":"waitFor"',
      "an unused name",
    ],
  ])("%s", async (_, extension, message, help) => {
    const text = await report({ ListPots: lists(extension) });
    expect(text).toMatch(/pots\/ListPots\.openapi\.yaml/);
    expect(text).toContain(message);
    expect(text).toContain(help);
  });

  test("an action that changes something", async () => {
    expect(await report({ BakePots: lists(wait) })).toContain(
      "x-actiongen-wait is set on BakePots, which is not safe to retry",
    );
  });

  test("items other than those of the pages", async () => {
    const paging = { offset: "Offset", limit: "Limit", total: "Total", items: "Names" };
    const parts = lists(wait, {
      operation: { "x-actiongen-paging": paging },
      parameters: [integer("Offset"), integer("Limit")],
    });
    const response = { ...parts.response, Total: { type: "integer" } };
    expect(await report({ ListPots: { ...parts, response } })).toContain(
      'items of x-actiongen-wait is "Pots", and items of x-actiongen-paging is "Names"',
    );
  });

  test.each([
    [
      "another action waits with",
      { ...wait, function: "waitUntilBaked" },
      "that of x-actiongen-wait of ListPots",
    ],
    ["an action has", { ...wait, function: "listPots" }, "listPots of ListPots"],
  ])("a function whose name %s", async (_, extension, user) => {
    const text = await report({ ListPots: lists(wait), ListShelves: lists(extension) });
    expect(text).toContain(
      `x-actiongen-wait of ListShelves has the same function, ${extension.function}, as ${user}`,
    );
  });
});
