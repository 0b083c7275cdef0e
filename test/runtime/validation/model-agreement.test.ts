import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { modelSchema } from "../../../scripts/contract/model-schema.js";
import { schemaValidator } from "../../../scripts/contract/schema-validator.js";
import { load as loadFolder } from "../../../scripts/load.js";
import type { Action, Field, ObjectModel, Type } from "../../../scripts/model/api-model.js";
import { actionDocument } from "../../support/action-document.js";
import { folderOf } from "../../support/bundled.js";
import { interpretValidator } from "../../support/validator.js";

/** What the contract check reports: unknown fields and values too. */
const strict = { unknownFields: true, unlistedValues: true };

function contractVerdict(action: Action): (body: unknown) => boolean {
  const check = schemaValidator().compile(modelSchema(action, action.responseModel));
  return (body) => check(body) as boolean;
}

const modelNames = ["Body", "Leaf", "odd ~/name%"];
const fieldNames = ["a", "b", "odd name", "constructor", "toString"];
/** Most types have no limits, so that enough values are valid. */
const optional = (limits: Record<string, fc.Arbitrary<unknown>>) =>
  fc.oneof(
    { weight: 3, arbitrary: fc.constant({}) },
    { weight: 1, arbitrary: fc.record(limits, { requiredKeys: [] }) },
  );
const size = fc.integer({ min: 0, max: 3 });
const bound = fc.constantFrom(-1, 0, 0.5, 1, 2);
const stringLimits = optional({
  minLength: size,
  maxLength: size,
  pattern: fc.constantFrom("^x", "\\d", "😀"),
});
const numberLimits = optional({
  minimum: bound,
  maximum: bound,
  exclusiveMinimum: bound,
  exclusiveMaximum: bound,
  multipleOf: fc.constantFrom(0.5, 2),
});
const arrayLimits = optional({ minItems: size, maxItems: size, uniqueItems: fc.boolean() });
const scalar = fc.constantFrom("x", "y", 1, 2, 0.5, true, false);

const { type } = fc.letrec<{ type: Type }>((tie) => ({
  type: fc
    .tuple(
      fc.oneof(
        { maxDepth: 3, depthSize: "small" },
        fc.record({
          kind: fc.constant("string"),
          format: fc.constantFrom("", "uuid", "date", "of-the-vendor"),
          encoding: fc.constantFrom("none", "base64"),
          limits: stringLimits,
        }),
        fc.record({ kind: fc.constantFrom("integer", "number"), limits: numberLimits }),
        fc.record({ kind: fc.constantFrom("boolean", "json") }),
        fc.constantFrom(
          { kind: "enum", of: "string", values: ["x", "y"] },
          { kind: "enum", of: "integer", values: [1, 2] },
        ),
        fc.record({ kind: fc.constant("const"), value: scalar }),
        fc.record({ kind: fc.constant("object"), model: fc.constantFrom(...modelNames) }),
        fc.record({ kind: fc.constant("array"), items: tie("type"), limits: arrayLimits }),
        fc.record({ kind: fc.constant("map"), values: tie("type") }),
        fc.record({
          kind: fc.constant("union"),
          members: fc.array(tie("type"), { minLength: 2, maxLength: 3 }),
        }),
      ),
      fc.boolean(),
    )
    .map(([plain, nullable]) => ({ ...plain, nullable }) as Type),
}));

const fields = fc
  .uniqueArray(fc.record({ name: fc.constantFrom(...fieldNames), type, required: fc.boolean() }), {
    selector: ({ name }) => name,
  })
  .map((list) => list as unknown as Field[]);

const action = fc
  .tuple(
    ...modelNames.map((name) => fc.record({ name: fc.constant(name), fields, additional: fc.option(type) })),
  )
  .map(
    (models) =>
      ({
        name: "Action",
        names: { validator: "validateAction" },
        responseModel: "Body",
        models: models.map(
          ({ additional, ...model }, index) =>
            ({
              ...model,
              typeName: `M${index}`,
              additional: additional ?? undefined,
            }) as unknown as ObjectModel,
        ),
      }) as unknown as Action,
  );

/** A value that often has the type. */
function arbitraryOf(one: Type, models: readonly ObjectModel[], depth = 0): fc.Arbitrary<unknown> {
  const any = fc.oneof(
    scalar,
    fc.constantFrom<unknown>(null, [], {}, "2024-02-29", "7e3c3bd0-8b5c-4f6a-9d55-0d6f1a4b0f2e"),
  );
  const weighted = (right: fc.Arbitrary<unknown>) =>
    fc.oneof({ weight: 12, arbitrary: right }, { weight: 1, arbitrary: any });
  if (depth > 4) return any;
  const inner = (type: Type) => arbitraryOf(type, models, depth + 1);
  switch (one.kind) {
    case "string":
      return weighted(fc.constantFrom("x", "😀", "2024-02-29", "7e3c3bd0-8b5c-4f6a-9d55-0d6f1a4b0f2e"));
    case "integer":
      return weighted(fc.oneof(fc.integer(), fc.integer({ min: -2, max: 3 })));
    case "number":
      return weighted(fc.constantFrom(0.5, 2, 1e15));
    case "boolean":
      return weighted(fc.boolean());
    case "enum":
      return weighted(fc.constantFrom<unknown>(...one.values));
    case "const":
      return weighted(fc.constant(one.value));
    case "array":
      return weighted(fc.array(inner(one.items), { maxLength: 3 }));
    case "map":
      return weighted(fc.dictionary(fc.constantFrom(...fieldNames), inner(one.values), { maxKeys: 3 }));
    case "union":
      return weighted(fc.oneof(...one.members.map(inner)));
    case "json":
      return any;
    case "object": {
      const model = models.find(({ name }) => name === one.model);
      const known = Object.fromEntries((model?.fields ?? []).map(({ name, type }) => [name, inner(type)]));
      const other = fc.option(fc.record({ New: model?.additional ? inner(model.additional) : any }), {
        freq: 8,
      });
      const required = (model?.fields ?? []).filter((field) => field.required).map(({ name }) => name);
      const whole = fc.record(known, { requiredKeys: required });
      return weighted(fc.tuple(whole, other).map(([object, added]) => ({ ...object, ...added })));
    }
  }
}

