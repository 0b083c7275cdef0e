import type { State } from "./released-package.js";

const text = { type: "string" };
const parameter = (name: string, schema: object, more: object = {}) => ({
  name,
  in: "query",
  schema,
  ...more,
});
const indexed = { "x-actiongen-style": "indexed" };
/** Names differ between states; the description shows that the field is the same. */
const described = (schema: object, description: string) => ({ ...schema, description });
const disks = (size: string) => ({
  type: "array",
  items: {
    type: "object",
    required: [size],
    properties: { [size]: described({ type: "integer" }, "Size in GB.") },
  },
});

/** A product before and after every kind of change that programs notice by a name. */
export const before: State = {
  DescribePot: {
    parameters: [
      parameter("PotName", text, { required: true, description: "The name." }),
      parameter("Gone", text),
      parameter("Kind", text, { description: "The kind." }),
      parameter("Disks", disks("Size"), indexed),
      parameter("Filter", { type: "object", properties: { Color: text } }, indexed),
    ],
    response: {
      Title: described(text, "The title."),
      Lost: text,
      Items: disks("Size"),
      ByName: {
        type: "object",
        additionalProperties: { type: "object", properties: { Age: described(text, "Years.") } },
      },
    },
  },
  ListPots: {},
  BreakPot: {},
};

export const after: State = {
  DescribePot: {
    parameters: [
      parameter("Name", text, { required: true, description: "The name." }),
      parameter("Disks", disks("Capacity"), indexed),
      parameter(
        "Filter",
        { type: "object", properties: { Color: text, Kind: described(text, "The kind.") } },
        indexed,
      ),
    ],
    response: {
      Heading: described(text, "The title."),
      Items: disks("Capacity"),
      ByName: {
        type: "object",
        additionalProperties: { type: "object", properties: { Years: described(text, "Years.") } },
      },
    },
  },
  ListAllPots: {},
};

export const renames = { ListPots: "ListAllPots" };
