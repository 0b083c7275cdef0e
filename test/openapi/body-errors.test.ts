import { describe, expect, test } from "vitest";
import { manyActions, responses } from "../support/action-document.js";
import { folderOf } from "../support/bundled.js";
import { errorsOf, expectError } from "../support/errors.js";

const shapes = "test/golden/shapes/spec";
const path = "store/many.openapi.yaml";
const text = { type: "string" };
const response = { responses: responses("Response") };
const other = { "/Other": { get: response } };
const region = { name: "Region", in: "query", schema: text };
const body = (schema: unknown, type = "application/json") => ({
  requestBody: { content: { [type]: { schema } } },
  ...response,
});
const properties = (values: object) => ({ type: "object", properties: values });

describe("reports with file, line, value and help", () => {
  test.each<[what: string, paths: object, at: string, message: string]>([
    ["a GET with a body", { "/A": { get: body(properties({})) } }, "requestBody:", "a GET has a body"],
    [
      "a body that is not an object",
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
      "a body without a media type",
      { "/A": { post: { requestBody: { content: {} }, ...response } } },
      "requestBody:",
      "the body has no media type",
    ],
    [
      "a body that requires a missing property",
      { "/A": { post: body({ ...properties({}), required: ["Region"] }) } },
      "- Region",
      'the body requires "Region", which is not one of its properties',
    ],
    [
      "a property whose name is not an identifier",
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
      "a GET with a parameter that its POST lacks",
      { "/A": { get: { parameters: [region], ...response }, post: body(properties({})) } },
      "- name: Region",
      "GET and POST of A disagree: Region is a parameter of the GET only (Fix one of them.)",
    ],
    [
      "a POST with a parameter that its GET lacks",
      { "/A": { get: response }, "/": { post: { operationId: "A", ...body(properties({ Region: text })) } } },
      "Region:",
      "GET and POST of A disagree: Region is a parameter of the POST only",
    ],
    [
      "a parameter with two schemas",
      {
        "/A": {
          get: { parameters: [region], ...response },
          post: body(properties({ Region: { type: "integer" } })),
        },
      },
      "Region:",
      "GET and POST of A disagree: Region has two schemas",
    ],
    [
      "a parameter that one of them requires",
      {
        "/A": {
          get: { parameters: [{ ...region, required: true }], ...response },
          post: body(properties({ Region: text })),
        },
      },
      "Region:",
      "GET and POST of A disagree: Region is required in one of them only",
    ],
    [
      "two responses",
      { "/A": { get: response, post: { responses: responses("ErrorResponse") } } },
      "responses:",
      "GET and POST of A disagree: their responses differ",
    ],
    [
      "two media types with different parameters",
      {
        "/A": {
          post: {
            requestBody: {
              content: {
                "application/json": { schema: properties({ Region: text }) },
                "application/x-www-form-urlencoded": { schema: properties({}) },
              },
            },
            ...response,
          },
        },
      },
      "content:",
      "the form and the JSON body have different parameters (Refer to one schema in both.)",
    ],
  ])("%s", async (_, paths, at, message) => {
    const folder = await folderOf(shapes, { [path]: manyActions({ ...paths, ...other }) });
    await expectError(folder, path, at, message);
  });
});

test("reports a body of an unknown type once, not each parameter that the GET has and the POST lacks", async () => {
  const names = ["Region", "Zone", "Name"];
  const get = { parameters: names.map((name) => ({ ...region, name })), ...response };
  const post = body(properties(Object.fromEntries(names.map((name) => [name, text]))), "text/xml");
  const folder = await folderOf(shapes, { [path]: manyActions({ "/A": { get, post }, ...other }) });
  const report = await errorsOf(folder);
  expect(report).toContain('the body is "text/xml", which the gateway does not accept');
  expect(report.match(/help: /g)).toHaveLength(1);
});
