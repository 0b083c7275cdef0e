import { readFile } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import { load } from "../../scripts/load.js";
import type { Action } from "../../scripts/model/api-model.js";
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

const response = { responses: responses("Response") };

async function actionsOf(document: object, path = "store/many.openapi.yaml"): Promise<readonly Action[]> {
  return (await load(await folderOf(shapes, { [path]: document }))).products.flatMap(
    ({ actions }) => actions,
  );
}

describe("takes the name of an action from", () => {
  const choices = { ...action, schema: { type: "string", enum: ["A", "B"] } };
  test.each<[what: string, paths: object]>([
    [
      "the const of its parameter Action",
      { "/some/path": { get: { parameters: [actionParameter("A")], ...response } } },
    ],
    [
      "the only value of that parameter",
      { "/x": { get: { parameters: [{ ...action, schema: { enum: ["A"] } }], ...response } } },
    ],
    ["the path", { "/A": { get: response } }],
    ["the path, if the parameter allows any value", { "/A": { get: { parameters: [action], ...response } } }],
    [
      "the path, if the parameter allows several values",
      { "/A": { get: { parameters: [choices], ...response } } },
    ],
    ["the query of the path", { "/?Action=A": { get: response } }],
    ["the fragment of the path", { "/#Action=A": { get: response } }],
    [
      "the path, whatever the operationId is",
      { "/#Action=A": { get: { operationId: "GET_A", ...response } } },
    ],
    [
      "the parameter, whatever the operationId of this and of others is",
      { "/x/y": { get: { operationId: "Other", parameters: [actionParameter("A")], ...response } } },
    ],
    ["the operationId", { "/": { post: { operationId: "A", ...response } } }],
    ["the operationId, if nothing else names it", { "/a/b": { get: { operationId: "A", ...response } } }],
  ])("%s", async (_, paths) => {
    const [found, ...more] = await actionsOf(manyActions({ ...paths, "/Other": { get: response } }));
    expect(found?.document).toMatchObject({ paths: { "/": { get: { operationId: "A" } } } });
    expect(found).toMatchObject({ name: "A", publicParameters: [{ name: "Action" }, {}, {}] });
    expect(more).toMatchObject([{ name: "Other" }]);
  });
});

test("reads an operation like the same action in a document of its own", async () => {
  const parameters = [
    region,
    { name: "Disks", in: "query", "x-actiongen-style": "indexed", schema: { type: "array", items: text } },
  ];
  const own = await folderOf(shapes, { "store/A.openapi.yaml": actionDocument("A", { parameters }) });
  const shared = manyActions({ "/A": { get: { operationId: "A", ...response, parameters } } });
  const folder = await folderOf(shapes, { "store/many.openapi.yaml": shared });
  expect(sameModel(await load(folder))).toEqual(sameModel(await load(own)));
});

test("applies parameters of the path item, unless the operation overrides them", async () => {
  const own = { ...region, required: false };
  const paths = {
    "/A": { parameters: [region, { ...region, name: "Zone" }], get: { ...response, parameters: [own] } },
  };
  const [found] = await actionsOf(manyActions({ ...paths, "/B": { get: response } }));
  expect(found?.parameters).toMatchObject([
    { name: "Zone", required: true },
    { name: "Region", required: false },
  ]);
});

