import { expect, test } from "vitest";
import { agrees, problemsOf } from "../../scripts/model/agreement.js";
import type { Type } from "../../scripts/model/api-model.js";
import { createTypeReader } from "../../scripts/model/types.js";

const document = {
  components: {
    schemas: {
      Pot: {
        type: "object",
        required: ["Id"],
        properties: {
          Id: { type: "string", pattern: "^pot-" },
          Size: { type: "integer", minimum: 1 },
          Pots: { type: "array", items: { $ref: "#/components/schemas/Pot" } },
        },
      },
      Open: { type: "object", properties: { A: {} }, additionalProperties: { type: "integer" } },
    },
  },
};
const pot = { $ref: "#/components/schemas/Pot" };

/** The problems of a value that a schema describes. */
function problems(schema: object, value: unknown): string[] {
  const reader = createTypeReader(document);
  const type = reader.typeOf(schema, ["Owner"]);
  expect(agrees(value, type, reader.models)).toBe(problemsOf(value, type, reader.models).length === 0);
  return problemsOf(value, type, reader.models);
}

test.each<[schema: object, valid: readonly unknown[], invalid: readonly unknown[]]>([
  [{}, [null, 1, "a", [], {}], []],
  [{ type: "boolean" }, [true, false], ["true", 0, null]],
  [{ type: "string" }, ["", "a"], [1, null, ["a"]]],
  [{ type: "string", minLength: 2 }, ["aa"], ["a"]],
  [{ type: "integer" }, [0, -3], [1.5, "1"]],
  [{ type: "number" }, [0, 1.5], ["1", null]],
  [{ type: ["string", "null"] }, ["a", null], [1]],
  [{ type: "string", format: "date" }, ["2026-11-27"], ["27.11.2026"]],
  [{ type: "string", format: "date-time" }, ["2026-11-27T10:00:00Z"], ["2026-11-27"]],
  [{ type: "string", format: "email" }, ["a@b.example"], ["a"]],
  [{ type: "string", format: "ipv4" }, ["10.0.0.1"], ["::1", "10.0.0"]],
  [{ type: "string", format: "ipv6" }, ["::1"], ["10.0.0.1"]],
  [{ type: "string", format: "uri" }, ["https://a.example/"], ["a b"]],
  [{ type: "string", format: "uuid" }, ["0188f3a4-7a7b-7c3d-8e4f-0123456789ab"], ["0188"]],
  [{ type: "string", format: "pot" }, ["anything"], [1]],
  [{ const: "k" }, ["k"], ["K", null]],
  [{ type: "string", enum: ["a", "b"] }, ["a", "b"], ["c", 1]],
  [{ type: "integer", enum: [1] }, [1], [2, "1"]],
  [{ type: "array", items: { type: "integer" } }, [[], [1, 2]], [["1"], {}]],
  [{ type: "array", items: {}, maxItems: 1 }, [[1]], [[1, 2]]],
  [{ type: "object", additionalProperties: { type: "integer" } }, [{}, { a: 1 }], [{ a: "1" }, []]],
  [{ oneOf: [{ type: "string" }, { type: "boolean" }] }, ["a", true], [1]],
  [
    pot,
    [{ Id: "pot-1" }, { Id: "pot-1", Size: 1, Pots: [{ Id: "pot-2" }] }],
    [{}, { Id: "pot-1", Other: 1 }],
  ],
  [{ $ref: "#/components/schemas/Open" }, [{}, { A: "a", B: 1 }], [{ B: "b" }]],
])("values of %j", (schema, valid, invalid) => {
  expect(valid.filter((value) => problems(schema, value).length > 0)).toEqual([]);
  expect(invalid.filter((value) => problems(schema, value).length === 0)).toEqual([]);
});

test.each<[what: string, schema: object, value: unknown, want: string[]]>([
  ["the value itself", { type: "integer" }, "1", ["must be of type integer, and is of type string"]],
  [
    "values inside, at any depth",
    { type: "array", items: pot },
    [{ Id: "pot-1", Pots: [{ Id: 3, Size: 0 }] }],
    ["[0].Pots[0].Id must be of type string, and is of type integer", "[0].Pots[0].Size must have minimum 1"],
  ],
  ["a pattern", { type: "string", pattern: "^a+$" }, "b", ["must have pattern ^a+$"]],
  [
    "a pattern beside another limit",
    { type: "string", pattern: "^a", minLength: 3 },
    "aa",
    ["must have minLength 3"],
  ],
  ["a pattern that the value contains", { type: "string", pattern: "b" }, "abc", []],
  ["a pattern that is not checked", { type: "string", pattern: "(?<=a)b" }, "c", []],
])("problems name %s", (_, schema, value, want) => {
  expect(problems(schema, value)).toEqual(want);
});

test("a pattern that could take forever is not checked", () => {
  expect(problems({ type: "string", pattern: "^(a+)+$" }, `${"a".repeat(50_000)}!`)).toEqual([]);
});

test("an object without a model can be anything", () => {
  const missing: Type = { kind: "object", model: "Missing", nullable: false };
  expect(problemsOf({ A: 1 }, missing, [])).toEqual([]);
});

test("objects of two models are checked each by its own", () => {
  const one = (name: string) => ({ type: "object", properties: { [name]: { type: "string" } } });
  const schema = { type: "object", properties: { First: one("A"), Second: one("B") } };
  expect(problems(schema, { First: { A: "a" }, Second: { B: "b" } })).toEqual([]);
  expect(problems(schema, { First: { A: "a" }, Second: { A: "a" } })).toHaveLength(1);
});
