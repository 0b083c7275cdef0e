import { expect, test } from "vitest";
import type { ActionParts } from "../support/action-document.js";
import { builtProduct } from "../support/built-product.js";

const parameter = (name: string, more: object = {}) => ({
  name,
  in: "query",
  schema: { type: "string" },
  ...more,
});
const get = "paths / get";

test.each<[what: string, parts: ActionParts, problem: string]>([
  [
    "documentation that is not a web page",
    { operation: { externalDocs: { url: "javascript:alert(1)//https://" } } },
    `documentation: ${get} externalDocs url: externalDocs.url is "javascript:alert(1)//https://" (Use an http or https URL.)`,
  ],
  [
    "a reference to something else than a parameter",
    { parameters: [{ $ref: "#/components/schemas/Response" }] },
    `parameter-reference: ${get} parameters 1: $ref is "#/components/schemas/Response", which is not a parameter (Refer to one of components.parameters.)`,
  ],
  [
    "an example that cannot be sent",
    { parameters: [parameter("Pots", { example: [{ Id: "\ud800" }] })] },
    `example: ${get} parameters 1: the example of Pots cannot be sent: Pots[0].Id contains a lone surrogate (Use an example that can be sent.)`,
  ],
  [
    "a sample of something else than a parameter",
    { parameters: [parameter("A"), parameter("B")], operation: { "x-actiongen-sample": { C: 1 } } },
    `sample: ${get} x-actiongen-sample C: C of x-actiongen-sample is 1, which is not a parameter (Parameters are A, B. Correct the name, or remove it.)`,
  ],
  [
    "a sample of another type",
    { parameters: [parameter("A")], operation: { "x-actiongen-sample": { A: 1 } } },
    `sample: ${get} x-actiongen-sample A: A of x-actiongen-sample is 1: must be of type string, and is of type integer (Use a value of the parameter's type that can be sent.)`,
  ],
  [
    "a sample that cannot be sent",
    { parameters: [parameter("A")], operation: { "x-actiongen-sample": { A: "\ud800" } } },
    `sample: ${get} x-actiongen-sample A: A of x-actiongen-sample is "\\ud800": A contains a lone surrogate (Use a value of the parameter's type that can be sent.)`,
  ],
])("%s is reported", (_, parts, problem) => {
  const { problems, product } = builtProduct({ DescribePot: parts });
  expect(problems).toEqual([problem]);
  expect(product.actions).toEqual([]);
});

const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const success = { type: "object", properties: { RetCode: { const: 0 } } };

test.each<[what: string, schema: unknown]>([
  ["no schema", undefined],
  ["a reference", ref("Response")],
  ["no list", { oneOf: ref("Response") }],
  ["a success only", { oneOf: [ref("Response")] }],
  ["two successes", { oneOf: [ref("Response"), ref("Response")] }],
  ["an error only", { oneOf: [ref("ErrorResponse"), ref("ErrorResponse")] }],
  ["a third schema", { oneOf: [ref("Response"), ref("ErrorResponse"), ref("Other")] }],
  ["a success that is no component", { oneOf: [success, ref("ErrorResponse")] }],
  ["an error without RetCode", { oneOf: [ref("Response"), ref("Other")] }],
])("%s for a response is reported", (_, schema) => {
  const responses = { 200: { content: { "application/json": { schema } } } };
  const schemas = { Other: { type: "object", properties: { Message: { type: "string" } } } };
  expect(builtProduct({ DescribePot: { operation: { responses }, schemas } }).problems).toEqual([
    "response-form: paths / get responses 200 content application/json schema: the 200 response is not a choice between one success schema and one error schema (Write `oneOf` with references to a schema whose RetCode is `const: 0` and to one whose RetCode is not.)",
  ]);
});
