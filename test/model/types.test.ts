import { describe, expect, test } from "vitest";
import type { OpenApiDocument, Type } from "../../scripts/model/api-model.js";
import { createTypeReader } from "../../scripts/model/types.js";

const document: OpenApiDocument = {
  components: {
    schemas: {
      Disk: {
        type: "object",
        description: "One disk.",
        required: ["Size"],
        properties: { Size: { type: "integer" }, Parent: { $ref: "#/components/schemas/Disk" } },
      },
      Alias: { $ref: "#/components/schemas/Disk" },
      Name: { type: "string", "x-actiongen-sensitive": true, description: "A name." },
      Endless: { type: "array", items: { $ref: "#/components/schemas/Endless" } },
      Loop: { type: "array", items: { $ref: "#/components/schemas/Back" } },
      Back: { type: "array", items: { $ref: "#/components/schemas/Loop" } },
      "a/b": { type: "boolean" },
    },
  },
};
const reader = (reserved: readonly string[] = []) => createTypeReader(document, reserved);
const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });

const json: Type = { kind: "json", nullable: false };
const string: Type = { kind: "string", format: "", encoding: "none", limits: {}, nullable: false };
const integer: Type = { kind: "integer", limits: {}, nullable: false };
const boolean: Type = { kind: "boolean", nullable: false };
const object = (model: string): Type => ({ kind: "object", model, nullable: false });
const array = (items: Type): Type => ({ kind: "array", items, limits: {}, nullable: false });
const values = (...listed: (string | number)[]): Type => ({
  kind: "enum",
  of: typeof listed[0] === "string" ? "string" : "integer",
  values: listed,
  nullable: false,
});
const union = (...members: Type[]): Type => ({ kind: "union", members, nullable: false });
const orNull = (type: Type): Type => ({ ...type, nullable: true });

describe("the type of", () => {
  test.each<[what: string, schema: unknown, type: Type]>([
    ["a string", { type: "string" }, string],
    ["a string with a format", { type: "string", format: "uri" }, { ...string, format: "uri" }],
    [
      "a string in base64",
      { type: "string", contentEncoding: "base64" },
      { ...string, encoding: "base64" } as Type,
    ],
    [
      "a string with limits",
      { type: "string", minLength: 1, pattern: "^a", maximum: 3 },
      { ...string, limits: { minLength: 1, pattern: "^a" } } as Type,
    ],
    [
      "an integer with a range",
      { type: "integer", minimum: 1, exclusiveMaximum: 9 },
      { ...integer, limits: { minimum: 1, exclusiveMaximum: 9 } } as Type,
    ],
    ["a number", { type: "number" }, { kind: "number", limits: {}, nullable: false }],
    ["a boolean", { type: "boolean" }, boolean],
    ["a nullable string", { type: ["null", "string"] }, orNull(string)],
    ["a nullable string of OpenAPI 3.0", { type: "string", nullable: true }, orNull(string)],
    ["a choice with null", { anyOf: [ref("Disk"), { type: "null" }] }, orNull(object("Disk"))],
    ["a constant", { const: "k" }, { kind: "const", value: "k", nullable: false }],
    ["an enumeration", { type: "string", enum: ["a", "b"] }, values("a", "b")],
    ["an enumeration of integers", { type: "integer", enum: [1, 2] }, values(1, 2)],
    ["an enumeration with null", { enum: ["a", null] }, orNull(values("a"))],
    ["an enumeration with values of another type", { type: "integer", enum: [1, "a"] }, values(1)],
    [
      "an enumeration of several types",
      { enum: [1, "a", true, null] },
      orNull(
        union(
          values("a"),
          { kind: "enum", of: "number", values: [1], nullable: false },
          { kind: "const", value: true, nullable: false },
        ),
      ),
    ],
    [
      "an enumeration with a list of types",
      { type: ["string", "integer"], enum: ["a", 1, true] },
      union(values("a"), values(1)),
    ],
    ["an array", { type: "array", items: { type: "string" } }, array(string)],
    ["an array of anything", { type: "array" }, array(json)],
    [
      "an array of arrays",
      { type: "array", items: { type: "array", items: { type: "integer" } } },
      array(array(integer)),
    ],
    ["a component", ref("Disk"), object("Disk")],
    ["a component with a description", { ...ref("Disk"), description: "Mine." }, object("Disk")],
    ["a component by another name", ref("Alias"), object("Disk")],
    ["a component in allOf", { allOf: [ref("Disk")], description: "Mine." }, object("Disk")],
    ["a component whose name is escaped", ref("a~1b"), boolean],
    ["an inline object", { type: "object", properties: { A: { type: "string" } } }, object("Owner.Field")],
    ["an object of anything", { type: "object" }, { kind: "map", values: json, nullable: false }],
    [
      "a map",
      { type: "object", additionalProperties: { type: "integer" } },
      { kind: "map", values: integer, nullable: false },
    ],
    ["a schema without keywords", {}, json],
    ["a choice", { oneOf: [{ type: "string" }, { type: "integer" }] }, union(string, integer)],
    ["several types", { type: ["string", "integer"] }, union(string, integer)],
    ["a choice of the same type", { anyOf: [{ type: "string" }, { type: "string" }] }, string],
    ["an array that contains itself", ref("Endless"), array(json)],
  ])("%s", (_, schema, type) => {
    expect(reader().typeOf(schema, ["Owner", "Field"])).toEqual(type);
  });
});

