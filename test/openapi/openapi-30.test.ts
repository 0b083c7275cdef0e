import { describe, expect, test } from "vitest";
import { load } from "../../scripts/load.js";
import { actionDocument } from "../support/action-document.js";
import { folderOf } from "../support/bundled.js";

const shapes = "test/golden/shapes/spec";

/** The schema of the response field `X` after a document of this version was read. */
async function read(openapi: string, schema: object): Promise<unknown> {
  const own = { ...actionDocument("A", { response: { X: schema }, schemas: { Other: {} } }), openapi };
  const { products } = await load(await folderOf(shapes, { "store/A.openapi.yaml": own }));
  const document = products[0]?.actions[0]?.document as {
    openapi: string;
    components: { schemas: { Response: { properties: { X: unknown } } } };
  };
  expect(document.openapi).toMatch(/^3\.1\./);
  return document.components.schemas.Response.properties.X;
}

const other = { $ref: "#/components/schemas/Other" };

describe("converts from 3.0", () => {
  test.each<[what: string, from: object, to: object]>([
    ["a nullable type", { type: "string", nullable: true }, { type: ["string", "null"] }],
    ["a type that is not nullable", { type: "string", nullable: false }, { type: "string" }],
    ["a nullable reference", { ...other, nullable: true }, { anyOf: [other, { type: "null" }] }],
    [
      "a nullable schema that is composed",
      { allOf: [other], nullable: true, description: "d" },
      { description: "d", anyOf: [{ allOf: [other] }, { type: "null" }] },
    ],
    ["nullable without a type", { nullable: true, description: "d" }, { description: "d" }],
    [
      "exclusive bounds",
      { type: "integer", minimum: 0, exclusiveMinimum: true, maximum: 5, exclusiveMaximum: false },
      { type: "integer", exclusiveMinimum: 0, maximum: 5 },
    ],
    ["an exclusive bound without a bound", { type: "integer", exclusiveMaximum: true }, { type: "integer" }],
    [
      "base64",
      { type: "string", format: "byte", example: "aGk=" },
      { type: "string", contentEncoding: "base64", example: "aGk=" },
    ],
    [
      "schemas inside schemas",
      {
        type: "object",
        properties: { nullable: { type: "array", items: { type: "number", nullable: true } } },
        additionalProperties: { oneOf: [{ type: "boolean", nullable: true }] },
      },
      {
        type: "object",
        properties: { nullable: { type: "array", items: { type: ["number", "null"] } } },
        additionalProperties: { oneOf: [{ type: ["boolean", "null"] }] },
      },
    ],
    [
      "no data",
      { default: { nullable: true }, enum: [{ nullable: true }] },
      { default: { nullable: true }, enum: [{ nullable: true }] },
    ],
  ])("%s", async (_, from, to) => {
    expect(await read("3.0.3", from)).toEqual(to);
  });

  test("a RetCode with one value", async () => {
    const own = { ...actionDocument("A"), openapi: "3.0.0" };
    const text = JSON.stringify(own)
      .replaceAll('"const":', '"enum":[')
      .replaceAll(/("enum":\[(?:"A"|0))/g, "$1]");
    const folder = await folderOf(shapes, { "store/A.openapi.json": text });
    expect((await load(folder)).products[0]?.actions).toMatchObject([{ name: "A" }]);
  });
});

test.each(["3.1.0", "3.1.2", "3.1.9"])(
  "reads nullable in a document of %s, which does not define it",
  async (version) => {
    expect(await read(version, { type: "string", nullable: true })).toEqual({ type: ["string", "null"] });
    expect(await read(version, { type: ["string"], nullable: true })).toEqual({ type: ["string", "null"] });
    expect(await read(version, { type: "string", format: "byte" })).toEqual({
      type: "string",
      format: "byte",
    });
  },
);
