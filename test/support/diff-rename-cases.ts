import { type DiffCase, fields, parameters, text, type Values, whole } from "./diff-states.js";

const described = (schema: Values, description: string) => ({ ...schema, description });
const object = (properties: Values, required: string[] = []) => ({ type: "object", properties, required });
const list = (items: Values) => ({ type: "array", items, "x-actiongen-style": "indexed" });
const plainList = (items: Values) => ({ type: "array", items });
const secret = { "x-actiongen-sensitive": true };
const disk = { $ref: "#/components/schemas/Disk" };

/** Fields that were renamed or moved, and what changed with them. */
export const ofRenames: readonly DiffCase[] = [
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
    "fields with the same description that moved",
    parameters(
      { A: described(text, "Tables."), B: described(text, "Tables."), C: list(object({ Id: text })) },
      { C: list(object({ Id: text, A: described(text, "Tables."), B: described(text, "Tables.") })) },
    ),
    ["param-moved A major", "param-moved B major"],
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
