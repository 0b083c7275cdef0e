import { describe, expect, test } from "vitest";
import { actionDocument, actionParameter, manyActions, responses } from "../support/action-document.js";
import { folderOf } from "../support/bundled.js";
import { expectFault, faultsOf } from "../support/faults.js";

const shapes = "test/golden/shapes/spec";
const path = "store/many.openapi.yaml";
const text = { type: "string" };
const answer = { responses: responses("Response") };
const other = { "/Other": { get: answer } };
const region = { name: "Region", in: "query", schema: text };
const body = (schema: unknown, type = "application/json") => ({
  requestBody: { content: { [type]: { schema } } },
  ...answer,
});
const properties = (values: object) => ({ type: "object", properties: values });

describe("a fault in a document with many actions is told with file, line, value and help", () => {
  test.each<[what: string, paths: object, at: string, message: string]>([
    [
      "no name",
      { "/a/b": { get: answer } },
      "get:",
      "the action has no name (Add a required parameter Action with the action's name as `const`, or write the path as /<Action>.)",
    ],
    [
      "a name that is no text",
      { "/a": { get: { parameters: [{ ...actionParameter("A"), schema: { const: 5 } }], ...answer } } },
      "- name: Action",
      "the action has no name: found 5",
    ],
    [
      "a name that is not a valid identifier",
      { "/a-b": { get: answer } },
      "get:",
      'the action\'s name "a-b" is not a valid identifier',
    ],
    [
      "a path that names another action",
      { "/?Action=A": { get: { parameters: [actionParameter("B")], ...answer } } },
      "- name: Action",
      'the path names the action "A", but its parameter Action is "B" (Use one name in both.)',
    ],
    [
      "a parameter that leaves the action out",
      {
        "/A": { get: { parameters: [{ ...actionParameter("A"), schema: { enum: ["B", "C"] } }], ...answer } },
      },
      "- name: Action",
      'the action "A" is not a value of its parameter Action',
    ],
    [
      "two operations of one action",
      { "/A": { get: answer }, "/#Action=A": { get: answer } },
      "get:",
      'the action "A" is also described by GET "/A" (Keep one of the two, or one GET and one POST.)',
    ],
    [
      "an operationId that disagrees",
      { "/A": { get: { operationId: "B", ...answer } } },
      "operationId: B",
      'operationId is "B", but the action is "A" (Give both the same name.)',
    ],
    [
      "an operationId of two operations",
      { "/A": { get: { operationId: "A", ...answer } }, "/B": { get: { operationId: "A", ...answer } } },
      "operationId: A",
      'operationId is "A", but the action is "B"',
    ],
    [
      "another method",
      { "/A": { put: answer } },
      "put:",
      "the gateway does not support the method PUT (Write every action as a GET or a POST.)",
    ],
    ["a path without an operation", { "/A": {} }, "/A: {}", 'the path "/A" has no operation (Remove it.)'],
    [
      "a path that is elsewhere",
      { "/A": { $ref: "#/components/pathItems/A" } },
      '$ref: "#/components/pathItems/A"',
      "the path is only a reference (Write its operations here.)",
    ],
    [
      "a path of no form",
      { "/?Action=A&Version=2": { get: answer } },
      "/?Action=A&Version=2:",
      'the path "/?Action=A&Version=2" cannot be the path of an action (Write /, /<Action>, /?Action=<Action> or /#Action=<Action>.)',
    ],
    [
      "a parameter in the path",
      { "/{A}": { get: { operationId: "A", ...answer } } },
      "/{A}:",
      'the path "/{A}" cannot be the path of an action',
    ],
    ["a GET with a body", { "/A": { get: body(properties({})) } }, "requestBody:", "a GET has a body"],
    [
      "a body that is no object",
      { "/A": { post: body({ type: "array" }) } },
      "schema:",
      "the schema of the body is not an object with properties (Write `type: object` with a property for each parameter, in this document.)",
    ],
    [
      "a body of another type",
      { "/A": { post: body(properties({}), "text/xml") } },
      "text/xml:",
      'the body is "text/xml", which the gateway does not accept (Send it as application/x-www-form-urlencoded or application/json.)',
    ],
    [
      "a body of no type",
      { "/A": { post: { requestBody: { content: {} }, ...answer } } },
      "requestBody:",
      "the body has no media type",
    ],
    [
      "a body that requires what it does not have",
      { "/A": { post: body({ ...properties({}), required: ["Region"] }) } },
      "- Region",
      'the body requires "Region", which is not one of its properties',
    ],
    [
      "a property that is not a valid identifier",
      { "/A": { post: body(properties({ "Disks.N": text })) } },
      "Disks.N:",
      'parameter "Disks.N" is not a valid identifier',
    ],
    [
      "a property that belongs to the signature",
      { "/A": { post: body(properties({ Signature: text })) } },
      "Signature:",
      'parameter "Signature" belongs to the signature',
    ],
    [
      "a parameter in query and body",
      { "/A": { post: { ...body(properties({ Region: text })), parameters: [region] } } },
      "Region:",
      'parameter "Region" is duplicated',
    ],
    [
      "an array in a query that does not say how it is sent",
      { "/A": { get: { parameters: [{ ...region, schema: { type: "array" } }], ...answer } } },
      "- name: Region",
      'parameter "Region" is an array without a style',
    ],
    [
      "a GET with a parameter that its POST lacks",
      { "/A": { get: { parameters: [region], ...answer }, post: body(properties({})) } },
      "- name: Region",
      "GET and POST of A disagree: Region is a parameter of the GET only (Fix one of them.)",
    ],
    [
      "a POST with a parameter that its GET lacks",
      { "/A": { get: answer }, "/": { post: { operationId: "A", ...body(properties({ Region: text })) } } },
      "Region:",
      "GET and POST of A disagree: Region is a parameter of the POST only",
    ],
    [
      "a parameter with two schemas",
      {
        "/A": {
          get: { parameters: [region], ...answer },
          post: body(properties({ Region: { type: "integer" } })),
        },
      },
      "Region:",
      "GET and POST of A disagree: Region has two schemas",
    ],
    [
      "a parameter that only one requires",
      {
        "/A": {
          get: { parameters: [{ ...region, required: true }], ...answer },
          post: body(properties({ Region: text })),
        },
      },
      "Region:",
      "GET and POST of A disagree: Region is required in one of them only",
    ],
    [
      "two answers",
      { "/A": { get: answer, post: { responses: responses("ErrorResponse") } } },
      "responses:",
      "GET and POST of A disagree: their responses differ",
    ],
    [
      "a reference into another operation",
      {
        "/A": {
          get: {
            parameters: [{ ...region, schema: { $ref: "#/paths/~1B/get/parameters/0/schema" } }],
            ...answer,
          },
        },
        "/B": { get: { parameters: [region], ...answer } },
      },
      "get:",
      '$ref is "#/paths/~1B/get/parameters/0/schema", which leads to no component and to no part of the operation (Make what it leads to a component, and refer to that.)',
    ],
    [
      "a name of a component that is not there",
      { "/A": { get: { "x-actiongen-components": { schemas: { Response: "Nothing" } }, ...answer } } },
      "Response: Nothing",
      'x-actiongen-components names "Nothing", which is not in components.schemas',
    ],
    [
      "a name that two components have",
      { "/A": { get: { "x-actiongen-components": { schemas: { Response: "ErrorResponse" } }, ...answer } } },
      "x-actiongen-components:",
      "the operation uses components.schemas.Response, but x-actiongen-components gives that name to another component",
    ],
    [
      "names that are none",
      { "/A": { get: { "x-actiongen-components": ["Response"], ...answer } } },
      "x-actiongen-components:",
      'x-actiongen-components is ["Response"] (It must be names by section and name.)',
    ],
    [
      "a misspelt extension",
      { "/A": { get: { "x-actiongen-secret": true, ...answer } } },
      "x-actiongen-secret: true",
      "x-actiongen-secret is not a known extension",
    ],
    [
      "a fault against OpenAPI",
      { "/A": { get: { ...answer, deprecated: "yes" } } },
      "deprecated: yes",
      "paths › /A › get › deprecated must be boolean",
    ],
    [
      "a RetCode in a shared table",
      { "/A": { get: { ...answer, "x-actiongen-retcodes": [{ $ref: "#/components/x-tables/All" }] } } },
      "- code: soon",
      'code of entry 1 in the RetCode table is "soon"',
    ],
  ])("%s", async (_, paths, at, message) => {
    const document = manyActions(
      { ...paths, ...other },
      {
        "x-extra": 1,
        components: {
          "x-tables": { All: [{ code: "soon", name: "Soon", meaning: "m", remedy: "r", retry: "never" }] },
          pathItems: { A: { get: answer } },
        },
      },
    );
    await expectFault(await folderOf(shapes, { [path]: document }), path, at, message);
  });
});

