import { expect, test } from "vitest";
import type { ActionParts } from "../support/action-document.js";
import { builtProduct } from "../support/built-product.js";

const number = (name: string, type = "integer") => ({ name, in: "query", schema: { type } });
const paging = { offset: "Offset", limit: "Limit", total: "Total", items: "Pots" };
const download = { function: "downloadPot", links: "Links" };
const wait = {
  function: "waitForPot",
  items: "Pots",
  id: "PotId",
  state: "State",
  done: ["Hot"],
  failed: ["Broken"],
};

/** An action with extensions, that returns pots and links. */
function lists(extensions: object, more: ActionParts = {}): ActionParts {
  return {
    operation: Object.fromEntries(
      Object.entries(extensions).map(([name, value]) => [`x-actiongen-${name}`, value]),
    ),
    parameters: [number("Offset"), number("Limit", "number"), ...(more.parameters ?? [])],
    response: {
      Total: { type: "integer" },
      Pots: { type: "array", items: { $ref: "#/components/schemas/Pot" } },
      Pans: { type: "array", items: { type: "string" } },
      Links: { type: "array", items: { type: "string" } },
      Link: { type: "string" },
      Pot: { $ref: "#/components/schemas/Pot" },
    },
    schemas: {
      Pot: {
        type: "object",
        properties: {
          PotId: { type: "string" },
          Zone: { type: "string", enum: ["a", "b"] },
          Size: { type: "integer" },
          IsHot: { type: "boolean" },
          Number: { type: "integer", enum: [1, 2] },
          State: { type: "string", enum: ["Cold", "Hot", "Broken"] },
        },
      },
    },
  };
}

const path = (extension: string) => `paths / get x-actiongen-${extension}`;
const rename = "(Correct the name, or the overlay that it comes from.)";

test.each<[what: string, extensions: object, problems: readonly string[], more?: ActionParts]>([
  ["pages", { paging }, []],
  ["downloads of several links", { download }, []],
  ["downloads of one link", { download: { ...download, links: "Link" } }, []],
  ["waits, with pages", { wait, paging }, []],
  ["an ID and a state of another form", { wait: { ...wait, id: "Zone", state: "PotId", done: ["New"] } }, []],
  ["an ID that is a parameter as well", { wait }, [], { parameters: [number("PotId", "string")] }],
  [
    "an ID that is a parameter of another type",
    { wait },
    [`list-fields: ${path("wait")}: id is "PotId", which is of type integer ${rename}`],
    { parameters: [number("PotId")] },
  ],
  [
    "a limit that does not exist",
    { paging: { ...paging, limit: "Most" } },
    [`list-fields: ${path("paging")}: limit is "Most", which does not exist ${rename}`],
  ],
  [
    "parameters and fields of other types",
    { paging: { offset: "Zone", limit: "Zone", total: "Link", items: "Total" } },
    [
      `list-fields: ${path("paging")}: offset is "Zone", which is of type string ${rename}`,
      `list-fields: ${path("paging")}: limit is "Zone", which is of type string ${rename}`,
      `list-fields: ${path("paging")}: total is "Link", which is of type string ${rename}`,
      `list-fields: ${path("paging")}: items is "Total", which is of type integer ${rename}`,
    ],
    { parameters: [number("Zone", "string")] },
  ],
  [
    "links that are objects",
    { download: { ...download, links: "Pots" } },
    [`list-fields: ${path("download")}: links is "Pots", which is of type array ${rename}`],
  ],
  [
    "items that are no list",
    { wait: { ...wait, items: "Pot" } },
    [`list-fields: ${path("wait")}: items is "Pot", which is of type object ${rename}`],
  ],
  [
    "a state that is a boolean",
    { wait: { ...wait, state: "IsHot" } },
    [`list-fields: ${path("wait")}: state is "IsHot", which is of type boolean ${rename}`],
  ],
  [
    "a list and a state that do not exist",
    { wait: { ...wait, items: "Cups" } },
    [`list-fields: ${path("wait")}: items is "Cups", which does not exist ${rename}`],
  ],
  [
    "a list of strings",
    { wait: { ...wait, items: "Pans" } },
    [`list-fields: ${path("wait")}: items is "Pans", which is of type array ${rename}`],
  ],
  [
    "a state that does not exist",
    { wait: { ...wait, state: "Status" } },
    [`list-fields: ${path("wait")}: state is "Status", which does not exist ${rename}`],
  ],
  [
    "a state that is a number",
    { wait: { ...wait, id: "Size", state: "Number" } },
    [
      `list-fields: ${path("wait")}: id is "Size", which is of type integer ${rename}`,
      `list-fields: ${path("wait")}: state is "Number", which is of type enum ${rename}`,
      `wait-states: ${path("wait")} done: done of x-actiongen-wait lists "Hot", which Number does not (Use values of Number: 1, 2.)`,
      `wait-states: ${path("wait")} failed: failed of x-actiongen-wait lists "Broken", which Number does not (Use values of Number: 1, 2.)`,
    ],
  ],
  [
    "other items than those of the pages",
    { wait, paging: { ...paging, items: "Pans" } },
    [
      `wait-items: ${path("wait")} items: items of x-actiongen-wait is "Pots", and items of x-actiongen-paging is "Pans" (Use the same field in both.)`,
    ],
  ],
  [
    "a state that is done and failed",
    { wait: { ...wait, done: ["Hot", "Broken"] } },
    [
      `wait-states: ${path("wait")} failed: failed of x-actiongen-wait lists "Broken", as done does (Remove it from one of them.)`,
    ],
  ],
  [
    "an action that changes something",
    { wait, "retry-safe": false },
    [
      `wait-repeats: ${path("wait")}: x-actiongen-wait is set on ListPots, which is not safe to retry (Set it on the action that lists the items: a wait calls it again and again.)`,
    ],
  ],
])("%s", (_, extensions, problems, more) => {
  expect(builtProduct({ ListPots: lists(extensions, more) }).problems).toEqual(problems);
});

const name = (own: string) => ({ ...wait, function: own });

test.each<[actions: Readonly<Record<string, ActionParts>>, problems: readonly string[]]>([
  [{ ListPots: lists({ wait, download }), ListPans: lists({ wait: name("waitForPan") }) }, []],
  [
    { ListPots: lists({ wait }), ListPans: lists({ wait }) },
    [
      "helper-name: spec/pots/ListPots.openapi.yaml: x-actiongen-wait of ListPots has the same function, waitForPot, as that of x-actiongen-wait of ListPans (Rename one of them.)",
    ],
  ],
  [
    { ListPots: lists({ wait: name("downloadPot"), download }) },
    [
      "helper-name: spec/pots/ListPots.openapi.yaml: x-actiongen-wait of ListPots has the same function, downloadPot, as that of x-actiongen-download of ListPots (Rename one of them.)",
    ],
  ],
  [
    { ListPots: lists({ download: { ...download, function: "listPots" } }) },
    [
      "helper-name: spec/pots/ListPots.openapi.yaml: x-actiongen-download of ListPots has the same function, listPots, as listPots of ListPots (Rename one of them.)",
    ],
  ],
  [
    { BakePot: {}, ListPots: lists({ wait: name("bakePot") }) },
    [
      "helper-name: spec/pots/ListPots.openapi.yaml: x-actiongen-wait of ListPots has the same function, bakePot, as bakePot of BakePot (Rename one of them.)",
    ],
  ],
])("functions of %j have names of their own", (actions, problems) => {
  expect(builtProduct(actions).problems).toEqual(problems);
});
