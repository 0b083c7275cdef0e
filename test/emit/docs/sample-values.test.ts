import { describe, expect, test } from "vitest";
import { responseExample } from "../../../scripts/emit/docs/response-example.js";
import { fieldExample, sampleParameters } from "../../../scripts/emit/docs/sample-values.js";
import { agrees } from "../../../scripts/model/agreement.js";
import type { Field, ObjectModel, Type } from "../../../scripts/model/api-model.js";
import { action as seed } from "../../support/seed-action.js";

const string: Type = { kind: "string", format: "", encoding: "none", limits: {}, nullable: false };
const base64: Type = { ...string, encoding: "base64" };
const integer: Type = { kind: "integer", limits: {}, nullable: false };
const choice: Type = { kind: "enum", of: "string", values: ["Month", "Year"], nullable: false };
const object = (model: string): Type => ({ kind: "object", model, nullable: false });
const list = (items: Type): Type => ({ kind: "array", items, limits: {}, nullable: false });

function field(name: string, type: Type, more: Partial<Field> = {}): Field {
  const rest = {
    description: "",
    sensitive: false,
    deprecated: false,
    default: undefined,
    example: undefined,
  };
  return { name, type, required: true, ...rest, ...more };
}

function model(name: string, ...fields: Field[]): ObjectModel {
  return { name, typeName: name, description: "", fields, additional: undefined };
}

const models = [
  model("Disk", field("Size", integer, { example: 20 }), field("Name", string, { required: false })),
  model("Tag", field("Key", string, { required: false }), field("Value", string, { required: false })),
  model("Tree", field("Name", string), field("Children", list(object("Tree")))),
  model("File", field("Path", string), field("Content", base64)),
];

/** The value of a field in samples. */
function sampleOf(one: Field): unknown {
  return sampleParameters({ ...seed, parameters: [one], models, sample: {} })[one.name];
}

describe("the value of a parameter is", () => {
  test.each<[what: string, field: Field, value: unknown]>([
    ["its example", field("Region", string, { example: "cn-zj", default: "cn-bj" }), "cn-zj"],
    [
      "its default if the example is random",
      field("Type", string, { example: "WfTAPwME", default: "SSD" }),
      "SSD",
    ],
    [
      "its default if the example is not listed",
      field("Type", choice, { example: "Day", default: "Year" }),
      "Year",
    ],
    [
      "the first listed value if the default is not listed",
      field("Type", choice, { default: "Day" }),
      "Month",
    ],
    ["a listed value that looks random", field("Type", { ...choice, values: ["WfTAPwME"] }), "WfTAPwME"],
    ["a placeholder", field("BackupId", string, { example: "HnsnJnXX" }), "<BackupId>"],
    ["a placeholder if the example is a number", field("Id", string, { example: 5 }), "<Id>"],
    [
      "a placeholder if the example does not match",
      field("Name", { ...string, limits: { pattern: "^[a-z]+$" } }, { example: "MyDisk1" }),
      "<Name>",
    ],
    [
      "its example if the pattern is not valid, and so cannot be checked",
      field("Name", { ...string, limits: { pattern: "(" } }, { example: "MyDisk1" }),
      "MyDisk1",
    ],
    [
      "an address if it has to be one",
      field("Ip", { ...string, format: "ipv4" }, { example: "x" }),
      "192.0.2.1",
    ],
    ["the number 1", field("Count", integer, { example: "three" }), 1],
    ["the minimum", field("Size", { ...integer, limits: { minimum: 20 } }, { example: 1 }), 20],
    ["the maximum", field("Size", { ...integer, limits: { maximum: 0 } }), 0],
    ["above the exclusive minimum", field("Size", { ...integer, limits: { exclusiveMinimum: 1 } }), 2],
    ["a multiple", field("Size", { ...integer, limits: { minimum: 20, multipleOf: 8 } }), 24],
    ["false", field("Force", { kind: "boolean", nullable: false }), false],
    ["a constant", field("Version", { kind: "const", value: "2.0", nullable: false }), "2.0"],
    ["a list with the name of an item", field("UHostIds", list(string)), ["<UHostId>"]],
    ["a list with the required fields of an object", field("Disks", list(object("Disk"))), [{ Size: 20 }]],
    ["an object with a field", field("Tag", object("Tag")), { Key: "<Key>" }],
    ["an object without a list of itself", field("Tree", object("Tree")), { Name: "<Name>" }],
    [
      "a list without random strings",
      field("Disks", list(object("Disk")), { example: [{ Size: 5, Name: "WfTAPwME" }] }),
      [{ Size: 20 }],
    ],
    ["the text that its example encodes", field("Script", base64, { example: "ZWNobyBoaQ==" }), "echo hi"],
    [
      "the texts that its example encodes",
      field("Files", list(object("File")), { example: [{ Path: "/a", Content: "aGk=" }] }),
      [{ Path: "/a", Content: "hi" }],
    ],
    ["a placeholder if its example encodes bytes", field("Script", base64, { example: "/wA=" }), "<Script>"],
    [
      "a placeholder if its example is not encoded",
      field("Script", base64, { example: "echo hi" }),
      "<Script>",
    ],
  ])("%s", (_, one, value) => expect(sampleOf(one)).toEqual(value));
});

