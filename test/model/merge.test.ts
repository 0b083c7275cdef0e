import { expect, test } from "vitest";
import type { Type } from "../../scripts/model/api-model.js";
import { createTypeReader } from "../../scripts/model/types.js";

const document = {
  components: {
    schemas: {
      Pot: {
        type: "object",
        properties: { Size: { type: "integer" }, Lid: { type: "object", properties: { Size: {} } } },
      },
      Name: { type: "string" },
      Loop: { allOf: [{ $ref: "#/components/schemas/Loop" }, { type: "integer" }] },
      First: { $ref: "#/components/schemas/Second" },
      Second: { $ref: "#/components/schemas/First" },
    },
    parameters: { Pot: { schema: { type: "object", properties: { Lid: {} } } } },
    "x-actiongen-other": { Pot: { type: "object", properties: { Other: {} } } },
  },
  other: { schemas: { Pot: { type: "object", properties: { Other: {} } } } },
};
const ref = (path: string) => ({ $ref: `#/${path}` });
const typeOf = (schema: unknown): Type => createTypeReader(document).typeOf(schema, ["Owner", "Field"]);
const string = { kind: "string", format: "", encoding: "none", limits: {}, nullable: false };
const integer = { kind: "integer", limits: {}, nullable: false };
const number = { kind: "number", limits: {}, nullable: false };
const json = { kind: "json", nullable: false };
const boolean = { kind: "boolean", nullable: false };
const object = (model: string) => ({ kind: "object", model, nullable: false });
const values = (of: string, ...listed: unknown[]) => ({ kind: "enum", of, values: listed, nullable: false });
const array = (items: unknown) => ({ kind: "array", items, limits: {}, nullable: false });
const allOf = (...parts: unknown[]) => ({ allOf: parts });

test.each<[what: string, schema: unknown, type: unknown]>([
  ["the common types", allOf({ type: ["string", "integer"] }, { type: ["integer", "boolean"] }), integer],
  ["the integers among numbers", allOf({ type: "number" }, { type: "integer" }), integer],
  ["the integers among numbers, in the other order", allOf({ type: "integer" }, { type: "number" }), integer],
  [
    "the common types and the integers among numbers",
    allOf({ type: ["number", "string"] }, { type: ["integer", "string"] }),
    { kind: "union", members: [integer, string], nullable: false },
  ],
  [
    "the common values, also if others are names of types",
    allOf({ enum: ["integer", "a"] }, { enum: ["number", "a"] }),
    values("string", "a"),
  ],
  ["numbers", allOf({ type: "number" }, { type: "number" }), number],
  [
    "the common values",
    allOf({ type: "string", enum: ["a", "b", "c"] }, { enum: ["c", "b", "d"] }),
    values("string", "c", "b"),
  ],
  [
    "the common values, none of which is a type",
    allOf({ enum: ["number", "a"] }, { enum: ["integer", "a"] }),
    values("string", "a"),
  ],
  ["the second type, if there is no common one", allOf({ type: "string" }, { type: "boolean" }), boolean],
  [
    "the narrower limits",
    allOf(
      { type: "integer", minimum: 1, maximum: 9, exclusiveMinimum: 5, exclusiveMaximum: 3 },
      { minimum: 2, maximum: 5, exclusiveMinimum: 4, exclusiveMaximum: 6 },
      { minimum: 0, maximum: 7 },
    ),
    { ...integer, limits: { minimum: 2, maximum: 5, exclusiveMinimum: 5, exclusiveMaximum: 3 } },
  ],
  [
    "the narrower lengths",
    allOf({ type: "string", minLength: 4, maxLength: 4 }, { minLength: 3, maxLength: 5 }),
    { ...string, limits: { minLength: 4, maxLength: 4 } },
  ],
  [
    "the narrower numbers of items",
    allOf({ type: "array", minItems: 4, maxItems: 4, uniqueItems: true }, { minItems: 3, maxItems: 5 }),
    { ...array(json), limits: { minItems: 4, maxItems: 4, uniqueItems: true } },
  ],
  [
    "the last of other keywords",
    allOf({ type: "string", format: "date", pattern: "^a" }, { format: "uri", pattern: "^b" }),
    { ...string, format: "uri", limits: { pattern: "^b" } },
  ],
  [
    "items of both",
    allOf({ type: "array", items: { type: "integer", minimum: 1 } }, { items: { maximum: 9 } }),
    array({ ...integer, limits: { minimum: 1, maximum: 9 } }),
  ],
  [
    "values of both",
    allOf(
      { type: "object", additionalProperties: { type: "integer", minimum: 1 } },
      { additionalProperties: { maximum: 9 } },
    ),
    { kind: "map", values: { ...integer, limits: { minimum: 1, maximum: 9 } }, nullable: false },
  ],
])("allOf describes %s", (_, schema, type) => {
  expect(typeOf(schema)).toEqual(type);
});

test.each<[additional: readonly unknown[], want: unknown]>([
  [[false, { type: "integer" }], undefined],
  [[{ type: "integer" }, false], undefined],
  [[{ type: "number" }, { type: "integer" }], integer],
  [[true, true], json],
])("additional properties of both: %j", (additional, want) => {
  const reader = createTypeReader(document);
  const parts = additional.map((additionalProperties) => ({ additionalProperties }));
  reader.typeOf({ type: "object", properties: { A: {} }, allOf: parts }, ["Owner"]);
  expect(reader.models).toMatchObject([{ name: "Owner", additional: want }]);
});

test.each<[what: string, schema: unknown, type: unknown]>([
  ["a component", ref("components/schemas/Pot"), object("Pot")],
  ["a schema in a component", ref("components/schemas/Pot/properties/Size"), integer],
  ["an object in a component", ref("components/schemas/Pot/properties/Lid"), object("Owner.Field")],
  ["a schema of a parameter", ref("components/parameters/Pot/schema"), object("Owner.Field")],
  ["a schema elsewhere", ref("other/schemas/Pot"), object("Owner.Field")],
  ["a schema of an extension", ref("components/x-actiongen-other/Pot"), object("Owner.Field")],
  ["itself", ref("components/schemas/First"), json],
  ["itself and more", ref("components/schemas/Loop"), integer],
  ["nothing", ref("components/schemas/Missing"), json],
  ["a file", { $ref: "other.yaml#/Pot" }, json],
  [
    "a component that it limits",
    { ...ref("components/schemas/Name"), maxLength: 3 },
    { ...string, limits: { maxLength: 3 } },
  ],
  [
    "a component, with a limit",
    { ...ref("components/schemas/Pot"), required: ["Size"] },
    object("Owner.Field"),
  ],
  [
    "a component and another",
    allOf(ref("components/schemas/Pot"), ref("components/schemas/Pot")),
    object("Owner.Field"),
  ],
  ["no parts", allOf(), json],
])("a reference to %s", (_, schema, type) => {
  expect(typeOf(schema)).toEqual(type);
});

test("fields of both are merged, and others are kept as they are", () => {
  const reader = createTypeReader(document);
  const parts = [
    { type: "object", properties: { A: { type: "integer", minimum: 1 }, B: { type: "string" } } },
    { properties: { A: { maximum: 9 }, C: { type: "boolean", description: "A C." } } },
  ];
  reader.typeOf(allOf(...parts), ["Owner"]);
  expect(reader.models[0]?.fields.map(({ name, type, description }) => [name, type, description])).toEqual([
    ["A", { ...integer, limits: { minimum: 1, maximum: 9 } }, ""],
    ["B", string, ""],
    ["C", boolean, "A C."],
  ]);
});