describe("reads a POST like a GET with the same parameters", () => {
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
    ...response,
  };
  const media = { schema, example: { Region: "us", Disks: [{ Size: 1 }] } };
  const referred = {
    schema: { $ref: "#/components/schemas/Body" },
    examples: { one: { value: media.example } },
  };
  const post = (content: object) => ({ post: { requestBody: { content }, ...response } });

  test.each<[what: string, paths: object]>([
    ["as a form", { "/A": post({ "application/x-www-form-urlencoded": media }) }],
    ["as JSON", { "/": post({ "application/json; charset=utf-8": media }) }],
    [
      "as a form and as JSON",
      { "/?Action=A": post({ "application/x-www-form-urlencoded": media, "application/json": media }) },
    ],
    ["with a component as its schema", { "/#Action=A": post({ "application/json": referred }) }],
    [
      "as a component",
      { "/A": { post: { requestBody: { $ref: "#/components/requestBodies/Body" }, ...response } } },
    ],
    ["as XML or a form", { "/A": post({ "text/xml": media, "application/x-www-form-urlencoded": media }) }],
    ["beside the GET", { "/A": { ...post({ "application/json": media }), get } }],
  ])("%s", async (_, paths) => {
    const withBody = {
      schemas: { ...components.schemas, Body: schema },
      requestBodies: { Body: { content: { "application/json": media } } },
    };
    const [want] = await actionsOf(
      manyActions(
        { "/A": { get }, "/B": { get: response } },
        { components: { ...components, securitySchemes } },
      ),
    );
    const [found] = await actionsOf(
      manyActions({ ...paths, "/B": { get: response } }, { components: { ...withBody, securitySchemes } }),
    );
    const model = (action: Action | undefined) =>
      JSON.parse(JSON.stringify({ ...action, document: 0 }, (key, value) => (key === "source" ? 0 : value)));
    expect(model(found)).toEqual(model(want));
    expect(want?.parameters).toHaveLength(5);
  });
});

describe("takes the product of an action from", () => {
  const tagged = (...tags: string[]) => ({ get: { tags, ...response } });
  test.each<[what: string, path: string, tags: [string, string], products: object]>([
    ["the folder of its document", "store/many.openapi.yaml", ["other", "x"], { store: ["A", "B"] }],
    ["a tag, if it is in no folder", "many.openapi.json", ["store", "other"], { other: ["B"], store: ["A"] }],
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

test("resolves RetCode tables in other files relative to the document", async () => {
  const table = "- { code: 7, name: Seven, meaning: m, remedy: r, retry: never }\n";
  const operation = {
    "x-actiongen-retcodes": [{ $ref: "retcodes.yaml" }, { $ref: "../retcodes.yaml" }],
    ...response,
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

test("gives each action its line", async () => {
  const body = { type: "object", properties: { Zone: { ...text, description: "Which zone." } } };
  const post = { requestBody: { content: { "application/json": { schema: body } } }, ...response };
  const folder = await folderOf(shapes, {
    "store/many.openapi.yaml": manyActions({
      "/A": { get: { parameters: [region], ...response } },
      "/B": { post },
    }),
  });
  const lines = (await readFile(`${folder}/store/many.openapi.yaml`, "utf8")).split("\n");
  const [a, b] = (await load(folder)).products[0]?.actions ?? [];
  const lineOf = (source: { line: number } | undefined) => lines[(source?.line ?? 0) - 1]?.trim();
  expect([a?.source, b?.source].map(lineOf)).toEqual(["get:", "post:"]);
});

describe("GET and POST of an action agree, although", () => {
  const schemas = {
    Response: successResponse(),
    ErrorResponse: errorResponse,
    Name: { type: "string", description: "A name." },
    Names: { type: "array", items: { $ref: "#/components/schemas/Name" } },
  };
  test.each<[what: string, parameter: object, property: object]>([
    ["one refers to the schema", text, { $ref: "#/components/schemas/Name" }],
    ["one wraps it", text, { allOf: [{ $ref: "#/components/schemas/Name" }, { description: "Other." }] }],
    [
      "they refer to it at different levels",
      { type: "array", items: { allOf: [text, { xml: { name: "item" } }] } },
      { $ref: "#/components/schemas/Names" },
    ],
    ["their examples differ", { ...text, example: "a" }, { ...text, examples: ["b"] }],
  ])("%s", async (_, parameter, property) => {
    const schema = { type: "object", properties: { Name: property } };
    const get = {
      parameters: [{ name: "Name", in: "query", "x-actiongen-style": "indexed", schema: parameter }],
      ...response,
    };
    const post = { requestBody: { content: { "application/json": { schema } } }, ...response };
    const document = manyActions(
      { "/A": { get, post }, "/B": { get: response } },
      { components: { securitySchemes, schemas } },
    );
    expect((await actionsOf(document)).map(({ name }) => name)).toEqual(["A", "B"]);
  });
});
