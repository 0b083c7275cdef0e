import { describe, expect, test } from "vitest";
import type { OpenApiDocument, TypeRef } from "../../scripts/model/api-model.js";
import { createSchemaReader } from "../../scripts/model/schema.js";
import type { Schema } from "../../scripts/openapi/openapi.js";

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
      "a/b": { type: "boolean" },
    },
  },
};
const reader = () => createSchemaReader(document);

describe("a schema as a type", () => {
  const json: TypeRef = { kind: "json" };
  test.each<[what: string, schema: Schema, type: TypeRef]>([
    ["a string", { type: "string" }, { kind: "string" }],
    ["an integer", { type: "integer" }, { kind: "integer" }],
    ["a number", { type: "number" }, { kind: "number" }],
    ["a boolean", { type: "boolean" }, { kind: "boolean" }],
    ["one that may be null", { type: ["null", "string"] }, { kind: "string" }],
    [
      "an enumeration, which is open",
      { type: "string", enum: ["a", "b"] },
      { kind: "enum", values: ["a", "b"], open: true },
    ],
    [
      "an enumeration of numbers",
      { type: "integer", enum: [1, 2] },
      { kind: "enum", values: [1, 2], open: true },
    ],
    [
      "an enumeration of several types",
      { type: "integer", enum: [1, "a"] as unknown[] },
      { kind: "integer" },
    ],
    ["an array", { type: "array", items: { type: "string" } }, { kind: "array", items: { kind: "string" } }],
    ["an array of anything", { type: "array" }, { kind: "array", items: json }],
    ["a component", { $ref: "#/components/schemas/Disk" }, { kind: "object", model: "Disk" }],
    [
      "a component by another name",
      { $ref: "#/components/schemas/Alias" },
      { kind: "object", model: "Disk" },
    ],
    ["a part of a component", { $ref: "#/components/schemas/Disk/properties/Size" }, { kind: "integer" }],
    ["a component whose name is escaped", { $ref: "#/components/schemas/a~1b" }, { kind: "boolean" }],
    [
      "an object in its place",
      { type: "object", properties: { A: { type: "string" } } },
      { kind: "object", model: "Owner" },
    ],
    ["an object of anything", { type: "object" }, json],
    ["nothing", {}, json],
    ["a choice", { oneOf: [{ type: "string" }, { type: "integer" }] }, json],
    ["an array that holds itself", { $ref: "#/components/schemas/Endless" }, { kind: "array", items: json }],
  ])("%s", (_, schema, type) => {
    expect(reader().typeOf(schema, ["place"], "Owner")).toEqual(type);
  });
});

test("a model that holds itself is met once", () => {
  const schemas = reader();
  schemas.typeOf({ $ref: "#/components/schemas/Disk" }, [], "Owner");
  schemas.typeOf({ type: "array", items: { $ref: "#/components/schemas/Disk" } }, [], "Owner");
  expect(schemas.models).toMatchObject([
    {
      name: "Disk",
      description: "One disk.",
      fields: [
        { name: "Size", required: true },
        { name: "Parent", required: false, type: { kind: "object", model: "Disk" } },
      ],
    },
  ]);
});

test("a field takes description and secrecy from what it refers to, and its own come first", () => {
  const [referring, own] = reader().fields(
    {
      properties: {
        A: { $ref: "#/components/schemas/Name" },
        B: { $ref: "#/components/schemas/Name", description: "Mine.", "x-actiongen-sensitive": false },
      },
    },
    [],
    "Owner",
  );
  expect(referring).toMatchObject({ description: "A name.", sensitive: true });
  expect(own).toMatchObject({ description: "Mine.", sensitive: false });
});