test("the validator and the contract check agree on any model and any value", () => {
  const seen = { valid: 0, invalid: 0 };
  const body: Type = { kind: "object", model: "Body", nullable: false };
  const cases = action.chain((one) =>
    fc.tuple(fc.constant(one), fc.array(arbitraryOf(body, one.models), { minLength: 5 })),
  );
  fc.assert(
    fc.property(cases, ([one, values]) => {
      const validate = interpretValidator(one);
      const isValid = contractVerdict(one);
      // A response is what `JSON.parse` makes: no object without a prototype, no -0.
      for (const value of JSON.parse(JSON.stringify(values)) as unknown[]) {
        const violations = validate(value as object, strict);
        const valid = isValid(value);
        seen[valid ? "valid" : "invalid"] += 1;
        expect({ value, violations, valid: violations.length === 0 }).toMatchObject({ value, valid });
      }
    }),
    { numRuns: 200 },
  );
  expect(Math.min(seen.valid, seen.invalid)).toBeGreaterThan(300);
});

describe("the validator and the contract check agree on combined schemas:", () => {
  const sub = { type: "object", required: ["Z"], properties: { Z: { type: "string" } } };
  const named = (name: string, type: string) => ({
    type: "object",
    required: [name],
    properties: { [name]: { type } },
  });
  const reference = { $ref: "#/components/schemas/Sub" };
  const document = actionDocument("Combine", {
    response: {
      Null: { type: "string", nullable: true },
      Ref: { anyOf: [reference, { type: "null" }] },
      All: { allOf: [reference, named("Q", "string")] },
      One: { oneOf: [named("blue", "string"), named("red", "integer")] },
      Any: { anyOf: [{ type: "string" }, { type: "array", items: { type: "string" } }] },
      Enum: { enum: ["a", null] },
      Map: { type: "object", additionalProperties: { type: "integer" } },
      Maps: { type: "object", additionalProperties: { type: "array", items: reference } },
      Open: {
        type: "object",
        properties: { A: { type: "string" } },
        additionalProperties: { type: "integer" },
      },
      Lists: { type: "array", items: { type: "array", items: { type: "integer" } } },
      Sibling: { ...reference, description: "Beside a reference." },
      Both: { type: ["string", "integer"] },
      Max: { type: "integer", maximum: 3 },
      Pattern: { type: "string", pattern: "^a" },
      Length: { type: "string", maxLength: 1 },
      Items: { type: "array", items: { type: "integer" }, minItems: 1, uniqueItems: true },
      Unique: {
        type: "array",
        items: { type: "object", additionalProperties: { type: "integer" } },
        uniqueItems: true,
      },
    },
    schemas: { Sub: sub },
  });
  let loaded: Promise<Action> | undefined;
  const load = async () => {
    const folder = await folderOf("test/golden/shapes/spec", { "store/Combine.openapi.yaml": document });
    return (await loadFolder(folder)).products[0]?.actions[0] as Action;
  };

  test.each<[field: string, right: unknown[], wrong: unknown[]]>([
    ["Null", ["a", null], [1]],
    ["Ref", [{ Z: "z" }, null], [{}, { Z: 1 }, "z"]],
    ["All", [{ Z: "z", Q: "q" }], [{ Z: "z" }, { Q: "q" }, { Z: "z", Q: 1 }, null]],
    ["One", [{ blue: "b" }, { red: 1 }], [{}, { blue: 1 }, { red: "r" }, 1]],
    ["Any", ["a", ["a"], []], [[1], 1, null]],
    ["Enum", ["a", null], [1, "b"]],
    ["Map", [{}, { a: 1 }], [{ a: "1" }, [], 1]],
    ["Maps", [{ a: [{ Z: "z" }] }], [{ a: [{}] }, { a: { Z: "z" } }]],
    ["Open", [{ A: "a", b: 1 }, {}], [{ A: 1 }, { b: "b" }]],
    ["Lists", [[[1], []]], [[1], [["a"]]]],
    ["Sibling", [{ Z: "z" }], [{}]],
    ["Both", ["a", 1], [1.5, true, []]],
    ["Max", [3, -1], [4, "4"]],
    ["Pattern", ["abc"], ["ba", 1]],
    ["Length", ["", "😀"], ["ab"]],
    ["Items", [[1], [1, 2]], [[], [1, 1], ["a"]]],
    [
      "Unique",
      [[{ a: 1 }, { a: 2 }]],
      [
        [
          { a: 1, b: 2 },
          { b: 2, a: 1 },
        ],
      ],
    ],
  ])("%s", async (field, right, wrong) => {
    loaded ??= load();
    const validate = interpretValidator(await loaded);
    const isValid = contractVerdict(await loaded);
    const verdicts = (value: unknown) => {
      const body = { RetCode: 0, [field]: value };
      return [validate(body, strict).length === 0, isValid(body)];
    };
    for (const value of right) expect([value, ...verdicts(value)]).toEqual([value, true, true]);
    for (const value of wrong) expect([value, ...verdicts(value)]).toEqual([value, false, false]);
  });
});