test("a model that contains itself is converted once", () => {
  const types = reader();
  types.typeOf(ref("Disk"), ["Owner"]);
  types.typeOf({ type: "array", items: ref("Disk") }, ["Owner"]);
  expect(types.models).toMatchObject([
    {
      name: "Disk",
      description: "One disk.",
      fields: [
        { name: "Size", required: true },
        { name: "Parent", required: false, type: object("Disk") },
      ],
    },
  ]);
});

test("allOf is merged into one model: fields, required names and the narrower limits", () => {
  const types = reader();
  const type = types.typeOf(
    {
      allOf: [
        ref("Disk"),
        {
          required: ["Name"],
          properties: { Name: { type: "string" }, Size: { type: "integer", maximum: 9, minimum: 1 } },
        },
        { properties: { Size: { maximum: 5 } } },
      ],
    },
    ["Owner"],
  );
  expect(type).toEqual(object("Owner"));
  expect(types.models.find(({ name }) => name === "Owner")?.fields).toMatchObject([
    { name: "Size", required: true, type: { ...integer, limits: { maximum: 5, minimum: 1 } } },
    { name: "Parent", required: false, type: object("Disk") },
    { name: "Name", required: true, type: string },
  ]);
});

test.each<[additionalProperties: unknown, type: Type | undefined]>([
  [undefined, undefined],
  [false, undefined],
  [true, json],
  [{ type: "integer" }, integer],
])("additionalProperties: %j of an object with properties", (additionalProperties, additional) => {
  const types = reader();
  types.typeOf({ type: "object", properties: { A: { type: "string" } }, additionalProperties }, ["Owner"]);
  expect(types.models).toMatchObject([{ name: "Owner", additional }]);
});

test("allOf allows additional properties only if all its schemas do", () => {
  const types = reader();
  const open = { type: "object", properties: { A: { type: "string" } }, additionalProperties: true };
  types.typeOf({ allOf: [open, { additionalProperties: { type: "integer" } }] }, ["Integers"]);
  types.typeOf({ allOf: [open, { additionalProperties: false }] }, ["Closed"]);
  expect(types.models).toMatchObject([{ additional: integer }, { additional: undefined }]);
});

test("keywords beside a choice apply to each of its members", () => {
  const types = reader();
  const schema = {
    type: "object",
    properties: { Id: { type: "string" } },
    oneOf: [{ properties: { Blue: { type: "string" } } }, { properties: { Red: { type: "string" } } }],
  };
  expect(types.typeOf(schema, ["Owner"])).toEqual(union(object("Owner.1"), object("Owner.2")));
  expect(types.models.map(({ fields }) => fields.map(({ name }) => name))).toEqual([
    ["Id", "Blue"],
    ["Id", "Red"],
  ]);
});

test("objects whose paths have the same name are different models with different interfaces", () => {
  const types = reader(["ABC"]);
  const inline = (field: string) => ({ type: "object", properties: { [field]: { type: "string" } } });
  types.typeOf(inline("x"), ["A.B", "C"]);
  types.typeOf(inline("y"), ["A", "B.C"]);
  expect(types.models.map(({ name, typeName }) => [name, typeName])).toEqual([
    ["A.B.C", "ABC2"],
    ["A.B.C2", "ABC22"],
  ]);
});

test("a field takes description and secrecy from the referenced schema, and its own take precedence", () => {
  const types = reader();
  types.typeOf(
    {
      type: "object",
      properties: {
        A: ref("Name"),
        B: { ...ref("Name"), description: "Mine.", "x-actiongen-sensitive": false, default: "b" },
      },
    },
    ["Owner"],
  );
  expect(types.models[0]?.fields).toMatchObject([
    { description: "A name.", sensitive: true, default: undefined },
    { description: "Mine.", sensitive: false, default: "b" },
  ]);
});

test.each(["Endless", "Loop"])(
  "a list that holds itself has one type, however often it is used: %s",
  (name) => {
    const types = reader();
    const fields = { First: ref(name), Second: { type: "array", items: ref(name) }, Third: ref(name) };
    types.typeOf({ type: "object", properties: fields }, ["Owner"]);
    const [first, second, third] = types.models[0]?.fields.map(({ type }) => type) ?? [];
    expect(first).toEqual(name === "Endless" ? array(json) : array(array(json)));
    expect(second).toEqual(array(first as Type));
    expect(third).toEqual(first);
  },
);

test("components whose names differ only in case are different models with different interfaces", () => {
  const schemas = Object.fromEntries(
    ["Pot", "pot", "POT"].map((name) => [name, { type: "object", properties: { [name]: {} } }]),
  );
  const types = createTypeReader({ components: { schemas } });
  for (const name of Object.keys(schemas)) types.typeOf(ref(name), ["Owner"]);
  expect(types.models.map(({ name, typeName, fields }) => [name, typeName, fields[0]?.name])).toEqual([
    ["Pot", "Pot", "Pot"],
    ["pot", "Pot2", "pot"],
    ["POT", "POT", "POT"],
  ]);
});
