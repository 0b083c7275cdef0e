import { readFile } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import type { Action } from "../../scripts/model/api-model.js";
import { load } from "../../scripts/load.js";
import {
  actionDocument,
  actionParameter,
  errorResponse,
  manyActions,
  responses,
  securitySchemes,
  successResponse,
} from "../support/action-document.js";
import { folderOf, sameModel } from "../support/bundled.js";

const shapes = "test/golden/shapes/spec";
const text = { type: "string" };
const region = { name: "Region", in: "query", required: true, schema: text };
const action = { name: "Action", in: "query", required: true, schema: text };

const answer = { responses: responses("Response") };

async function actionsOf(document: object, path = "store/many.openapi.yaml"): Promise<readonly Action[]> {
  return (await load(await folderOf(shapes, { [path]: document }))).products.flatMap(
    ({ actions }) => actions,
  );
}

describe("the name of an action is", () => {
  const choices = { ...action, schema: { type: "string", enum: ["A", "B"] } };
  test.each<[what: string, paths: object]>([
    [
      "the const of its parameter Action",
      { "/some/path": { get: { parameters: [actionParameter("A")], ...answer } } },
    ],
    [
      "its only value",
      { "/x": { get: { parameters: [{ ...action, schema: { enum: ["A"] } }], ...answer } } },
    ],
    ["in the path", { "/A": { get: answer } }],
    [
      "in the path, where the parameter leaves it open",
      { "/A": { get: { parameters: [action], ...answer } } },
    ],
    [
      "in the path, where the parameter has it among others",
      { "/A": { get: { parameters: [choices], ...answer } } },
    ],
    ["in the query of the path", { "/?Action=A": { get: answer } }],
    ["in the fragment of the path", { "/#Action=A": { get: answer } }],
    ["the operationId", { "/": { post: { operationId: "A", ...answer } } }],
    ["the operationId, where nothing else tells", { "/a/b": { get: { operationId: "A", ...answer } } }],
  ])("%s", async (_, paths) => {
    const [found, ...more] = await actionsOf(manyActions({ ...paths, "/Other": { get: answer } }));
    expect(found).toMatchObject({ name: "A", publicParameters: [{ name: "Action" }, {}, {}] });
    expect(more).toMatchObject([{ name: "Other" }]);
  });
});

test("an operation reads like the document of its own that says the same", async () => {
  const parameters = [
    region,
    { name: "Disks", in: "query", "x-actiongen-style": "indexed", schema: { type: "array", items: text } },
  ];
  const own = await folderOf(shapes, { "store/A.openapi.yaml": actionDocument("A", { parameters }) });
  const shared = manyActions({ "/A": { get: { operationId: "A", ...answer, parameters } } });
  const folder = await folderOf(shapes, { "store/many.openapi.yaml": shared });
  expect(sameModel(await load(folder))).toEqual(sameModel(await load(own)));
});

test("parameters beside an operation hold for it, but for those that it has itself", async () => {
  const own = { ...region, required: false };
  const paths = {
    "/A": { parameters: [region, { ...region, name: "Zone" }], get: { ...answer, parameters: [own] } },
  };
  const [found] = await actionsOf(manyActions({ ...paths, "/B": { get: answer } }));
  expect(found?.parameters).toMatchObject([
    { name: "Zone", required: true },
    { name: "Region", required: false },
  ]);
});

