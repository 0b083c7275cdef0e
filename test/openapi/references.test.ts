import { describe, expect, test } from "vitest";
import { load } from "../../scripts/load.js";
import type { Action } from "../../scripts/model/api-model.js";
import {
  actionDocument,
  errorResponse,
  manyActions,
  responses,
  successResponse,
} from "../support/action-document.js";
import { folderOf } from "../support/bundled.js";

const shapes = "test/golden/shapes/spec";
type Document = { paths: Record<string, unknown>; components: Record<string, Record<string, unknown>> };

async function actionsOf(files: Readonly<Record<string, unknown>>): Promise<readonly Action[]> {
  return (await load(await folderOf(shapes, files))).products.flatMap(({ actions }) => actions);
}

/** The document of the action A with these response properties, after it was read. */
async function read(response: object, others: Readonly<Record<string, unknown>> = {}): Promise<Document> {
  const own = actionDocument("A", { response: response as Record<string, unknown> });
  const [action] = await actionsOf({ "store/A.openapi.yaml": own, ...others });
  return action?.document as Document;
}

/** All references in a value. */
function referencesIn(value: unknown): string[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, item]) => (key === "$ref" ? [item] : referencesIn(item)));
}

const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const text = { type: "string" };
const box = (properties: object) => ({ type: "object", properties });

describe("makes a component of", () => {
  test.each<[what: string, response: object, files: Record<string, unknown>, schemas: object]>([
    [
      "a property that contains itself",
      { X: box({ Next: ref("Response/properties/X") }) },
      {},
      { Response: successResponse({ X: ref("Response.X") }), "Response.X": box({ Next: ref("Response.X") }) },
    ],
    [
      "nested targets, each at its own path",
      { X: ref("Response/properties/Y/properties/Z"), Y: box({ Z: text }), W: ref("Response/properties/Y") },
      {},
      {
        Response: successResponse({ X: ref("Response.Y.Z"), Y: ref("Response.Y"), W: ref("Response.Y") }),
        "Response.Y": box({ Z: ref("Response.Y.Z") }),
        "Response.Y.Z": text,
      },
    ],
    [
      "the items of a list, with percent-encoding in the pointer",
      { "{X}": { type: "array", items: box({}) }, Y: ref("Response/properties/%7BX%7D/items") },
      {},
      {
        Response: successResponse({
          "{X}": { type: "array", items: ref("Response.X") },
          Y: ref("Response.X"),
        }),
        "Response.X": box({}),
      },
    ],
    [
      "a definition in another file that contains itself",
      { X: { $ref: "common.yaml#/definitions/core.object" } },
      {
        "store/common.yaml": {
          definitions: { "core.object": box({ Next: { $ref: "#/definitions/core.object" } }) },
        },
      },
      {
        Response: successResponse({ X: ref("core.object") }),
        "core.object": box({ Next: ref("core.object") }),
      },
    ],
    [
      "a whole file, and a file whose definitions refer to each other and back",
      { X: { $ref: "tree.yaml" } },
      {
        "store/tree.yaml": box({ Leaves: { type: "array", items: { $ref: "parts/leaf.yaml#/Leaf" } } }),
        "store/parts/leaf.yaml": {
          Leaf: box({ Of: { $ref: "../tree.yaml" }, Size: { $ref: "#/Size" } }),
          Size: text,
        },
      },
      {
        Response: successResponse({ X: ref("tree") }),
        tree: box({ Leaves: { type: "array", items: ref("Leaf") } }),
        Leaf: box({ Of: ref("tree"), Size: ref("Size") }),
        Size: text,
      },
    ],
    [
      "a definition whose name is taken",
      { X: { $ref: "common.yaml#/ErrorResponse" }, Y: { $ref: "common.yaml#/ErrorResponse" } },
      { "store/common.yaml": { ErrorResponse: box({}) } },
      {
        Response: successResponse({ X: ref("ErrorResponse_2"), Y: ref("ErrorResponse_2") }),
        ErrorResponse_2: box({}),
      },
    ],
    [
      "a definition that is only a reference: what it refers to",
      { X: { $ref: "common.yaml#/A" } },
      { "store/common.yaml": { A: { $ref: "#/B" }, B: box({}) } },
      { Response: successResponse({ X: ref("B") }), B: box({}) },
    ],
  ])("%s", async (_, response, files, schemas) => {
    const document = await read(response, files);
    expect(document.components.schemas).toEqual({ ErrorResponse: errorResponse, ...schemas });
  });

  test("a target behind another reference", async () => {
    const schemas = { Alias: ref("Base"), Base: box({ Z: box({}) }) };
    const own = actionDocument("A", { response: { X: ref("Alias/properties/Z") }, schemas });
    const [action] = await actionsOf({ "store/A.openapi.yaml": own });
    expect(action?.document).toMatchObject({
      components: {
        schemas: {
          Response: { properties: { X: ref("Base.Z") } },
          Alias: ref("Base"),
          Base: box({ Z: ref("Base.Z") }),
          "Base.Z": box({}),
        },
      },
    });
  });

  test("a parameter in another file, in its section", async () => {
    const region = { name: "Region", in: "query", schema: { $ref: "#/Name" } };
    const [action] = await actionsOf({
      "store/A.openapi.yaml": actionDocument("A", { parameters: [{ $ref: "../common.yaml#/Region" }] }),
      "common.yaml": { Region: region, Name: text },
    });
    expect(action?.parameters).toMatchObject([{ name: "Region" }]);
    expect(action?.document).toMatchObject({
      components: { parameters: { Region: { ...region, schema: ref("Name") } }, schemas: { Name: text } },
    });
  });

  test("a part of another operation", async () => {
    const region = { name: "Region", in: "query", schema: text };
    const other = { ...region, schema: { $ref: "#/paths/~1B/get/parameters/0/schema" } };
    const [a, b] = await actionsOf({
      "store/many.openapi.yaml": manyActions({
        "/A": { get: { parameters: [other], responses: responses("Response") } },
        "/B": { get: { parameters: [region], responses: responses("Response") } },
      }),
    });
    for (const action of [a, b]) {
      expect(action?.document).toMatchObject({ components: { schemas: { B: text } } });
      expect(action?.parameters).toEqual([expect.objectContaining({ name: "Region" })]);
    }
  });

  test("the target of a discriminator's mapping", async () => {
    const own = { propertyName: "Kind", mapping: { a: "#/components/schemas/Response/properties/X" } };
    const document = await read({
      X: box({}),
      Y: { oneOf: [ref("Response/properties/X")], discriminator: own },
    });
    expect(document.components.schemas).toMatchObject({
      Response: {
        properties: {
          Y: {
            oneOf: [ref("Response.X")],
            discriminator: { propertyName: "Kind", mapping: { a: "#/components/schemas/Response.X" } },
          },
        },
      },
    });
  });
});

