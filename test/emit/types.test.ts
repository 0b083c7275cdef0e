import { expect, test } from "vitest";
import { interfacesOf } from "../../scripts/emit/interfaces.js";
import { operationOf } from "../../scripts/emit/operation-fields.js";
import { knownValuesOf } from "../../scripts/emit/types.js";
import { checksOf } from "../../scripts/emit/validators.js";
import type { Brand } from "../../scripts/model/api-model.js";
import type { ActionParts } from "../support/action-document.js";
import { builtProduct } from "../support/built-product.js";

const brand = { locationOptions: { region: "Region", zone: "Zone" } } as unknown as Brand;
const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const object = (properties: object, more: object = {}) => ({ type: "object", properties, ...more });
const query = (name: string, schema: object = { type: "string" }, more: object = {}) => ({
  name,
  in: "query",
  schema,
  ...more,
});
const built = (parts: ActionParts) => builtProduct({ DescribePot: parts }).action("DescribePot");
const long = ["a", "b", "c", "d"].map((letter) => letter.repeat(20));

/** A value: its type in a parameter and in a response, its check, and its type in the runtime's record of the action. */
test.each<[schema: object, sent: string, received: string, check: string, compact: string]>([
  [{ type: "string" }, "string", "string", "$checks.string", "string"],
  [{ type: "string", format: "date-time" }, "string", "string", "$checks.dateTime", "string"],
  [
    { type: "string", contentEncoding: "base64" },
    "string | Uint8Array",
    "string",
    "$checks.string",
    "base64",
  ],
  [
    { type: "array", items: { type: "string", contentEncoding: "base64" } },
    "Array<string | Uint8Array>",
    "string[]",
    "$checks.array($checks.string)",
    "base64[]",
  ],
  [
    { type: "integer", minimum: 1, maximum: 9 },
    "number",
    "number",
    '$checks.limited($checks.integer, ["minimum", 1], ["maximum", 9])',
    "integer",
  ],
  [{ type: "number" }, "number", "number", "$checks.number", "number"],
  [{ type: "boolean" }, "boolean", "boolean", "$checks.boolean", "boolean"],
  [
    { type: ["string", "null"] },
    "string | null",
    "string | null",
    "$checks.nullable($checks.string)",
    "string",
  ],
  [
    { type: "string", enum: ["a", "b"] },
    '"a" | "b" | (string & {})',
    '"a" | "b" | (string & {})',
    '$checks.listed($checks.string, "a", "b")',
    "enum",
  ],
  [
    { type: "integer", enum: [1, 2] },
    "1 | 2 | (number & {})",
    "1 | 2 | (number & {})",
    "$checks.listed($checks.integer, 1, 2)",
    "enum",
  ],
  [{ const: "k" }, '"k"', '"k"', '$checks.literal("k")', "string"],
  [{ const: 5 }, "5", "5", "$checks.literal(5)", "number"],
  [{ const: true }, "true", "true", "$checks.literal(true)", "boolean"],
  [{ const: null }, "null", "null", "$checks.literal(null)", "json"],
  [{ const: ["a"] }, "unknown", "unknown", '$checks.literal([\n  "a",\n])', "json"],
  [
    { type: "array", items: { type: "integer" } },
    "number[]",
    "number[]",
    "$checks.array($checks.integer)",
    "integer[]",
  ],
  [
    { type: "array", items: { type: ["string", "null"] } },
    "Array<string | null>",
    "Array<string | null>",
    "$checks.array($checks.nullable($checks.string))",
    "string[]",
  ],
  [
    { type: "object", additionalProperties: { type: "integer" } },
    "Record<string, number>",
    "Record<string, number>",
    "$checks.map($checks.integer)",
    "json",
  ],
  [ref("Pot"), "Pot", "Pot", "$Pot", "#Pot"],
  [{ type: "array", items: ref("Pot") }, "Pot[]", "Pot[]", "$checks.array($Pot)", "#Pot[]"],
  [
    { oneOf: [{ type: "string" }, { type: "integer" }] },
    "string | number",
    "string | number",
    "$checks.anyOf($checks.string, $checks.integer)",
    "json",
  ],
  [{}, "unknown", "unknown", "$checks.anything", "json"],
])("a value of %j", (schema, sent, received, check, compact) => {
  const action = built({
    parameters: [query("Value", schema)],
    response: { Value: schema },
    schemas: { Pot: object({ Size: { type: "integer" } }) },
  });
  const [params, response] = interfacesOf(action, brand);
  expect(params?.fields.map(({ type }) => type.source)).toEqual([sent]);
  expect(response?.fields.map(({ name, type }) => [name, type.source])).toEqual([
    ["RetCode", "0"],
    ["Value", received],
  ]);
  const checks = checksOf(action).models.find(({ constant }) => constant.source === "$DescribePotResponse");
  expect(checks?.fields.map((field) => [field.name, field.check.source])).toEqual([
    ["RetCode", "$checks.literal(0)"],
    ["Value", check],
  ]);
  expect(operationOf(action).parameters).toEqual({ Value: compact });
});

test("a union that is too long for one line has a member on each", () => {
  const schema = { type: "string", enum: long };
  const [params] = interfacesOf(built({ parameters: [query("Value", schema)] }), brand);
  expect(params?.fields[0]?.type.source).toBe(`\n    | "${long.join('"\n    | "')}"\n    | (string & {})`);
  const [known] = knownValuesOf(built({ parameters: [query("Value", schema)] }));
  expect(known?.type.source).toBe(`\n  | "${long.join('"\n  | "')}"`);
  const [single] = knownValuesOf(built({ parameters: [query("Value", { enum: ["a".repeat(90)] })] }));
  expect(single?.type.source).toBe(`"${"a".repeat(90)}"`);
});

test("a union of 80 columns is on one line, one of 81 is not", () => {
  const typeOf = (length: number) =>
    interfacesOf(built({ parameters: [query("Value", { enum: ["a".repeat(length)] })] }), brand)[0]?.fields[0]
      ?.type.source;
  // 80 columns: quotes, ` | (string & {})` and the value.
  expect(typeOf(62)).toBe(`"${"a".repeat(62)}" | (string & {})`);
  expect(typeOf(62)).toHaveLength(80);
  expect(typeOf(63)).toContain("\n");
});
