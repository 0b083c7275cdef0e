import { describe, expect, test } from "vitest";
import { actionDocument, actionParameter, manyActions, responses } from "../support/action-document.js";
import { folderOf } from "../support/bundled.js";
import { errorsOf, expectError } from "../support/errors.js";

const shapes = "test/golden/shapes/spec";
const path = "store/many.openapi.yaml";
const text = { type: "string" };
const response = { responses: responses("Response") };
const other = { "/Other": { get: response } };
const region = { name: "Region", in: "query", schema: text };
describe("reports with file, line, value and help", () => {
  test.each<[what: string, paths: object, at: string, message: string]>([
    [
      "a missing name",
      { "/a/b": { get: response } },
      "get:",
      "the action has no name (Add a required parameter Action with the action's name as `const`, or write the path as /<Action>.)",
    ],
    [
      "a name that is not a string",
      { "/a": { get: { parameters: [{ ...actionParameter("A"), schema: { const: 5 } }], ...response } } },
      "- name: Action",
      "the action has no name: found 5",
    ],
    [
      "a name that is not an identifier",
      { "/a-b": { get: response } },
      "get:",
      'the action\'s name "a-b" is not a valid identifier',
    ],
    [
      "a path with another name",
      { "/?Action=A": { get: { parameters: [actionParameter("B")], ...response } } },
      "- name: Action",
      'the path names the action "A", but its parameter Action is "B" (Use one name in both.)',
    ],
    [
      "a parameter Action without the name",
      {
        "/A": {
          get: { parameters: [{ ...actionParameter("A"), schema: { enum: ["B", "C"] } }], ...response },
        },
      },
      "- name: Action",
      'the action "A" is not a value of its parameter Action',
    ],
    [
      "two operations of one action",
      { "/A": { get: response }, "/#Action=A": { get: response } },
      "get:",
      'the action "A" is also described by GET "/A" (Keep one of the two, or one GET and one POST.)',
    ],
    [
      "another method",
      { "/A": { put: response } },
      "put:",
      "the gateway does not support the method PUT (Write every action as a GET or a POST.)",
    ],
    ["a path without an operation", { "/A": {} }, "/A: {}", 'the path "/A" has no operation (Remove it.)'],
    [
      "a path that is a reference",
      { "/A": { $ref: "#/components/pathItems/A" } },
      '$ref: "#/components/pathItems/A"',
      "the path is only a reference (Write its operations here.)",
    ],
    [
      "a path with two parameters",
      { "/?Action=A&Version=2": { get: response } },
      "/?Action=A&Version=2:",
      'the path "/?Action=A&Version=2" cannot be the path of an action (Write /, /<Action>, /?Action=<Action> or /#Action=<Action>.)',
    ],
    [
      "a parameter in the path",
      { "/{A}": { get: { operationId: "A", ...response } } },
      "/{A}:",
      'the path "/{A}" cannot be the path of an action',
    ],
    [
      "an array without a style in a query",
      { "/A": { get: { parameters: [{ ...region, schema: { type: "array" } }], ...response } } },
      "- name: Region",
      'parameter "Region" is an array without a style',
    ],
    [
      "the name of a missing component",
      { "/A": { get: { "x-actiongen-components": { schemas: { Response: "Nothing" } }, ...response } } },
      "Response: Nothing",
      'x-actiongen-components names "Nothing", which is not in components.schemas',
    ],
    [
      "one name for two components",
      {
        "/A": { get: { "x-actiongen-components": { schemas: { Response: "ErrorResponse" } }, ...response } },
      },
      "x-actiongen-components:",
      "the operation uses components.schemas.Response, but x-actiongen-components gives that name to another component",
    ],
    [
      "invalid names",
      { "/A": { get: { "x-actiongen-components": ["Response"], ...response } } },
      "x-actiongen-components:",
      'x-actiongen-components is ["Response"] (It must be names by section and name.)',
    ],
    [
      "a misspelled extension",
      { "/A": { get: { "x-actiongen-secret": true, ...response } } },
      "x-actiongen-secret: true",
      "x-actiongen-secret is not a known extension",
    ],
    [
      "an error against OpenAPI",
      { "/A": { get: { ...response, deprecated: "yes" } } },
      "deprecated: yes",
      "paths › /A › get › deprecated must be of type boolean",
    ],
    [
      "a RetCode in a shared table",
      { "/A": { get: { ...response, "x-actiongen-retcodes": [{ $ref: "#/components/x-tables/All" }] } } },
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
          pathItems: { A: { get: response } },
        },
      },
    );
    await expectError(await folderOf(shapes, { [path]: document }), path, at, message);
  });
});

test("reports all errors together, and those of a shared component once", async () => {
  const shared = { ...region, name: "Re-gion" };
  const get = { parameters: [{ $ref: "#/components/parameters/Region" }], ...response };
  const paths = { "/A": { get }, "/B": { get }, "/c-d": { get: response }, "/E": { patch: response } };
  const folder = await folderOf(shapes, {
    [path]: manyActions(paths, { components: { parameters: { Region: shared } } }),
  });
  const reported = [...(await errorsOf(folder)).matchAll(/^\S+:\d+: (.*)$/gm)].map(([, message]) => message);
  expect(reported.sort()).toEqual([
    'parameter "Re-gion" is not a valid identifier',
    'the action\'s name "c-d" is not a valid identifier',
    "the gateway does not support the method PATCH",
  ]);
});

test("rejects an action that another document describes too", async () => {
  const document = manyActions({ "/Delete": { get: response }, ...other });
  const folder = await folderOf(shapes, {
    "store/Delete.openapi.yaml": actionDocument("Delete"),
    [path]: document,
  });
  expect(await errorsOf(folder)).toMatch(/the action Delete of store is also described as Delete at store\//);
});

test("reports an action without a product, with its line", async () => {
  const document = manyActions({
    "/A": { get: { tags: ["No product"], ...response } },
    "/B": { get: { tags: ["store"], ...response } },
  });
  const folder = await folderOf(shapes, { "many.openapi.yaml": document });
  await expectError(
    folder,
    "many.openapi.yaml",
    "get:",
    "no tag of the action A names its product (Write `tags: [<product>]`, or move the document to the folder of its product.)",
  );
});

test("does not call a product missing if a document with errors may have it", async () => {
  const document = manyActions({ "/A": { get: { tags: ["store"], deprecated: 1, ...response } } });
  const folder = await folderOf(shapes, { "many.openapi.yaml": document });
  expect(await errorsOf(folder)).not.toContain("title");
});

test("rejects a document of one action with the wrong name or path", async () => {
  const folder = await folderOf(shapes, {
    "A.openapi.yaml": actionDocument("A"),
    "store/B.openapi.json": JSON.stringify(actionDocument("C")),
  });
  const report = await errorsOf(folder);
  expect(report).toContain('A.openapi.yaml: "A.openapi.yaml" is not <product>/<Action>.openapi.yaml');
  expect(report).toContain("describes C, but its file is not named C.openapi.json");
});

test("rejects names of components in a document of one action", async () => {
  const operation = { "x-actiongen-components": { schemas: {} } };
  const folder = await folderOf(shapes, { "store/A.openapi.yaml": actionDocument("A", { operation }) });
  expect(await errorsOf(folder)).toContain("x-actiongen-components is only for documents with many actions");
});