test("leaves only references to components", async () => {
  const document = await read(
    { X: box({ Next: ref("Response/properties/X") }), Y: { $ref: "common.yaml#/A/items" } },
    { "store/common.yaml": { A: { items: box({ B: { $ref: "#/A" } }) } } },
  );
  expect(
    referencesIn(document).filter((reference) => !/^#\/components\/\w+\/[^/]+$/.test(reference)),
  ).toEqual([]);
});

test("reads the operations of a path in another file", async () => {
  const get = {
    responses: JSON.parse(JSON.stringify(responses("Response")).replaceAll("#/", "many.openapi.yaml#/")),
  };
  const actions = await actionsOf({
    "store/many.openapi.yaml": manyActions({
      "/A": { $ref: "a.yaml" },
      "/B": { get: { responses: responses("Response") } },
    }),
    "store/a.yaml": { get },
  });
  expect(actions.map(({ name, responseModel }) => [name, responseModel])).toEqual([
    ["A", "Response"],
    ["B", "Response"],
  ]);
});

test("replaces a reference in an extension by the value", async () => {
  const operation = { "x-other": [{ $ref: "other.yaml#/a", c: 3 }, { $ref: "#/components/x-values/V" }] };
  const [action] = await actionsOf({
    "store/A.openapi.yaml": actionDocument("A", { operation, components: { "x-values": { V: [1] } } }),
    "store/other.yaml": { a: { b: 1 } },
  });
  expect(action?.document).toMatchObject({ paths: { "/": { get: { "x-other": [{ b: 1, c: 3 }, [1]] } } } });
});