test("all faults are told at once, and those of a component that several actions share once", async () => {
  const shared = { ...region, name: "Re-gion" };
  const get = { parameters: [{ $ref: "#/components/parameters/Region" }], ...answer };
  const paths = { "/A": { get }, "/B": { get }, "/c-d": { get: answer }, "/E": { patch: answer } };
  const folder = await folderOf(shapes, {
    [path]: manyActions(paths, { components: { parameters: { Region: shared } } }),
  });
  const told = [...(await faultsOf(folder)).matchAll(/^\S+:\d+: (.*)$/gm)].map(([, message]) => message);
  expect(told.sort()).toEqual([
    'parameter "Re-gion" is not a valid identifier',
    'the action\'s name "c-d" is not a valid identifier',
    "the gateway does not support the method PATCH",
  ]);
});

test("an action of one document that another describes too is told", async () => {
  const document = manyActions({ "/Delete": { get: answer }, ...other });
  const folder = await folderOf(shapes, {
    "store/Delete.openapi.yaml": actionDocument("Delete"),
    [path]: document,
  });
  expect(await faultsOf(folder)).toMatch(/the action Delete is also described as Delete at store\//);
});

test("an action whose product nothing tells is told, with its line", async () => {
  const document = manyActions({
    "/A": { get: { tags: ["No product"], ...answer } },
    "/B": { get: { tags: ["store"], ...answer } },
  });
  const folder = await folderOf(shapes, { "many.openapi.yaml": document });
  await expectFault(
    folder,
    "many.openapi.yaml",
    "get:",
    "no tag of the action A names its product (Write `tags: [<product>]`, or move the document to the folder of its product.)",
  );
});

test("a title is not taken for one of no product where a document with faults may have it", async () => {
  const document = manyActions({ "/A": { get: { tags: ["store"], deprecated: 1, ...answer } } });
  const folder = await folderOf(shapes, { "many.openapi.yaml": document });
  expect(await faultsOf(folder)).not.toContain("title");
});

test("a document of one action has its name and place", async () => {
  const folder = await folderOf(shapes, {
    "A.openapi.yaml": actionDocument("A"),
    "store/B.openapi.json": JSON.stringify(actionDocument("C")),
  });
  const report = await faultsOf(folder);
  expect(report).toContain('A.openapi.yaml: "A.openapi.yaml" is not <product>/<Action>.openapi.yaml');
  expect(report).toContain("describes C, but its file is not named C.openapi.json");
});

test("names of components belong into documents with many actions", async () => {
  const operation = { "x-actiongen-components": { schemas: {} } };
  const folder = await folderOf(shapes, { "store/A.openapi.yaml": actionDocument("A", { operation }) });
  expect(await faultsOf(folder)).toContain("x-actiongen-components is only for documents with many actions");
});
