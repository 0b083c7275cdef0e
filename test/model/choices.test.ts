import { expect, test } from "vitest";
import type { Type } from "../../scripts/model/api-model.js";
import { createTypeReader } from "../../scripts/model/types.js";

const typeOf = (schema: unknown): Type => createTypeReader({}).typeOf(schema, ["Owner", "Field"]);
const string = { kind: "string", format: "", encoding: "none", limits: {}, nullable: false };
const integer = { kind: "integer", limits: {}, nullable: false };
const json = { kind: "json", nullable: false };
const object = (model: string) => ({ kind: "object", model, nullable: false });
const values = (of: string, ...listed: unknown[]) => ({ kind: "enum", of, values: listed, nullable: false });
const array = (items: unknown) => ({ kind: "array", items, limits: {}, nullable: false });

test.each<[what: string, schema: unknown, type: unknown]>([
  ["an empty choice", { type: "string", oneOf: [] }, string],
  ["a choice that is no list", { type: "string", anyOf: {} }, string],
  ["a choice of nothing but null", { oneOf: [{ type: "null" }] }, { ...json, nullable: true }],
  [
    "a choice with a constant null",
    { oneOf: [{ type: "string" }, { const: null }] },
    { ...string, nullable: true },
  ],
  [
    "a choice with an enumerated null",
    { oneOf: [{ type: "string" }, { enum: [null] }] },
    { ...string, nullable: true },
  ],
  [
    "a choice with null among others",
    { oneOf: [{ enum: ["a", null] }, { type: "integer" }] },
    { kind: "union", members: [values("string", "a"), integer], nullable: true },
  ],
  [
    "a choice of which one is nullable",
    { oneOf: [{ type: ["string", "null"] }, { type: "integer" }] },
    { kind: "union", members: [string, integer], nullable: true },
  ],
  [
    "a choice that is nullable",
    { nullable: true, oneOf: [{ type: "string" }] },
    { ...string, nullable: true },
  ],
  [
    "one inline object or null",
    { oneOf: [{ type: "object", properties: { A: {} } }, { type: "null" }] },
    { ...object("Owner.Field"), nullable: true },
  ],
  ["properties without a type", { properties: { A: {} } }, object("Owner.Field")],
  [
    "additional properties without a type",
    { additionalProperties: { type: "string" } },
    { kind: "map", values: string, nullable: false },
  ],
  ["items without a type", { items: { type: "string" } }, array(string)],
  ["null only", { type: "null" }, { ...json, nullable: true }],
  [
    "null in a list of values, without a type",
    { enum: ["a", null] },
    { ...values("string", "a"), nullable: true },
  ],
  ["null in a list of values of a type", { type: "string", enum: ["a", null] }, values("string", "a")],
  ["an empty enumeration", { type: "string", enum: [] }, json],
  [
    "a nullable constant",
    { type: ["string", "null"], const: "a" },
    { kind: "const", value: "a", nullable: true },
  ],
  ["the same type twice", { type: ["string", "string"] }, string],
  ["a type that is not known", { type: "file" }, json],
  ["a format that is no string", { type: "string", format: 5, minLength: null }, string],
])("%s", (_, schema, type) => {
  expect(typeOf(schema)).toEqual(type);
});

test("fields that are described without a type, or only required", () => {
  const reader = createTypeReader({});
  reader.typeOf(
    {
      type: "object",
      description: " Mine. ",
      required: ["B", "A"],
      properties: { A: { description: "\n An A.\n" } },
    },
    ["Owner"],
  );
  expect(reader.models).toMatchObject([
    {
      name: "Owner",
      description: "Mine.",
      fields: [
        { name: "A", required: true, description: "An A.", type: json },
        { name: "B", required: true, description: "", type: json },
      ],
    },
  ]);
});

test("an object among additional properties has a name", () => {
  const reader = createTypeReader({});
  const inner = { type: "object", properties: { B: {} } };
  reader.typeOf({ type: "object", properties: { A: {} }, additionalProperties: inner }, ["Owner"]);
  expect(reader.models.map(({ name }) => name)).toEqual(["Owner", "Owner.additionalProperties"]);
});
