import { type DiffCase, described, disks, parameter, text, type Values, whole } from "./diff-states.js";

export const ofParameters: readonly DiffCase[] = [
  ["a new optional parameter", parameter(undefined, text), ["param-added-optional P minor"]],
  [
    "a new required parameter",
    parameter(undefined, { ...text, required: true }),
    ["param-added-required P major"],
  ],
  ["a parameter that is gone", parameter(text, undefined), ["param-removed P major"]],
  [
    "a deprecated parameter that is gone",
    parameter({ ...text, deprecated: true }, undefined),
    ["param-removed P minor"],
  ],
  [
    "a parameter that became required",
    parameter(text, { ...text, required: true }),
    ["param-optional-to-required P major"],
  ],
  [
    "a parameter that became optional",
    parameter({ ...text, required: true }, text),
    ["param-required-to-optional P minor"],
  ],
  ["a parameter of another type", parameter(text, whole), ["param-type-changed P major"]],
  [
    "a parameter that may have a fraction",
    parameter(whole, { type: "number" }),
    ["param-integer-to-number P minor"],
  ],
  [
    "a parameter that may have none",
    parameter({ type: "number" }, whole),
    ["param-number-to-integer P major"],
  ],
  [
    "a parameter that became a list",
    parameter(text, { type: "array", items: text, "x-actiongen-style": "indexed" }),
    ["param-scalar-to-array P major"],
  ],
  [
    "a parameter that is no list any more",
    parameter({ type: "array", items: text, "x-actiongen-style": "indexed" }, text),
    ["param-array-to-scalar P major"],
  ],
  [
    "a parameter that takes more types",
    parameter(text, { type: ["string", "integer"] }),
    ["param-type-widened P minor"],
  ],
  [
    "a parameter that takes fewer types",
    parameter({ type: ["string", "integer"] }, text),
    ["param-type-narrowed P major"],
  ],
  ["a parameter that lists values", parameter(text, { ...text, enum: ["a"] }), ["param-became-enum P minor"]],
  [
    "a parameter that lists none any more",
    parameter({ ...text, enum: ["a"] }, text),
    ["param-enum-to-plain P minor"],
  ],
  [
    "values of a parameter",
    parameter({ ...text, enum: ["a", "b"] }, { ...text, enum: ["c", "a"] }),
    ["param-enum-value-added P minor", "param-enum-value-removed P major"],
  ],
  ["the order of values", parameter({ ...text, enum: ["a", "b"] }, { ...text, enum: ["b", "a"] }), []],
  [
    "a parameter that can be null",
    parameter(text, { type: ["string", "null"] }),
    ["param-nullable-on P minor"],
  ],
  [
    "a parameter that cannot be null any more",
    parameter({ type: ["string", "null"] }, text),
    ["param-nullable-off P major"],
  ],
  ["the format of a parameter", parameter(text, { ...text, format: "uri" }), ["param-format P minor"]],
  [
    "a smaller maximum",
    parameter({ ...whole, maximum: 9 }, { ...whole, maximum: 5 }),
    ["param-limits-narrowed P minor"],
  ],
  [
    "a larger maximum",
    parameter({ ...whole, maximum: 5 }, { ...whole, maximum: 9 }),
    ["param-limits-widened P minor"],
  ],
  ["a new default", parameter(whole, { ...whole, default: 20 }), ["param-default-added P minor"]],
  ["a default that is gone", parameter({ ...whole, default: 20 }, whole), ["param-default-removed P minor"]],
  [
    "another default",
    parameter({ ...whole, default: 20 }, { ...whole, default: 50 }),
    ["param-default-changed P minor"],
  ],
  ["base64", parameter(text, { ...text, contentEncoding: "base64" }), ["param-base64-on P major"]],
  [
    "no base64 any more",
    parameter({ ...text, contentEncoding: "base64" }, text),
    ["param-base64-off P major"],
  ],
  ["a secret", parameter(text, { ...text, "x-actiongen-sensitive": true }), ["param-sensitive-on P minor"]],
  [
    "no secret any more",
    parameter({ ...text, "x-actiongen-sensitive": true }, text),
    ["param-sensitive-off P minor"],
  ],
  ["a deprecation", parameter(text, { ...text, deprecated: true }), ["param-deprecated P minor"]],
  [
    "the end of a deprecation",
    parameter({ ...text, deprecated: true }, text),
    ["param-undeprecated P patch"],
  ],
  ["a description", parameter(text, { ...text, description: "New." }), ["param-docs P patch"]],
  ["an example", parameter(text, { ...text, example: "new" }), ["param-docs P patch"]],
  [
    "another name with the same type and description",
    {
      before: { parameters: [{ name: "DiskSize", in: "query", ...schemaAndDescription(whole) }] },
      after: { parameters: [{ name: "Size", in: "query", ...schemaAndDescription(whole) }] },
    },
    ["param-renamed DiskSize major"],
  ],
  [
    "another name with another type",
    {
      before: { parameters: [{ name: "DiskSize", in: "query", ...schemaAndDescription(whole) }] },
      after: { parameters: [{ name: "Size", in: "query", ...schemaAndDescription(text) }] },
    },
    ["param-added-optional Size minor", "param-removed DiskSize major"],
  ],
  [
    "a parameter that moved into a new object",
    {
      before: { parameters: [{ name: "Size", in: "query", ...schemaAndDescription(whole) }] },
      after: {
        parameters: [
          {
            name: "Disk",
            in: "query",
            "x-actiongen-style": "indexed",
            schema: { type: "object", properties: { Size: described(whole) } },
          },
        ],
      },
    },
    ["param-added-optional Disk minor", "param-moved Size major"],
  ],
  [
    "a required field of an object that is there",
    parameter(
      { type: "array", "x-actiongen-style": "indexed", items: { type: "object", properties: { A: text } } },
      {
        type: "array",
        "x-actiongen-style": "indexed",
        items: { type: "object", required: ["B"], properties: { A: text, B: text } },
      },
    ),
    ["param-added-required P.N.B major"],
  ],
  [
    "a required field of a new object",
    parameter(undefined, { ...disks, "x-actiongen-style": "indexed" }),
    ["param-added-optional P minor", "param-added-required-in-new-object P.N.Size minor"],
  ],
  [
    "the order of parameters",
    {
      before: {
        parameters: [
          { name: "A", in: "query", schema: text },
          { name: "B", in: "query", schema: text },
        ],
      },
      after: {
        parameters: [
          { name: "B", in: "query", schema: text },
          { name: "A", in: "query", schema: text },
        ],
      },
    },
    ["param-order patch"],
  ],
  [
    "a required parameter that an option of the client sets",
    { before: {}, after: { parameters: [{ name: "Region", in: "query", required: true, schema: text }] } },
    ["param-added-required Region minor"],
  ],
];

function schemaAndDescription(schema: Values): Values {
  return { schema, description: "The size of the disk in GB." };
}