test("optional parameters are in samples only if an overlay chooses them", () => {
  const parameters = [field("A", string), field("B", integer, { required: false, example: 5 })];
  expect(sampleParameters({ ...seed, parameters, models, sample: {} })).toEqual({ A: "<A>" });
  expect(sampleParameters({ ...seed, parameters, models, sample: { B: 7 } })).toEqual({ A: "<A>", B: 7 });
});

test("the sample of DescribeUMemBackupURL gets the whole backup", () => {
  expect(sampleParameters(seed)).toEqual({
    Region: "cn-zj",
    Zone: "cn-zj-01",
    SpaceId: "<SpaceId>",
    BackupId: "<BackupId>",
  });
});

test.each<[field: Field, example: unknown]>([
  [field("Region", string, { example: "cn-zj" }), "cn-zj"],
  [field("Region", string, { example: "WfTAPwME" }), undefined],
  [field("Size", integer, { example: "20" }), undefined],
  [field("Type", choice, { example: "Day" }), undefined],
  [field("Script", base64, { example: "/wA=" }), "/wA="],
  [field("Script", base64, { example: "echo hi" }), undefined],
  [field("Region", string), undefined],
])("of %j, the example to show is %j", (one, example) => {
  expect(fieldExample(one, models)).toEqual(example);
});

describe("a response example", () => {
  const envelope = [
    field("RetCode", { kind: "const", value: 0, nullable: false }),
    field("Action", string),
    field("Message", string, { required: false }),
  ];
  const reply = model("Reply", ...envelope, field("Disks", list(object("Disk")), { required: false }));
  const body: Type = object("Reply");
  const exampleOf = (example: unknown, ...fields: Field[]) => {
    const all = [{ ...reply, fields: [...reply.fields, ...fields] }, ...models];
    const shown = responseExample({ ...seed, models: all, responseModel: "Reply", responseExample: example });
    expect(agrees(shown, body, all)).toBe(true);
    return shown;
  };
  const made = { RetCode: 0, Action: "DescribeUMemBackupURLResponse", Disks: [{ Size: 20, Name: "<Name>" }] };

  test("is the documented one, with placeholders for random strings", () => {
    const documented = { RetCode: 0, Action: "A", Disks: [{ Size: 1, Name: "WfTAPwME" }] };
    expect(exampleOf(documented)).toEqual({ ...documented, Disks: [{ Size: 1, Name: "<Name>" }] });
  });

  test.each([
    ["there is none", undefined],
    ["a field has another type", { RetCode: 0, Action: "A", Disks: [{ Size: "1" }] }],
    ["a field is unknown", { RetCode: 0, Action: "A", Discs: [] }],
    ["it is an error", { RetCode: 230, Action: "A" }],
  ])("has all fields of the model if %s", (_, documented) => expect(exampleOf(documented)).toEqual(made));

  test("ends where a model contains itself", () => {
    const tree = { Name: "<Name>", Children: [] };
    expect(exampleOf(undefined, field("Tree", object("Tree")))).toEqual({ ...made, Tree: tree });
  });
});
