import { describe, expect, test } from "vitest";
import { valueAt } from "../../scripts/openapi/pointer.js";
import type { ActionParts } from "../support/action-document.js";
import { builtProduct } from "../support/built-product.js";

const built = (parts: ActionParts, name = "DescribePot") => builtProduct({ [name]: parts }).action(name);
const parameter = (name: string, more: object = {}) => ({
  name,
  in: "query",
  schema: { type: "string" },
  ...more,
});

test("an action has the facts of its operation, or none", () => {
  const operation = {
    summary: "See a pot",
    description: "\n  All of it.\n",
    deprecated: true,
    externalDocs: { url: "HTTPS://a.example/b" },
    "x-actiongen-sample": {},
  };
  expect(built({ operation })).toMatchObject({
    name: "DescribePot",
    summary: "See a pot",
    description: "All of it.",
    documentation: "HTTPS://a.example/b",
    deprecated: true,
    responseModel: "Response",
    errorModel: "ErrorResponse",
    source: { file: "spec/pots/DescribePot.openapi.yaml", line: 5 },
    documentPath: "pots/DescribePot.openapi.yaml",
  });
  expect(built({})).toMatchObject({
    summary: "",
    description: "",
    documentation: "",
    deprecated: false,
    parameters: [],
    examples: [{ parameters: {}, response: undefined }],
    responseExample: undefined,
    sample: {},
    paging: undefined,
    download: undefined,
    wait: undefined,
  });
});

test("problems of a transcribed action are reported at its page", () => {
  const root = { "x-actiongen-source": { page: "pages/pots/describe_pot.md", line: 3 } };
  expect(built({ root }).source).toEqual({ file: "spec/pages/pots/describe_pot.md", line: 3 });
});

test("parameters that the client sets are apart from the others", () => {
  const { parameters, publicParameters } = built({
    parameters: [parameter("PotId", { required: true }), { $ref: "#/components/parameters/Lid" }],
    components: {
      parameters: { Lid: parameter("LidId") },
      securitySchemes: {
        Key: { type: "apiKey", in: "query", description: "A key." },
        Other: { name: "Token" },
      },
      schemas: valueAt(built({}).document, ["components", "schemas"]),
    },
  });
  expect(parameters.map(({ name, required }) => [name, required])).toEqual([
    ["PotId", true],
    ["LidId", false],
  ]);
  const common = {
    required: true,
    sensitive: true,
    deprecated: false,
    default: undefined,
    example: undefined,
  };
  expect(publicParameters).toMatchObject([
    { name: "Action", required: true, sensitive: false },
    {
      ...common,
      name: "Key",
      description: "A key.",
      type: { kind: "string", format: "", encoding: "none", limits: {} },
    },
    { ...common, name: "Token", description: "" },
  ]);
});

test.each<[what: string, parameter: object, field: object]>([
  ["nothing", { schema: { type: "string" } }, { description: "", sensitive: false, deprecated: false }],
  [
    "its schema",
    {
      schema: {
        type: "string",
        description: "Of the schema.",
        deprecated: true,
        default: "d",
        example: "e",
        "x-actiongen-sensitive": true,
      },
    },
    { description: "Of the schema.", sensitive: true, deprecated: true, default: "d", example: "e" },
  ],
  [
    "itself, which takes precedence",
    {
      schema: {
        type: "string",
        description: "Of the schema.",
        deprecated: true,
        example: "e",
        "x-actiongen-sensitive": true,
      },
      description: "Its own.",
      deprecated: false,
      example: "f",
      examples: { one: { value: "g" } },
      "x-actiongen-sensitive": false,
    },
    { description: "Its own.", sensitive: false, deprecated: false, example: "f" },
  ],
  ["the first of its examples", { examples: { one: { value: "g" }, two: { value: "h" } } }, { example: "g" }],
  ["the first example of its schema", { schema: { type: "string", examples: ["i", "j"] } }, { example: "i" }],
  ["examples that are not a list", { schema: { type: "string", examples: "ij" } }, { example: undefined }],
  ["examples without a value", { examples: {} }, { example: undefined }],
])("a parameter is described by %s", (_, more, field) => {
  expect(built({ parameters: [parameter("Pot", more)] }).parameters).toMatchObject([
    { name: "Pot", ...field },
  ]);
});

describe("the example of an action", () => {
  test("consists of the examples of its parameters and of its response", () => {
    const { examples, responseExample } = built({
      parameters: [
        parameter("A", { required: true, example: "a" }),
        parameter("B"),
        parameter("C", { example: 0 }),
      ],
      operation: {
        responses: {
          200: {
            content: {
              "application/json": {
                schema: {
                  oneOf: ["Response", "ErrorResponse"].map((name) => ({
                    $ref: `#/components/schemas/${name}`,
                  })),
                },
                example: { RetCode: 0 },
              },
            },
          },
        },
      },
    });
    expect(examples).toEqual([{ parameters: { A: "a", C: 0 }, response: { RetCode: 0 } }]);
    expect(responseExample).toEqual({ RetCode: 0 });
  });

  test("does not contain parameters without an example", () => {
    const { examples } = built({ parameters: [parameter("A"), parameter("B", { example: "b" })] });
    expect(Object.keys(examples[0]?.parameters ?? {})).toEqual(["B"]);
  });

  test("is missing without that of a required parameter", () => {
    const parameters = [parameter("A", { required: true }), parameter("B", { example: "b" })];
    expect(built({ parameters }).examples).toEqual([]);
  });
});

test("the interface of the response has the name of the action", () => {
  const { models, names } = built({ response: { Pot: { type: "object", properties: { Size: {} } } } });
  expect(models.map(({ name, typeName }) => [name, typeName])).toEqual([
    ["Response", names.response],
    ["Response.Pot", "ResponsePot"],
    ["ErrorResponse", "ErrorResponse"],
  ]);
});

test.each(["http://a.example/b", "https://a.example/b"])("the documentation of an action is %s", (url) => {
  expect(built({ operation: { externalDocs: { url } } }).documentation).toBe(url);
});

test("a sample has other values than the examples", () => {
  const sample = { Count: 3 };
  const parameters = [parameter("Count", { schema: { type: "integer", example: 1 } })];
  expect(built({ operation: { "x-actiongen-sample": sample }, parameters }).sample).toEqual(sample);
});

test("an object of a parameter has the name of the action and the parameter", () => {
  const schema = { type: "array", items: { type: "object", properties: { Size: {} } } };
  expect(built({ parameters: [parameter("Pots", { schema })] }).models[0]).toMatchObject({
    name: "DescribePot.Pots",
    typeName: "DescribePotPots",
  });
});

test("an operation without parameters has none", () => {
  expect(built({ operation: { parameters: undefined } })).toMatchObject({ parameters: [], examples: [{}] });
});
