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
const secret = { "x-actiongen-sensitive": true };
const disk = { $ref: "#/components/schemas/Disk" };

const ofRenames: readonly DiffCase[] = [
  [
    "a renamed parameter that is required, has another default and is no secret any more",
    parameters(
      { A: described({ ...whole, ...secret, default: 1 }, "Size.") },
      { B: described({ ...whole, required: true, default: 9 }, "Size.") },
    ),
    [
      "param-renamed A major",
      "param-optional-to-required B major",
      "param-default-changed B minor",
      "param-sensitive-off B minor",
    ],
  ],
  [
    "a moved field that a response always has now",
    fields(
      [{ Size: described(whole, "Size."), Disk: object({ Id: text }) }],
      [{ Disk: object({ Id: text, Size: described(whole, "Size.") }, ["Size"]) }],
    ),
    ["resp-moved Size major", "resp-optional-to-required Disk.Size minor"],
  ],
  [
    "a parameter with another name and type that the configuration lists",
    parameters({ A: described(text, "a") }, { B: described({ ...whole, required: true }, "b") }),
    [
      "param-renamed A major",
      "param-type-changed B major",
      "param-optional-to-required B major",
      "param-docs B patch",
    ],
    { A: "B" },
  ],
  [
    "a renamed object whose fields change",
    parameters(
      { A: list(object({ C: text, D: text, E: text })) },
      { B: list(object({ C: text, D: { ...text, contentEncoding: "base64" }, F: text }, ["D"])) },
    ),
    [
      "param-renamed A major",
      "param-base64-on B.N.D major",
      "param-optional-to-required B.N.D major",
      "param-renamed B.N.E major",
    ],
    { A: "B", "A.N.E": "B.N.F" },
  ],
  [
    "a field of a shared object, of which the configuration names one path",
    fields(
      [{ A: plainList(disk), B: disk }, { Disk: object({ X: text }) }],
      [{ A: plainList(disk), B: disk }, { Disk: object({ Z: whole }) }],
    ),
    [
      "resp-renamed A.N.X major",
      "resp-type-changed A.N.Z major",
      "resp-renamed B.X major",
      "resp-type-changed B.Z major",
    ],
    { "B.X": "B.Z" },
  ],
  [
    "a field of an object that contains itself",
    fields(
      [{ A: disk }, { Disk: object({ Name: text, X: plainList(disk) }) }],
      [{ A: disk }, { Disk: object({ Title: text, Z: plainList(disk) }) }],
    ),
    ["resp-renamed A.Name major", "resp-renamed A.X major"],
    { "A.Name": "A.Title", "A.X": "A.Z" },
  ],
  [
    "a field that a shared object lost to another one",
    fields(
      [
        { A: disk, B: disk },
        { Disk: object({ Id: text, Size: described(whole, "Size."), Type: object({ Name: text }) }) },
      ],
      [
        { A: disk, B: disk },
        { Disk: object({ Id: text, Type: object({ Name: text, Size: described(whole, "Size.") }) }) },
      ],
    ),
    ["resp-moved A.Size major", "resp-moved B.Size major"],
  ],
  [
    "a description that a field that stays has, too",
    parameters(
      { Start: described(whole, "Time."), Update: described(whole, "Time.") },
      { End: described(whole, "Time."), Update: described(whole, "Time.") },
    ),
    ["param-removed Start major", "param-added-optional End minor"],
  ],
  [
    "what an object that is gone and a new one have in common",
    fields(
      [{ Volumes: plainList(object({ VolumeId: text, Zone: described(text, "Zone.") })) }],
      [{ Images: plainList(object({ ImageId: text, Zone: described(text, "Zone.") })) }],
    ),
    ["resp-removed-optional Volumes major", "resp-added-optional Images minor"],
  ],
  [
    "a field of an object that lists no fields any more",
    fields(
      [{ A: object({ Size: described(whole, "Size.") }), B: object({ Id: text }) }],
      [{ A: { type: "object" }, B: object({ Id: text, Size: described(whole, "Size.") }) }],
    ),
    ["resp-type-changed A major", "resp-moved A.Size major"],
  ],
];

const ofTypes: readonly DiffCase[] = [
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
    "a shared object",
    fields(
      [{ A: disk, B: plainList(disk) }, { Disk: object({ X: text }, ["X"]) }],
      [{ A: disk, B: plainList(disk) }, { Disk: object({ X: text }) }],
    ),
    ["resp-required-to-optional A.X major", "resp-required-to-optional B.N.X major"],
  ],
];

/** Changes of which several come together, or that are part of a larger type. */
export const composites: readonly DiffCase[] = [...ofRenames, ...ofTypes];