describe("a POST is read like the GET with the same parameters", () => {
  const disk = {
    type: "object",
    required: ["Size"],
    properties: { Size: { type: "integer" }, Tags: { type: "array", items: text } },
  };
  const components = { schemas: { Disk: disk, Response: successResponse(), ErrorResponse: errorResponse } };
  const list = { type: "array", items: { $ref: "#/components/schemas/Disk" } };
  const schema = {
    type: "object",
    required: ["Action", "Region"],
    properties: {
      Action: { type: "string", const: "A" },
      Region: { ...text, description: "Where.", example: "eu" },
      Disks: { ...list, deprecated: true },
      Options: { type: "object" },
      Password: { ...text, "x-actiongen-sensitive": true },
      First: { $ref: "#/components/schemas/Disk" },
    },
  };
  const get = {
    parameters: [
      actionParameter("A"),
      { ...region, description: "Where.", example: "eu" },
      {
        name: "Disks",
        in: "query",
        deprecated: true,
        "x-actiongen-style": "indexed",
        schema: list,
        example: [{ Size: 1 }],
      },
      { name: "Options", in: "query", schema: { type: "object" } },
      { name: "Password", in: "query", "x-actiongen-sensitive": true, schema: text },
      {
        name: "First",
        in: "query",
        "x-actiongen-style": "indexed",
        schema: { $ref: "#/components/schemas/Disk" },
      },
    ],
    ...answer,
  };
  const media = { schema, example: { Region: "us", Disks: [{ Size: 1 }] } };
  const referred = {
    schema: { $ref: "#/components/schemas/Body" },
    examples: { one: { value: media.example } },
  };
  const post = (content: object) => ({ post: { requestBody: { content }, ...answer } });

  test.each<[what: string, paths: object]>([
    ["as a form", { "/A": post({ "application/x-www-form-urlencoded": media }) }],
    ["as JSON", { "/": post({ "application/json; charset=utf-8": media }) }],
    [
      "as either",
      { "/?Action=A": post({ "application/x-www-form-urlencoded": media, "application/json": media }) },
    ],
    ["as a schema among the components", { "/#Action=A": post({ "application/json": referred }) }],
    [
      "as a body among the components",
      { "/A": { post: { requestBody: { $ref: "#/components/requestBodies/Body" }, ...answer } } },
    ],
    ["beside the GET", { "/A": { ...post({ "application/json": media }), get } }],
  ])("%s", async (_, paths) => {
    const withBody = {
      schemas: { ...components.schemas, Body: schema },
      requestBodies: { Body: { content: { "application/json": media } } },
    };
    const [want] = await actionsOf(
      manyActions(
        { "/A": { get }, "/B": { get: answer } },
        { components: { ...components, securitySchemes } },
      ),
    );
    const [found] = await actionsOf(
      manyActions({ ...paths, "/B": { get: answer } }, { components: { ...withBody, securitySchemes } }),
    );
    const model = (action: Action | undefined) =>
      JSON.parse(JSON.stringify({ ...action, document: 0 }, (key, value) => (key === "source" ? 0 : value)));
    expect(model(found)).toEqual(model(want));
    expect(want?.parameters).toHaveLength(5);
  });
});

describe("the product of an action is", () => {
  const tagged = (...tags: string[]) => ({ get: { tags, ...answer } });
  test.each<[what: string, path: string, tags: [string, string], products: object]>([
    ["the folder of its document", "store/many.openapi.yaml", ["other", "x"], { store: ["A", "B"] }],
    [
      "named by a tag where it lies in none",
      "many.openapi.json",
      ["store", "other"],
      { other: ["B"], store: ["A"] },
    ],
  ])("%s", async (_, path, [first, second], products) => {
    const document = manyActions({ "/A": tagged("Of A", first), "/B": tagged(second) });
    const api = await load(
      await folderOf(shapes, {
        "store/Delete.openapi.yaml": actionDocument("Delete"),
        [path]: path.endsWith("json") ? JSON.stringify(document) : document,
      }),
    );
    const found = api.products.map(({ name, actions }) => [
      name,
      actions.map((one) => one.name).filter((one) => one !== "Delete"),
    ]);
    expect(Object.fromEntries(found)).toEqual(products);
  });
});

test("RetCode tables in other files are found from where the document lies", async () => {
  const table = "- { code: 7, name: Seven, meaning: m, remedy: r, retry: never }\n";
  const operation = {
    "x-actiongen-retcodes": [{ $ref: "retcodes.yaml" }, { $ref: "../retcodes.yaml" }],
    ...answer,
  };
  const api = await load(
    await folderOf(shapes, {
      "retcodes.yaml": table.replace("7", "8"),
      "store/retcodes.yaml": table,
      "store/many.openapi.yaml": manyActions({ "/A": { get: operation }, "/B": { get: operation } }),
    }),
  );
  expect(api.products[0]?.actions.map(({ retCodes }) => retCodes.map(({ code }) => code))).toEqual([
    [7, 8],
    [7, 8],
  ]);
});

test("an action knows its line", async () => {
  const body = { type: "object", properties: { Zone: { ...text, description: "Which zone." } } };
  const post = { requestBody: { content: { "application/json": { schema: body } } }, ...answer };
  const folder = await folderOf(shapes, {
    "store/many.openapi.yaml": manyActions({
      "/A": { get: { parameters: [region], ...answer } },
      "/B": { post },
    }),
  });
  const lines = (await readFile(`${folder}/store/many.openapi.yaml`, "utf8")).split("\n");
  const [a, b] = (await load(folder)).products[0]?.actions ?? [];
  const lineOf = (source: { line: number } | undefined) => lines[(source?.line ?? 0) - 1]?.trim();
  expect([a?.source, b?.source].map(lineOf)).toEqual(["get:", "post:"]);
});
