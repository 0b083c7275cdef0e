import type { ActionParts } from "./action-document.js";
import {
  type DiffCase,
  described,
  disk,
  disks,
  field,
  inner,
  text,
  type Values,
  whole,
} from "./diff-states.js";

const open = { additionalProperties: true };

export const ofResponses: readonly DiffCase[] = [
  ["a new optional field", field(undefined, text), ["resp-added-optional F minor"]],
  [
    "a new required field",
    inner({ B: text }, { A: text, B: text }, [[], ["A"]]),
    ["resp-added-required F.A minor"],
  ],
  ["an optional field that is gone", field(text, undefined), ["resp-removed-optional F major"]],
  [
    "a required field that is gone",
    inner({ A: text, B: text }, { B: text }, [["A"], []]),
    ["resp-removed-required F.A major"],
  ],
  [
    "a field that became optional",
    inner({ A: text }, { A: text }, [["A"], []]),
    ["resp-required-to-optional F.A major"],
  ],
  [
    "a field that is always there",
    inner({ A: text }, { A: text }, [[], ["A"]]),
    ["resp-optional-to-required F.A minor"],
  ],
  ["a field of another type", field(text, whole), ["resp-type-changed F major"]],
  ["a field with fractions", field(whole, { type: "number" }), ["resp-integer-to-number F minor"]],
  ["a field without fractions", field({ type: "number" }, whole), ["resp-number-to-integer F minor"]],
  [
    "a field that became a list",
    field(text, { type: "array", items: text }),
    ["resp-scalar-to-array F major"],
  ],
  [
    "a field that is no list any more",
    field({ type: "array", items: text }, text),
    ["resp-array-to-scalar F major"],
  ],
  [
    "items of another type",
    field({ type: "array", items: text }, { type: "array", items: whole }),
    ["resp-type-changed F.N major"],
  ],
  [
    "a field that has more types",
    field(text, { type: ["string", "integer"] }),
    ["resp-type-widened F major"],
  ],
  [
    "a field that has fewer types",
    field({ type: ["string", "integer"] }, text),
    ["resp-type-narrowed F minor"],
  ],
  ["a field that lists values", field(text, { ...text, enum: ["a"] }), ["resp-became-enum F minor"]],
  ["a field that lists none any more", field({ ...text, enum: ["a"] }, text), ["resp-enum-to-plain F minor"]],
  [
    "a new value",
    field({ ...text, enum: ["a"] }, { ...text, enum: ["a", "b"] }),
    ["resp-enum-value-added F minor"],
  ],
  [
    "a value that is gone",
    field({ ...text, enum: ["a", "b"] }, { ...text, enum: ["a"] }),
    ["resp-enum-value-removed F minor"],
  ],
  ["a field that can be null", field(text, { type: ["string", "null"] }), ["resp-nullable-on F major"]],
  [
    "a field that cannot be null any more",
    field({ type: ["string", "null"] }, text),
    ["resp-nullable-off F minor"],
  ],
  ["the format of a field", field(text, { ...text, format: "uri" }), ["resp-format F minor"]],
  ["the limits of a field", field(whole, { ...whole, minimum: 1 }), ["resp-limits F minor"]],
  ["a field in base64", field(text, { ...text, contentEncoding: "base64" }), ["resp-base64-on F major"]],
  [
    "a field that is not in base64 any more",
    field({ ...text, contentEncoding: "base64" }, text),
    ["resp-base64-off F major"],
  ],
  ["a secret field", field(text, { ...text, "x-actiongen-sensitive": true }), ["resp-sensitive-on F minor"]],
  [
    "a field that is no secret",
    field({ ...text, "x-actiongen-sensitive": true }, text),
    ["resp-sensitive-off F minor"],
  ],
  ["a deprecated field", field(text, { ...text, deprecated: true }), ["resp-deprecated F minor"]],
  [
    "a field that is not deprecated any more",
    field({ ...text, deprecated: true }, text),
    ["resp-undeprecated F patch"],
  ],
  ["the description of a field", field(text, { ...text, description: "New." }), ["resp-docs F patch"]],
  ["the order of fields", inner({ A: text, B: text }, { B: text, A: text }), ["resp-order F patch"]],
  [
    "a field with another name",
    inner({ Sise: described(whole) }, { DiskSize: described(whole) }),
    ["resp-renamed F.Sise major"],
  ],
  [
    "a field whose name differs in case",
    inner({ size: whole }, { Size: whole }),
    ["resp-renamed F.size major"],
  ],
  [
    "two fields that could be the same",
    inner({ A: described(whole) }, { B: described(whole), C: described(whole) }),
    ["resp-added-optional F.B minor", "resp-added-optional F.C minor", "resp-removed-optional F.A major"],
  ],
  [
    "a field that moved",
    inner(
      { Size: described(whole), Disk: { type: "object", properties: { Type: text } } },
      { Disk: { type: "object", properties: { Type: text, Size: described(whole) } } },
    ),
    ["resp-moved F.Size major"],
  ],
  ["an object that can have other fields", field(disk, { ...disk, ...open }), ["resp-open-on F minor"]],
  [
    "an object that cannot have other fields any more",
    field({ ...disk, ...open }, disk),
    ["resp-open-off F major"],
  ],
  [
    "a schema with another name and layout",
    {
      before: { response: { F: disks } },
      after: {
        response: { F: { type: "array", items: { $ref: "#/components/schemas/Disk" } } },
        schemas: { Disk: disk },
      },
    },
    [],
  ],
  [
    "a schema that contains itself",
    {
      before: tree({ Name: text }),
      after: tree({ Name: text, Size: whole }),
    },
    ["resp-added-optional F.Size minor"],
  ],
];

function tree(properties: Values): ActionParts {
  const items = { $ref: "#/components/schemas/Tree" };
  return {
    response: { F: items },
    schemas: { Tree: { type: "object", properties: { ...properties, Children: { type: "array", items } } } },
  };
}
