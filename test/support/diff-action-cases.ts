import { type DiffCase, disks, text, type Values, whole } from "./diff-states.js";

const paged = {
  parameters: ["Offset", "Limit"].map((name) => ({ name, in: "query", schema: whole })),
  response: { Total: whole, Count: whole, Items: disks, Others: disks },
};
const paging = { offset: "Offset", limit: "Limit", total: "Total", items: "Items" };
const stateful = { type: "object", properties: { State: { ...text, enum: ["On", "Off"] } } };
const withFacts = (facts: Values) => ({ ...paged, operation: facts });

export const ofActions: readonly DiffCase[] = [
  ["a new action", { after: {} }, ["action-added minor"]],
  ["an action that is gone", { before: {} }, ["action-removed major"]],
  [
    "a deprecated action that is gone",
    { before: { operation: { deprecated: true } } },
    ["action-removed minor"],
  ],
  [
    "a deprecated action",
    { before: {}, after: { operation: { deprecated: true } } },
    ["action-deprecated minor"],
  ],
  [
    "the end of its deprecation",
    { before: { operation: { deprecated: true } }, after: {} },
    ["action-undeprecated patch"],
  ],
  ["its summary", { before: {}, after: { operation: { summary: "New." } } }, ["action-docs patch"]],
  [
    "its page",
    { before: {}, after: { operation: { externalDocs: { url: "https://docs.example.com/a" } } } },
    ["page-moved patch"],
  ],
  [
    "its sample",
    {
      before: { parameters: [{ name: "P", in: "query", schema: text }] },
      after: {
        parameters: [{ name: "P", in: "query", schema: text }],
        operation: { "x-actiongen-sample": { P: "new" } },
      },
    },
    ["action-sample patch"],
  ],
  [
    "retries",
    {
      before: { operation: { "x-actiongen-retry-safe": false } },
      after: { operation: { "x-actiongen-retry-safe": true } },
    },
    ["retry-safe-on minor"],
  ],
  [
    "no retries any more",
    {
      before: { operation: { "x-actiongen-retry-safe": true } },
      after: { operation: { "x-actiongen-retry-safe": false } },
    },
    ["retry-safe-off minor"],
  ],
  [
    "pages",
    { before: withFacts({}), after: withFacts({ "x-actiongen-paging": paging }) },
    ["paging-added minor"],
  ],
  [
    "no pages any more",
    { before: withFacts({ "x-actiongen-paging": paging }), after: withFacts({}) },
    ["paging-removed major"],
  ],
  [
    "pages of another list",
    {
      before: withFacts({ "x-actiongen-paging": paging }),
      after: withFacts({ "x-actiongen-paging": { ...paging, items: "Others" } }),
    },
    ["paging-field-changed major"],
  ],
  [
    "a schema with known values that is called otherwise",
    {
      before: { response: { F: { $ref: "#/components/schemas/Old" } }, schemas: { Old: stateful } },
      after: { response: { F: { $ref: "#/components/schemas/New" } }, schemas: { New: stateful } },
    },
    ["action-known-values-renamed major"],
  ],
  [
    "pages of items that have known values",
    {
      before: { ...paged, response: { ...paged.response, Items: { type: "array", items: stateful } } },
      after: {
        ...paged,
        response: { ...paged.response, Items: { type: "array", items: stateful } },
        operation: { "x-actiongen-paging": paging },
      },
    },
    ["paging-added minor", "action-known-values-renamed major"],
  ],
];
