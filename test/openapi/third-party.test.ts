import { describe, expect, test } from "vitest";
import { load } from "../../scripts/load.js";
import { actionDocument, manyActions, responses } from "../support/action-document.js";
import { folderOf } from "../support/bundled.js";
import { errorsOf } from "../support/errors.js";
import { queryApi } from "../support/query-api.js";

const shapes = "test/golden/shapes/spec";
const path = "store/all.openapi.json";

describe("reads a document in the style of published query APIs", () => {
  test.each([
    ["3.0.0", 300, undefined],
    ["3.0.3", 6, 2],
    ["3.1.0", 100, undefined],
    ["3.1.1", 6, 2],
    ["3.1.9", 6, 2],
  ])(
    "of OpenAPI %s, with %i actions",
    async (openapi, actions, indent) => {
      const text = JSON.stringify(queryApi({ openapi, actions, isSigned: true }), null, indent);
      const [product] = (await load(await folderOf(shapes, { [path]: text }))).products;
      expect(product?.actions).toHaveLength(actions);
      const names = product?.actions[0]?.parameters.map(({ name }) => name);
      expect(names).toEqual(["Filters", "Name", "MaxResults", "Version"]);
    },
    60_000,
  );
});

test.each(["3.0.0", "3.1.0"])(
  "rejects such a document of another API for each reason once: %s",
  async (openapi) => {
    const document = queryApi({ openapi, actions: 2, isSigned: false });
    const report = await errorsOf(await folderOf(shapes, { [path]: JSON.stringify(document, null, 2) }));
    expect([...report.matchAll(/^\S+:\d+: (.*)$/gm)].map(([, message]) => message).sort()).toEqual([
      "does not require PublicKey and Signature",
      'parameter "Filters" is an array without a style',
      'parameter "Filters" is an array without a style',
      'parameter "X-Amz-Date" is in header',
      'parameter "X-Amz-Security-Token" is in header',
      'parameter "X-Amz-SignedHeaders" is in header',
      'the body is "text/xml", which the gateway does not accept',
      'the body is "text/xml", which the gateway does not accept',
    ]);
  },
);

test("shortens a report of the same problem in many actions", async () => {
  const document = queryApi({ openapi: "3.1.0", actions: 60, isSigned: false });
  const report = await errorsOf(await folderOf(shapes, { [path]: JSON.stringify(document) }));
  expect(report.split("\n").length).toBeLessThan(30);
  expect(report).toContain("which the gateway does not accept (and 57 times more in this file)");
});

test("names the path of each problem in a document on one line", async () => {
  const ids = { name: "Ids", in: "query", schema: { type: "array", items: { type: "string" } } };
  const get = { parameters: [ids], responses: responses("Response") };
  const text = JSON.stringify(
    manyActions({ "/GetThing": { get }, "/ListThing": { get: { ...get, deprecated: 1 } } }),
  );
  expect((await errorsOf(await folderOf(shapes, { [path]: text }))).replaceAll(/\n {2}help: .*/g, "")).toBe(
    [
      `${path}:1: paths › /ListThing › get › deprecated must be of type boolean, but is 1`,
      `${path}:1: paths › /GetThing › get › parameters › 0 › name: parameter "Ids" is an array without a style`,
      `${path}:1: paths › /ListThing › get › parameters › 0 › name: parameter "Ids" is an array without a style`,
    ].join("\n"),
  );
});

test.each<[what: string, root: Record<string, unknown>]>([
  [
    "a server variable with a description",
    {
      servers: [
        {
          url: "https://{region}.example.com",
          variables: { region: { default: "a", description: "The region." } },
        },
      ],
    },
  ],
  ["a license without a URL", { info: { title: "A", version: "1", license: { name: "MIT" } } }],
])("accepts %s", async (_, root) => {
  const folder = await folderOf(shapes, { "store/A.openapi.yaml": actionDocument("A", { root }) });
  expect((await load(folder)).products[0]?.actions).toHaveLength(1);
});

test("accepts a parameter PrivateKey, which is the API's own, and an operationId of another form", async () => {
  const parameters = [{ name: "PrivateKey", in: "query", schema: { type: "string" } }];
  const document = actionDocument("A", { parameters, operation: { operationId: "GET_A" } });
  const { products } = await load(await folderOf(shapes, { "store/A.openapi.yaml": document }));
  expect(products[0]?.actions).toMatchObject([{ name: "A", parameters: [{ name: "PrivateKey" }] }]);
});
