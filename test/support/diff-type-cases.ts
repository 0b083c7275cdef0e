import {
  type DiffCase,
  field,
  fields,
  parameter,
  parameters,
  text,
  type Values,
  whole,
} from "./diff-states.js";

const described = (schema: Values, description: string) => ({ ...schema, description });
const oneOf = (...members: Values[]) => ({ oneOf: members });
const object = (properties: Values, required: string[] = []) => ({ type: "object", properties, required });
const list = (items: Values) => ({ type: "array", items, "x-actiongen-style": "indexed" });
const plainList = (items: Values) => ({ type: "array", items });
const disk = { $ref: "#/components/schemas/Disk" };
const manyDisks = Object.fromEntries(Array.from({ length: 101 }, (_, index) => [`Disk${index}`, disk]));

/** Types that contain others: unions, shared objects, and numbers of two kinds. */
export const ofTypes: readonly DiffCase[] = [
  [
    "the length of a string in a union",
    parameter({ type: ["string", "integer"], maxLength: 5 }, { type: ["string", "integer"], maxLength: 10 }),
    ["param-limits-widened P minor"],
  ],
  [
    "the order of values and of members in a union",
    parameter(oneOf({ ...text, enum: ["a", "b"] }, whole), oneOf(whole, { ...text, enum: ["b", "a"] })),
    [],
  ],
  [
    "values of an enumeration in a union",
    parameter({ enum: ["a", "b", 1] }, { enum: ["a", 1, 2] }),
    ["param-enum-value-added P minor", "param-enum-value-removed P major"],
  ],
  [
    "the format of a string in a union, which has another member, too",
    field(oneOf(text, whole), oneOf({ ...text, format: "uri" }, whole, { type: "boolean" })),
    ["resp-format F minor", "resp-type-widened F major"],
  ],
  [
    "fields and descriptions of objects in a union",
    field(
      oneOf(object({ X: described(text, "a") }), object({ Y: text })),
      oneOf(object({ Y: text, Z: text }), object({ X: described(text, "b") })),
    ),
    ["resp-added-optional F.Z minor", "resp-docs F.X patch"],
  ],
  [
    "a string that becomes a union, and can still be null",
    parameter({ type: ["string", "null"] }, { type: ["string", "integer", "null"] }),
    ["param-type-widened P minor"],
  ],
  [
    "an integer in a union that becomes a number",
    fields([{ F: oneOf(text, whole) }], [{ F: oneOf(text, { type: "number" }) }]),
    ["resp-integer-to-number F minor"],
  ],
  [
    "limits of a number and of an integer in a union",
    parameter(
      { anyOf: [{ type: "number", minimum: 5 }, { ...whole, maximum: 1 }, text] },
      { anyOf: [text, { ...whole, maximum: 2 }, { type: "number", minimum: 6 }] },
    ),
    ["param-limits-widened P minor", "param-limits-narrowed P minor"],
  ],
  [
    "any value of a parameter that was a string or null",
    parameter({ type: ["string", "null"] }, {}),
    ["param-type-widened P minor"],
  ],
  [
    "a string or null in a response that was any value",
    field({}, { type: ["string", "null"] }),
    ["resp-type-narrowed F minor"],
  ],
  [
    "any value of a parameter that becomes a string, which is never null",
    parameter({}, text),
    ["param-type-narrowed P major"],
  ],
  [
    "a field that moves to another member of a union",
    fields(
      [{ F: oneOf(object({ A: text, X: text }), object({ Y: text })), G: text }],
      [{ F: oneOf(object({ X: text }), object({ A: text, Y: text })) }],
    ),
    ["resp-removed-optional F.A major", "resp-added-optional F.A minor", "resp-removed-optional G major"],
  ],
  [
    "a field that two members of a union lose",
    fields(
      [{ F: oneOf(object({ N: text, X: text }), object({ N: text, Y: text })), G: text }],
      [{ F: oneOf(object({ X: text }), object({ Y: text })) }],
    ),
    ["resp-removed-optional F.N major", "resp-removed-optional G major"],
  ],
  [
    "an object in a union that loses other fields",
    fields(
      [{ F: oneOf({ ...object({ X: text }), additionalProperties: text }, whole), G: text }],
      [{ F: oneOf(object({ X: text }), whole) }],
    ),
    ["resp-open-off F major", "resp-removed-optional G major"],
  ],
  [
    "numbers, of which some values are gone",
    parameter({ ...whole, enum: [1, 2, 3] }, { type: "number", enum: [1, 1.5] }),
    [
      "param-integer-to-number P minor",
      "param-enum-value-added P minor",
      "param-enum-value-removed P major",
      "param-enum-value-removed P major",
    ],
  ],
  [
    "numbers with a smaller maximum",
    parameter({ ...whole, maximum: 10 }, { type: "number", maximum: 5 }),
    ["param-integer-to-number P minor", "param-limits-narrowed P minor"],
  ],
  [
    "an enumeration that becomes a string with a length",
    parameter({ ...text, enum: ["a"] }, { ...text, maxLength: 32 }),
    ["param-enum-to-plain P minor"],
  ],
  [
    "limits that limit nothing, or the same in other words",
    parameters(
      { A: text, B: list(text), C: { ...whole, minimum: 1 } },
      {
        A: { ...text, minLength: 0 },
        B: { ...list(text), uniqueItems: false },
        C: { ...whole, exclusiveMinimum: 0 },
      },
    ),
    [],
  ],
  [
    "multiples of a divisor",
    parameter({ ...whole, multipleOf: 10 }, { ...whole, multipleOf: 5 }),
    ["param-limits-widened P minor"],
  ],
  [
    "multiples of a fraction",
    parameter({ type: "number", multipleOf: 0.3 }, { type: "number", multipleOf: 0.1 }),
    ["param-limits-widened P minor"],
  ],
  [
    "bounds that are included now, and no longer",
    parameters(
      { A: { type: "number", exclusiveMinimum: 0 }, B: { type: "number", maximum: 5 } },
      { A: { type: "number", minimum: 0 }, B: { type: "number", exclusiveMaximum: 5 } },
    ),
    ["param-limits-widened A minor", "param-limits-narrowed B minor"],
  ],
  [
    "a default that is sent the same",
    parameter({ ...whole, default: 20 }, { ...text, default: "20" }),
    ["param-type-changed P major"],
  ],
  [
    "objects of other values",
    field({ type: "object", additionalProperties: text }, object({ X: text })),
    ["resp-type-changed F major"],
  ],
  [
    "a shared object, at 100 paths at most",
    fields([manyDisks, { Disk: object({ X: text }) }], [manyDisks, { Disk: object({ X: whole }) }]),
    Object.keys(manyDisks)
      .slice(0, 100)
      .map((name) => `resp-type-changed ${name}.X major`),
  ],
  [
    "a shared object",
    fields(
      [{ A: disk, B: plainList(disk) }, { Disk: object({ X: text }, ["X"]) }],
      [{ A: disk, B: plainList(disk) }, { Disk: object({ X: text }) }],
    ),
    ["resp-required-to-optional A.X major", "resp-required-to-optional B.N.X major"],
  ],
];
